package dev.gatehouse.triggers;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.delivery.OutboundHttp;
import dev.gatehouse.delivery.OutboundHttp.Bounds;
import dev.gatehouse.delivery.OutboundHttp.CallFailedException;
import dev.gatehouse.delivery.OutboundHttp.TooLateException;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.WireTypeException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lambda's Invoke API at one endpoint, signed (gateway.md §7). */
final class LambdaClient implements Functions, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LambdaClient.class);
  private static final int OK = 200;

  /** {@code x-amzn-ErrorType: Name:http://…} or the name alone. */
  private static final Pattern CODE = Pattern.compile("([A-Za-z.]{1,100})(?:[:;,].*)?");

  private final LambdaConfig config;
  private final OutboundHttp http;
  private final RequestSigner signer;
  private final WallClock clock;

  LambdaClient(LambdaConfig config, WallClock clock) {
    this.config = config;
    URI endpoint = URI.create(config.endpoint());
    this.http = new OutboundHttp(config.mayBePrivate() ? List.of(endpoint.getHost()) : List.of());
    this.signer =
        new RequestSigner(
            config.region(), "lambda", config.accessKeyId(), config.secretAccessKey());
    this.clock = clock;
  }

  /** What Lambda says of an error, of a function's or of its own. */
  private record Told(
      @JsonProperty("errorType") @Nullable String errorType,
      @JsonProperty("errorMessage") @Nullable String errorMessage,
      @JsonProperty("Code") @Nullable String code,
      @JsonProperty("__type") @Nullable String type) {}

  @Override
  public Answer invoke(String function, byte[] payload, Duration timeout) {
    URI uri = uri(function);
    Map<String, String> headers =
        signer.sign(
            "POST",
            uri,
            Map.of(
                "Content-Type",
                "application/json",
                "X-Amz-Invocation-Type",
                "RequestResponse",
                "X-Amz-Log-Type",
                "None"),
            payload,
            clock.now());
    try {
      return read(http.post(uri, headers, payload, new Bounds(timeout, timeout, MOST_BYTES)));
    } catch (TooLateException late) {
      return new Answer.TimedOut();
    } catch (CallFailedException failure) {
      LOG.warn("the Lambda endpoint: {}", failure.getMessage());
      return new Answer.Refused("ServiceException");
    }
  }

  private URI uri(String function) {
    String base = config.endpoint();
    String root = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    // of an ARN's characters each may stand in a path, and is signed in its encoded form
    return URI.create(root + "/2015-03-31/functions/" + function + "/invocations");
  }

  private static Answer read(OutboundHttp.Answer answer) {
    if (answer.status() != OK) {
      return new Answer.Refused(code(answer));
    }
    if (!answer.headers().containsKey("x-amz-function-error")) {
      return new Answer.Replied(answer.body());
    }
    Told told = told(answer.body());
    return new Answer.FunctionError(
        told.errorType() == null ? "Unhandled" : told.errorType(),
        told.errorMessage() == null ? "" : told.errorMessage());
  }

  /** The exception that Lambda names; where it names none, what its status stands for. */
  private static String code(OutboundHttp.Answer answer) {
    Told told = told(answer.body());
    for (String named :
        new @Nullable String[] {
          answer.headers().get("x-amzn-errortype"), told.type(), told.code()
        }) {
      Matcher code = CODE.matcher(named == null ? "" : named.substring(named.indexOf('#') + 1));
      if (code.matches()) {
        return code.group(1);
      }
    }
    return switch (answer.status()) {
      case 400 -> "InvalidParameterValueException";
      case 403 -> "AccessDeniedException";
      case 404 -> "ResourceNotFoundException";
      case 413 -> "RequestTooLargeException";
      case 429 -> "TooManyRequestsException";
      default -> "ServiceException";
    };
  }

  private static Told told(byte[] body) {
    try {
      return Json.read(body, Told.class);
    } catch (WireTypeException noSuchThing) {
      return new Told(null, null, null, null);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
