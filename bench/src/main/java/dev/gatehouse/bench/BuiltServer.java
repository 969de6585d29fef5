package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The built server as a process of its own, started by the launcher as an operator starts it:
 * SQLite file, {@code synchronous=FULL}, plain HTTP.
 */
final class BuiltServer implements AutoCloseable {
  private static final String KEY_ID = "AKIAGATEHOUSEBENCH00";
  private static final String KEY = "a key for a server that lives as long as its measurement";
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final int port;
  private final double secondsToReady;

  private BuiltServer(Process process, int port, double secondsToReady) {
    this.process = process;
    this.port = port;
    this.secondsToReady = secondsToReady;
  }

  /**
   * Answers once the server has said that it is ready.
   *
   * @param data its data folder
   */
  static BuiltServer start(Path data) throws IOException {
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("gatehouse.root"), "gatehouse").toString(),
            "up",
            "--port",
            Integer.toString(port),
            "--data",
            data.toString());
    builder.environment().put("GATEHOUSE_ROOT_ACCESS_KEY_ID", KEY_ID);
    builder.environment().put("GATEHOUSE_ROOT_SECRET_ACCESS_KEY", KEY);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    long began = System.nanoTime();
    Process process = builder.start();
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.equals("Ready.")) {
        return new BuiltServer(process, port, (System.nanoTime() - began) / 1e9);
      }
    }
    throw new IOException("the server ended before it was ready");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  Connection connect() throws IOException {
    return new Connection(port, KEY_ID, Secret.of(KEY));
  }

  /** The launcher becomes the Java process, so this is the Java process. */
  ProcessFigures figures() {
    return new ProcessFigures(process.pid());
  }

  /** From the launcher's start to {@code Ready.} */
  double secondsToReady() {
    return secondsToReady;
  }

  /** Stops it in the orderly way, so that the next one finds the data folder free. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
