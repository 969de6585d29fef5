package dev.gatehouse.kernel.broken;

import java.io.IOException;
import java.net.ServerSocket;

/** The ground has no network. */
public final class OpensASocket {
  private OpensASocket() {}

  public static ServerSocket open() throws IOException {
    return new ServerSocket(0);
  }
}
