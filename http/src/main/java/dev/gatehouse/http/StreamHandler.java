package dev.gatehouse.http;

import java.io.IOException;
import java.io.InputStream;

/** Answers requests whose bodies are too large to be held. Blocking; runs on a virtual thread. */
@FunctionalInterface
public interface StreamHandler {
  /**
   * Looks at the head, and reads the body or not. Before its first byte is asked for nothing of it
   * was read, and a client that waits to be asked was not asked.
   *
   * @param head the request without its body
   * @param body ends where the client's ends; it fails when the client stops early, is too slow or
   *     sends more than the route takes
   * @throws IOException what {@code body} failed with; answered in the listener's words
   */
  HttpAnswer handle(HttpRequest head, InputStream body) throws IOException;
}
