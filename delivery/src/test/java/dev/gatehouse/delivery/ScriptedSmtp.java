package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that answers as told: 250, or what its script says for the first word of a command.
 * It remembers every line, and whether it came through TLS.
 */
final class ScriptedSmtp implements AutoCloseable {
  /** One line of a client. */
  record Line(String text, boolean encrypted) {}

  private static final int BACKLOG = 10;

  private final ServerSocket listener;
  private final @Nullable SSLContext tls;
  private final String extensions;
  private final Map<String, String> script;
  private final List<Line> lines = new CopyOnWriteArrayList<>();

  /**
   * @param extensions what EHLO shows, e.g. {@code STARTTLS}
   * @param script the reply to a command, by its first word; {@code .} is the end of a mail
   */
  ScriptedSmtp(@Nullable SSLContext tls, String extensions, Map<String, String> script)
      throws IOException {
    this(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), tls, extensions, script);
  }

  private ScriptedSmtp(
      ServerSocket listener,
      @Nullable SSLContext tls,
      String extensions,
      Map<String, String> script) {
    this.listener = listener;
    this.tls = tls;
    this.extensions = extensions;
    this.script = script;
    Thread.ofVirtual().start(this::listen);
  }

  /** One that speaks TLS from the first byte, as on port 465 (RFC 8314 §3.3). */
  static ScriptedSmtp withTlsFromTheStart(SSLContext tls, Map<String, String> script)
      throws IOException {
    ServerSocket listener =
        tls.getServerSocketFactory()
            .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    return new ScriptedSmtp(listener, null, "AUTH PLAIN LOGIN", script);
  }

  int port() {
    return listener.getLocalPort();
  }

  List<Line> lines() {
    return lines;
  }

  /** The mail, and the commands, as one text. */
  String heard() {
    return String.join("\n", lines.stream().map(Line::text).toList());
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> talk(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      say(socket, "220 test ESMTP");
      converse(socket, socket instanceof SSLSocket);
    } catch (IOException gone) {
      // the client hung up
    }
  }

  private void converse(Socket socket, boolean encrypted) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    boolean data = false;
    String line;
    while ((line = in.readLine()) != null) {
      lines.add(new Line(line, encrypted));
      if (data && !line.equals(".")) {
        continue;
      }
      data = false;
      String command = line.equals(".") ? "." : line.split("[ :]", 2)[0];
      String reply = script.get(command);
      if (reply != null) {
        say(socket, reply);
      } else {
        switch (command) {
          case "EHLO" -> say(socket, "250-test\r\n250 " + extensions);
          case "STARTTLS" -> {
            say(socket, "220 go ahead");
            converse(encrypted(socket), true);
            return;
          }
          case "AUTH" -> say(socket, "235 welcome");
          case "DATA" -> {
            say(socket, "354 go ahead");
            data = true;
          }
          case "QUIT" -> {
            say(socket, "221 bye");
            return;
          }
          default -> say(socket, "250 ok");
        }
      }
    }
  }

  private SSLSocket encrypted(Socket socket) throws IOException {
    if (tls == null) {
      throw new IOException("no certificate");
    }
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private static void say(Socket socket, String reply) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write((reply + "\r\n").getBytes(UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
