package dev.gatehouse.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.ConnectionContext;
import org.jspecify.annotations.Nullable;

/** Keeps at hand what a chunked body is read from: the library does not show it to handlers. */
final class ChunkedBodies {
  /** A connection has one thread of its own, from its first byte to its last. */
  @SuppressWarnings("ThreadLocalUsage") // one for each listener; gone with the connection's thread
  private final ThreadLocal<@Nullable ChunkedBody> current = new ThreadLocal<>();

  /** The headers of a request are read. */
  void begin(ConnectionContext context, Headers headers) {
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      current.set(new ChunkedBody(context));
    }
  }

  /** The body of this thread's request, which has a Transfer-Encoding. */
  ChunkedBody ofThisRequest() {
    ChunkedBody body = current.get();
    if (body == null) {
      throw new IllegalStateException("not the thread of the connection");
    }
    return body;
  }
}
