package dev.gatehouse.wire;

import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.crypto.HashQueueFullException;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.AuditNote;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Region;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.CallerKind;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.Violation;
import dev.gatehouse.model.WireTypeException;
import dev.gatehouse.wire.ServiceTable.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every call passes, whatever its protocol: numbered steps in one order. */
final class CallPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(CallPipeline.class);

  /** users.md §4, auth.md §6: Cognito answers these although its model does not say so. */
  private static final Map<String, Set<String>> UNDECLARED_BUT_REAL =
      Map.of(
          "AdminCreateUser", Set.of("AliasExistsException"),
          "InitiateAuth", Set.of("MFAMethodNotFoundException"));

  private final String signingName;
  private final Protocol protocol;
  private final EdgeParts parts;

  /**
   * @param signingName the service's name in credential scopes
   */
  CallPipeline(String signingName, Protocol protocol, EdgeParts parts) {
    this.signingName = signingName;
    this.protocol = protocol;
    this.parts = parts;
  }

  /** What became of a call: the answer, and {@code ok} or the error type for log and figures. */
  private record Outcome(HttpAnswer answer, String type, Optional<String> poolId) {
    Outcome of(Optional<String> pool) {
      return new Outcome(answer, type, pool);
    }
  }

  <I, O> HttpAnswer run(HttpRequest request, Row<I, O> row) {
    long began = System.nanoTime();
    OperationModel<I, O> model = row.model();
    Outcome outcome;
    // 1. the signature, where the operation asks for one
    if (model.caller() == CallerKind.IAM) {
      outcome =
          switch (parts.verifier().verify(signed(request), signingName)) {
            case SignatureVerdict.Refused refused -> refused(request, model, refused);
            case SignatureVerdict.Verified verified -> {
              RequestContext context = context(request, verified.region(), verified.caller());
              AuditNote note = new AuditNote();
              Outcome called = call(request, row, context, note);
              audit(context, model.name(), called, note);
              yield called;
            }
          };
    } else {
      RequestContext context = context(request, Region.DEFAULT, new Caller.Unsigned());
      outcome = call(request, row, context, new AuditNote());
    }
    parts.meter().count("requests_total", "operation", model.name(), "outcome", outcome.type());
    parts
        .meter()
        .time(
            "request_seconds",
            Duration.ofNanos(System.nanoTime() - began),
            "operation",
            model.name());
    return outcome.answer().ofCall(model.name(), outcome.type());
  }

  private Outcome refused(
      HttpRequest request, OperationModel<?, ?> model, SignatureVerdict.Refused refused) {
    RequestContext context = context(request, Region.DEFAULT, new Caller.Unsigned());
    ApiError error =
        parts.limits().admitsRefusal(context)
            ? protocol.signatureWords().of(refused)
            : protocol.throttled();
    Outcome outcome = error(context, error);
    parts
        .audit()
        .record(
            new AuditLog.Entry(
                request.id(),
                "",
                refused.accessKeyId(),
                request.clientAddress(),
                model.name(),
                null,
                null,
                error.type()));
    return outcome;
  }

  private <I, O> Outcome call(
      HttpRequest request, Row<I, O> row, RequestContext context, AuditNote note) {
    OperationModel<I, O> model = row.model();
    // 2. an operation that is not served says so
    Operation<I, O> handler = row.handler();
    if (handler == null) {
      return error(
          context,
          new ApiError(
              "OperationNotServedException",
              model.name() + " is not served by this version of Gatehouse.",
              501));
    }
    // 3. how often it may be called
    if (!parts.limits().admits(model, context)) {
      return error(context, protocol.throttled());
    }
    // 4. decode
    I input;
    try {
      input = protocol.decode(request, model.input());
    } catch (WireTypeException unreadable) {
      return error(context, protocol.unreadable(unreadable.getMessage()));
    }
    Optional<String> poolId = Members.poolId(input);
    // 5. all constraints at once, before anything is looked up
    List<Violation> violations = model.validator().validate(input);
    if (!violations.isEmpty()) {
      return error(context, protocol.invalid(violations));
    }
    if (!parts.limits().admitsInput(model, input, context)) {
      return error(context, protocol.throttled());
    }
    // 6. the operation, 7. encode
    try {
      O output = note.during(() -> handler.handle(input, context));
      return new Outcome(protocol.answer(model, output, context.requestId()), "ok", poolId);
    } catch (Refusal refusal) {
      return error(context, declared(model, refusal, context)).of(poolId);
    } catch (HashQueueFullException full) {
      return error(context, protocol.throttled()).of(poolId);
    } catch (RuntimeException failure) {
      LOG.error("{} failed, request {}", model.name(), context.requestId(), failure);
      return error(context, protocol.internal(context.requestId())).of(poolId);
    }
  }

  /** 8. words for a refusal; a type that a typed SDK could not read is a mistake of ours. */
  private ApiError declared(OperationModel<?, ?> model, Refusal refusal, RequestContext context) {
    ApiError error = parts.words().words(refusal.reason(), model);
    if (model.errors().contains(error.type())
        || protocol.commonErrors().contains(error.type())
        || UNDECLARED_BUT_REAL.getOrDefault(model.name(), Set.of()).contains(error.type())) {
      return error;
    }
    String what = model.name() + " answers " + error.type() + ", which its model does not declare";
    if (parts.undeclared() == UndeclaredErrors.THROW) {
      throw new IllegalStateException(what);
    }
    parts.meter().count("undeclared_errors_total", "operation", model.name());
    LOG.error("{}, request {}", what, context.requestId());
    return protocol.internal(context.requestId());
  }

  private Outcome error(RequestContext context, ApiError error) {
    return new Outcome(protocol.error(error, context.requestId()), error.type(), Optional.empty());
  }

  private static RequestContext context(HttpRequest request, String region, Caller caller) {
    return new RequestContext(
        request.id(), region, caller, request.clientAddress(), request.header("user-agent"));
  }

  private static SignedRequest signed(HttpRequest request) {
    return new SignedRequest(
        request.method(), request.path(), request.query(), request.headers(), request.body());
  }

  private void audit(RequestContext context, String operation, Outcome outcome, AuditNote note) {
    if (context.caller() instanceof Caller.Signed signed) {
      parts
          .audit()
          .record(
              new AuditLog.Entry(
                  context.requestId(),
                  signed.arn(),
                  signed.accessKeyId(),
                  context.clientAddress(),
                  operation,
                  outcome.poolId().or(note::poolId).orElse(null),
                  note.sub().orElse(null),
                  outcome.type()));
    }
  }
}
