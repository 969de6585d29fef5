package dev.gatehouse.operations;

import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.Router;
import dev.gatehouse.kernel.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server lives, and whether it is ready for calls: every check holds and it is not
 * stopping. A load balancer that asks {@code ready} stops sending before the server stops taking.
 */
public final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final Map<String, Check> checks;
  private final AtomicBoolean stopping = new AtomicBoolean();

  /** Something that readiness depends on. */
  @FunctionalInterface
  public interface Check {
    /**
     * Returns when it holds.
     *
     * @throws Exception when it does not
     */
    void run() throws Exception;
  }

  /**
   * @param checks by name, asked in their order
   */
  public Health(Map<String, Check> checks) {
    this.checks = new LinkedHashMap<>(checks);
  }

  /** Serves {@code /_gatehouse/health/live} and {@code /_gatehouse/health/ready}. */
  public void register(Router router) {
    router
        .add("GET", "/_gatehouse/health/live", 0, request -> live())
        .add("GET", "/_gatehouse/health/ready", 0, request -> ready());
  }

  /** From now on the server is not ready. */
  public void stop() {
    stopping.set(true);
  }

  /** The process answers. */
  public HttpAnswer live() {
    return HttpAnswer.json(200, "{\"status\":\"live\"}");
  }

  /** 200 when ready, else 503; names the checks, tells no causes. */
  public HttpAnswer ready() {
    if (stopping.get()) {
      return HttpAnswer.json(503, "{\"status\":\"stopping\"}");
    }
    Map<String, Boolean> results = new LinkedHashMap<>();
    checks.forEach((name, check) -> results.put(name, holds(name, check)));
    boolean ready = !results.containsValue(false);
    String each =
        results.entrySet().stream()
            .map(entry ->
                JsonText.quote(entry.getKey()) + ":" + (entry.getValue() ? "\"ok\"" : "\"failed\""))
            .collect(Collectors.joining(",", "{", "}"));
    return HttpAnswer.json(
        ready ? 200 : 503,
        "{\"status\":" + (ready ? "\"ready\"" : "\"not ready\"") + ",\"checks\":" + each + "}");
  }

  private static boolean holds(String name, Check check) {
    try {
      check.run();
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception failed) {
      LOG.warn("not ready: {}", name, failed);
      return false;
    }
  }
}
