package dev.gatehouse.triggers;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** HTTP/1.1 for the connections of one process, and none for others. */
final class OwnProcessOnly implements ServerConnectionSelector {
  private final Http1ConnectionSelector http1 =
      Http1ConnectionSelector.builder().config(Http1Config.create()).build();
  private final Connections mayConnect;

  /** Says of a connection whether it may be. */
  @FunctionalInterface
  interface Connections {
    boolean are(int theirPort, int ourPort);
  }

  OwnProcessOnly(Connections mayConnect) {
    this.mayConnect = mayConnect;
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

  @Override
  public ServerConnection connection(ConnectionContext context) {
    if (!mayConnect.are(context.remotePeer().port(), context.localPeer().port())) {
      throw new CloseConnectionException("not of the function's process");
    }
    return http1.connection(context);
  }
}
