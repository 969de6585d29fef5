package dev.gatehouse.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/**
 * Every connection speaks HTTP/1.1. With one protocol alone the server has a connection in its list
 * before its first byte, so that the sweep of idle connections finds it; with several it would wait
 * without limit for the bytes that tell them apart.
 */
final class Http1Only implements ServerConnectionSelector {
  private static final int MOST_HEADER_BYTES = 32 * 1024;

  private final Http1ConnectionSelector http1;
  private final Deadlines deadlines;

  Http1Only(Deadlines deadlines, ChunkedBodies chunkedBodies) {
    this.deadlines = deadlines;
    this.http1 =
        Http1ConnectionSelector.builder()
            .config(
                Http1Config.builder()
                    .maxHeadersSize(MOST_HEADER_BYTES)
                    .addReceiveListener(new Both(deadlines, chunkedBodies))
                    .build())
            .build();
  }

  /** Of two listeners that it is given the library tells neither of request lines and headers. */
  private record Both(Deadlines deadlines, ChunkedBodies chunkedBodies)
      implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
      deadlines.begin();
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
      deadlines.end();
      chunkedBodies.begin(context, headers);
    }
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http1.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http1.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http1.supportedApplicationProtocols();
  }

  /** The TLS handshake, if there is one, is done. */
  @Override
  public ServerConnection connection(ConnectionContext context) {
    deadlines.end();
    return http1.connection(context);
  }
}
