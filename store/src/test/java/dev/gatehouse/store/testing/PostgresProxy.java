package dev.gatehouse.store.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands before PostgreSQL and cuts a connection around its COMMIT, once, when told to. It reads
 * the text COMMIT, so the driver must not prepare statements ({@code prepareThreshold=0}).
 */
public final class PostgresProxy implements Closeable {
  private final ServerSocket listener;
  private final int serverPort;
  private final AtomicReference<Cut> next = new AtomicReference<>(Cut.NONE);
  private final AtomicInteger passing = new AtomicInteger();
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /** Where a connection is cut. */
  public enum Cut {
    NONE,
    /** The server never gets the COMMIT. */
    BEFORE_COMMIT,
    /** The server commits, its answer gets lost. */
    AFTER_COMMIT,
    /** The same, and the server cannot be reached any more. */
    AFTER_COMMIT_FOR_GOOD
  }

  public PostgresProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Where it listens on the loopback address. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Cuts at the COMMIT that comes next. */
  public void cutNext(Cut cut) {
    cutAfter(0, cut);
  }

  /** Cuts at a COMMIT after that many have passed. */
  public void cutAfter(int commits, Cut cut) {
    passing.set(commits);
    next.set(cut);
  }

  /** Whether what was told last has been done. */
  public boolean hasCut() {
    return next.get() == Cut.NONE;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.add(client);
        sockets.add(server);
        AtomicReference<Cut> cutting = new AtomicReference<>(Cut.NONE);
        Thread.ofVirtual().start(() -> toServer(client, server, cutting));
        Thread.ofVirtual().start(() -> toClient(client, server, cutting));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void toServer(Socket client, Socket server, AtomicReference<Cut> cutting) {
    byte[] buffer = new byte[65_536];
    try (client;
        server) {
      InputStream in = client.getInputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        if (text(buffer, read).contains("COMMIT")) {
          Cut cut = passing.getAndDecrement() > 0 ? Cut.NONE : next.getAndSet(Cut.NONE);
          cutting.set(cut);
          if (cut == Cut.BEFORE_COMMIT) {
            return;
          }
        }
        server.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException closed) {
      // Either side has gone.
    }
  }

  private void toClient(Socket client, Socket server, AtomicReference<Cut> cutting) {
    byte[] buffer = new byte[65_536];
    try (client;
        server) {
      InputStream in = server.getInputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        if (cutting.get() != Cut.NONE && text(buffer, read).contains("COMMIT")) {
          if (cutting.get() == Cut.AFTER_COMMIT_FOR_GOOD) {
            close();
          }
          return;
        }
        client.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException closed) {
      // Either side has gone.
    }
  }

  private static String text(byte[] buffer, int length) {
    return new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (SocketException alreadyClosed) {
        // As wanted.
      }
    }
  }
}
