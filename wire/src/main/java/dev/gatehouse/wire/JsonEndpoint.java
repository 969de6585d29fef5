package dev.gatehouse.wire;

import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.crypto.HashQueueFullException;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpHandler;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Region;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.CallerKind;
import dev.gatehouse.model.ErrorWords;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.Violation;
import dev.gatehouse.model.Violations;
import dev.gatehouse.model.WireTypeException;
import dev.gatehouse.wire.ServiceTable.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An AWS JSON 1.1 service on {@code POST /}: route, signature, decode, validate, call, encode,
 * audit, in this order.
 */
public final class JsonEndpoint implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(JsonEndpoint.class);
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private final String targetPrefix;
  private final String signingName;
  private final ServiceTable table;
  private final SigV4Verifier verifier;
  private final ErrorWords words;
  private final SignatureWords signatureWords;
  private final AuditLog audit;
  private final Meter meter;

  /**
   * @param targetPrefix what stands before the dot in {@code X-Amz-Target}
   * @param signingName the service's name in credential scopes
   */
  public JsonEndpoint(
      String targetPrefix,
      String signingName,
      ServiceTable table,
      SigV4Verifier verifier,
      ErrorWords words,
      AuditLog audit,
      Meter meter) {
    this.targetPrefix = targetPrefix;
    this.signingName = signingName;
    this.table = table;
    this.verifier = verifier;
    this.words = words;
    this.signatureWords = SignatureWords.JSON;
    this.audit = audit;
    this.meter = meter;
  }

  @Override
  public HttpAnswer handle(HttpRequest request) {
    // 1. the operation that X-Amz-Target names
    String target = request.header("x-amz-target");
    int dot = target.lastIndexOf('.');
    Optional<Row<?, ?>> row =
        dot > 0 && target.substring(0, dot).equals(targetPrefix)
            ? table.find(target.substring(dot + 1))
            : Optional.empty();
    if (row.isEmpty()) {
      return error(new ApiError("UnknownOperationException", "", 400));
    }
    return handle(request, row.get());
  }

  private <I, O> HttpAnswer handle(HttpRequest request, Row<I, O> row) {
    String operation = row.model().name();
    long began = System.nanoTime();
    // 2. the signature, where the operation asks for one
    RequestContext context;
    if (row.model().caller() == CallerKind.IAM) {
      SignatureVerdict verdict = verifier.verify(signed(request), signingName);
      switch (verdict) {
        case SignatureVerdict.Refused refused -> {
          ApiError error = signatureWords.of(refused);
          audit(request, refused, operation, error);
          return finish(operation, error(error), error.type(), began);
        }
        case SignatureVerdict.Verified verified ->
            context = context(request, verified.region(), verified.caller());
      }
    } else {
      context = context(request, Region.DEFAULT, new Caller.Unsigned());
    }
    // 3. an operation that is not served says so
    if (row.handler() == null) {
      ApiError error =
          new ApiError(
              "OperationNotServedException",
              operation + " is not served by this version of Gatehouse.",
              501);
      return finish(operation, error(error), error.type(), began);
    }
    Outcome outcome = call(request, row, context);
    audit(context, operation, outcome.type());
    return finish(operation, outcome.answer(), outcome.type(), began);
  }

  private record Outcome(HttpAnswer answer, String type) {
    static Outcome of(ApiError error) {
      return new Outcome(error(error), error.type());
    }
  }

  private <I, O> Outcome call(HttpRequest request, Row<I, O> row, RequestContext context) {
    try {
      // 4. decode
      I input = Json.read(request.body(), row.model().input());
      // 5. all constraints at once, before anything is looked up
      List<Violation> violations = row.model().validator().validate(input);
      if (!violations.isEmpty()) {
        return Outcome.of(
            new ApiError("InvalidParameterException", Violations.message(violations), 400));
      }
      // 6. the operation
      O output =
          ScopedValue.where(RequestContext.CURRENT, context)
              .call(() -> java.util.Objects.requireNonNull(row.handler()).handle(input, context));
      // 7. encode
      byte[] body = row.model().emptyAnswer() ? new byte[0] : Json.write(output);
      return new Outcome(HttpAnswer.of(200, CONTENT_TYPE, body), "ok");
    } catch (WireTypeException unreadable) {
      return Outcome.of(new ApiError("SerializationException", unreadable.getMessage(), 400));
    } catch (Refusal refusal) {
      ApiError error = words.words(refusal.reason(), row.model());
      if (!row.model().errors().contains(error.type())) {
        LOG.warn(
            "{} answers {}, which its model does not declare", row.model().name(), error.type());
      }
      return Outcome.of(error);
    } catch (RuntimeException failure) {
      if (failure instanceof HashQueueFullException) {
        return Outcome.of(new ApiError("TooManyRequestsException", "Rate exceeded", 400));
      }
      LOG.error("{} failed, request {}", row.model().name(), context.requestId(), failure);
      return Outcome.of(
          new ApiError(
              "InternalErrorException", "Internal error, request " + context.requestId(), 500));
    }
  }

  private static RequestContext context(HttpRequest request, String region, Caller caller) {
    return new RequestContext(
        request.id(), region, caller, request.clientAddress(), request.header("user-agent"));
  }

  private static SignedRequest signed(HttpRequest request) {
    return new SignedRequest(
        request.method(), request.path(), request.query(), request.headers(), request.body());
  }

  private HttpAnswer finish(String operation, HttpAnswer answer, String outcome, long began) {
    meter.count("requests_total", "operation", operation, "outcome", outcome);
    meter.time(
        "request_seconds", Duration.ofNanos(System.nanoTime() - began), "operation", operation);
    return answer;
  }

  private void audit(RequestContext context, String operation, String outcome) {
    if (context.caller() instanceof Caller.Signed signed) {
      audit.record(
          new AuditLog.Entry(
              context.requestId(),
              signed.arn(),
              signed.accessKeyId(),
              context.clientAddress(),
              operation,
              null,
              null,
              outcome));
    }
  }

  private void audit(
      HttpRequest request, SignatureVerdict.Refused refused, String operation, ApiError error) {
    audit.record(
        new AuditLog.Entry(
            request.id(),
            "",
            refused.reason().name(),
            request.clientAddress(),
            operation,
            null,
            null,
            error.type()));
  }

  /** The envelope of protocol.md §3. */
  static HttpAnswer error(ApiError error) {
    byte[] body = Json.write(Map.of("__type", error.type(), "message", error.message()));
    return HttpAnswer.of(error.status(), CONTENT_TYPE, body)
        .with("x-amzn-ErrorType", error.type())
        .with("x-amzn-ErrorMessage", headerSafe(error.message()));
  }

  private static String headerSafe(String text) {
    StringBuilder result = new StringBuilder();
    text.chars().limit(1024).forEach(c -> result.append(c >= 0x20 && c <= 0x7e ? (char) c : '?'));
    return result.toString().strip();
  }
}
