package dev.gatehouse.http;

/** Answers requests. Blocking; runs on a virtual thread. */
@FunctionalInterface
public interface HttpHandler {
  HttpAnswer handle(HttpRequest request);
}
