package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Routes in order; the first that takes a request's method and path has it. */
public final class Router {
  private final List<Route> routes = new ArrayList<>();

  /**
   * One route.
   *
   * @param takes judges method and path alone: the body is not read yet
   * @param maxBody bytes
   */
  public record Route(Predicate<Target> takes, int maxBody, HttpHandler handler) {}

  /** What a route is chosen by. */
  public record Target(String method, String path) {}

  /** Adds a route for one method and an exact path. */
  public Router add(String method, String path, int maxBody, HttpHandler handler) {
    return add(
        target -> target.method().equals(method) && target.path().equals(path), maxBody, handler);
  }

  public Router add(Predicate<Target> takes, int maxBody, HttpHandler handler) {
    routes.add(new Route(takes, maxBody, handler));
    return this;
  }

  Optional<Route> find(Target target) {
    return routes.stream().filter(route -> route.takes().test(target)).findFirst();
  }
}
