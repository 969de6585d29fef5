package dev.gatehouse.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.delivery.Inbox;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.WireTypeException;
import java.time.DateTimeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is there for a developer and a test alone: inbox, reset, clock (design.md §4). */
final class DevelopmentRoutes {
  private DevelopmentRoutes() {}

  /** {@code {"advance":"PT1H"}}. */
  private record ClockChange(@Nullable String advance) {}

  static void addInbox(Router router, Inbox inbox) {
    router.add("GET", "/_gatehouse/inbox", Router.DEFAULT_BODY, request -> show(inbox, request));
    router.add(
        "DELETE",
        "/_gatehouse/inbox",
        Router.DEFAULT_BODY,
        request -> {
          inbox.clear();
          return HttpAnswer.empty(204);
        });
  }

  private static HttpAnswer show(Inbox inbox, HttpRequest request) {
    String to = request.parameter("to");
    HttpAnswer answer =
        request.header("accept").contains("text/html")
            ? HttpAnswer.of(200, "text/html; charset=utf-8", inbox.html(to).getBytes(UTF_8))
                .with("Content-Security-Policy", Inbox.CONTENT_SECURITY_POLICY)
            : HttpAnswer.json(200, inbox.json(to));
    // It holds codes, and words of whoever signs up.
    return answer.with("Cache-Control", "no-store").with("X-Content-Type-Options", "nosniff");
  }

  /** Only an ephemeral server has them: they lose data, and make time run ahead. */
  static void addResetAndClock(Router router, Runnable reset, AdjustableClock clock) {
    router.add(
        "POST",
        "/_gatehouse/reset",
        Router.DEFAULT_BODY,
        request -> {
          reset.run();
          return HttpAnswer.empty(204);
        });
    router.add(
        "POST", "/_gatehouse/clock", Router.DEFAULT_BODY, request -> advance(clock, request));
  }

  private static HttpAnswer advance(AdjustableClock clock, HttpRequest request) {
    try {
      ClockChange change = Json.read(request.body(), ClockChange.class);
      if (change.advance() == null) {
        return HttpAnswer.text(400, "Say how far: {\"advance\":\"PT1H\"}");
      }
      clock.advance(Duration.parse(change.advance()));
      return HttpAnswer.json(200, "{\"now\":\"" + clock.now() + "\"}");
    } catch (WireTypeException | DateTimeException | IllegalArgumentException unusable) {
      return HttpAnswer.text(
          400,
          "advance is an ISO 8601 duration, not negative, 20 years in all at the most, e.g. PT1H");
    }
  }
}
