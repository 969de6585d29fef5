package dev.gatehouse.http;

import java.util.List;
import java.util.Optional;

/**
 * Keeps what is for the developer at this machine (inbox, reset, clock) from everybody else, while
 * it is on the main port: from web pages in the developer's browser, also when their name was
 * rebound to 127.0.0.1, and from clients of a proxy on this machine that forwards to the port.
 */
public final class DevelopmentGuard implements RequestGuard {
  private static final List<String> OF_PROXIES = List.of("forwarded", "via");

  @Override
  public Optional<HttpAnswer> refuse(HttpRequest head) {
    String host = head.header("host");
    if (!Loopback.isHost(host)) {
      return refused("only under a loopback name or address");
    }
    for (String name : head.headers().keySet()) {
      if (OF_PROXIES.contains(name) || name.startsWith("x-forwarded-")) {
        return refused("not through a proxy");
      }
    }
    String origin = head.header("origin");
    if (!origin.isEmpty() && !isOwn(origin, host)) {
      return refused("not from pages of another origin");
    }
    String site = head.header("sec-fetch-site");
    // "none" is an address that the user typed in
    if (!site.isEmpty() && !site.equals("same-origin") && !site.equals("none")) {
      return refused("not from pages of another site");
    }
    return Optional.empty();
  }

  private static boolean isOwn(String origin, String host) {
    return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
  }

  private static Optional<HttpAnswer> refused(String why) {
    return Optional.of(HttpAnswer.text(403, "Refused: " + why));
  }
}
