package dev.gatehouse.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Routes in order; the first that takes a request's method and path has it. */
public final class Router {
  /** A body's length where nothing else is said: 1 MiB. */
  public static final int DEFAULT_BODY = 1024 * 1024;

  private final List<Route> routes = new ArrayList<>();
  private final List<Guarded> guards = new ArrayList<>();

  /**
   * One route.
   *
   * @param takes judges method and path alone: the body is not read yet
   * @param maxBody bytes, by the request's head
   */
  record Route(
      Predicate<Target> takes, ToIntFunction<HttpRequest> maxBody, Cors cors, Answering answering) {
    Route(
        Predicate<Target> takes,
        ToIntFunction<HttpRequest> maxBody,
        Cors cors,
        HttpHandler handler) {
      this(takes, maxBody, cors, new Answering.Whole(handler));
    }
  }

  /** How a route takes its bodies. */
  sealed interface Answering {
    /** Read to the end first. */
    record Whole(HttpHandler handler) implements Answering {}

    /**
     * Handed on as it arrives.
     *
     * @param reading how long it may take to arrive
     */
    record Streamed(StreamHandler handler, Duration reading) implements Answering {}
  }

  /** What a route is chosen by; the path is raw, as it came. */
  public record Target(String method, String path) {}

  private record Guarded(String prefix, RequestGuard guard) {}

  /** Adds a route for one method and an exact path; no page of another origin can read it. */
  public Router add(String method, String path, int maxBody, HttpHandler handler) {
    return add(exactly(method, path), maxBody, handler);
  }

  public Router add(Predicate<Target> takes, int maxBody, HttpHandler handler) {
    routes.add(new Route(takes, any -> maxBody, Cors.OFF, handler));
    return this;
  }

  /**
   * Adds a route whose bodies are not held but handed on as they arrive; no page of another origin
   * can read it.
   *
   * @param maxBody a body's length in bytes
   * @param reading how long a body may take to arrive, whatever the listener says
   */
  public Router addStreamed(
      Predicate<Target> takes, int maxBody, Duration reading, StreamHandler handler) {
    routes.add(
        new Route(takes, any -> maxBody, Cors.OFF, new Answering.Streamed(handler, reading)));
    return this;
  }

  /**
   * Adds a route that pages of every origin may call and read, as browsers call AWS: with
   * pre-flight answers and CORS headers.
   *
   * @param maxBody a body's length in bytes, by the request's head
   * @throws IllegalArgumentException if the route takes a path under {@code /_gatehouse}
   */
  public Router addPublic(
      Predicate<Target> takes, ToIntFunction<HttpRequest> maxBody, HttpHandler handler) {
    for (String method : List.of("GET", "POST", "DELETE")) {
      if (takes.test(new Target(method, "/_gatehouse/inbox"))) {
        throw new IllegalArgumentException("/_gatehouse is never open to other origins");
      }
    }
    routes.add(new Route(takes, maxBody, Cors.ANY_ORIGIN, handler));
    return this;
  }

  /** {@link #addPublic(Predicate, ToIntFunction, HttpHandler)} with one length for all. */
  public Router addPublic(Predicate<Target> takes, int maxBody, HttpHandler handler) {
    return addPublic(takes, head -> maxBody, handler);
  }

  /** {@link #addPublic(Predicate, ToIntFunction, HttpHandler)} for one method and an exact path. */
  public Router addPublic(String method, String path, int maxBody, HttpHandler handler) {
    return addPublic(exactly(method, path), maxBody, handler);
  }

  /** Every request whose path begins so passes the guard first, whether a route takes it or not. */
  public Router guard(String prefix, RequestGuard guard) {
    guards.add(new Guarded(prefix, guard));
    return this;
  }

  private static Predicate<Target> exactly(String method, String path) {
    return target -> target.method().equals(method) && target.path().equals(path);
  }

  Optional<Route> find(Target target) {
    return routes.stream().filter(route -> route.takes().test(target)).findFirst();
  }

  Optional<HttpAnswer> refuse(HttpRequest head) {
    for (Guarded guarded : guards) {
      if (head.path().startsWith(guarded.prefix())) {
        Optional<HttpAnswer> refusal = guarded.guard().refuse(head);
        if (refusal.isPresent()) {
          return refusal;
        }
      }
    }
    return Optional.empty();
  }
}
