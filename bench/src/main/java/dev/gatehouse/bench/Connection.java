package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.access.RequestSigner;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.CallerKind;
import dev.gatehouse.model.Json;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.WireTypeException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * One keep-alive connection to the server, with as little work of its own as HTTP/1.1 allows: it
 * shares the machine with what it measures. For one thread.
 */
final class Connection implements AutoCloseable {
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String CONTENT_LENGTH = "content-length:";

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final URI uri;
  private final RequestSigner signer;

  /** Another answer than 200; the connection can go on. */
  static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  Connection(int port, String keyId, Secret secret) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
    this.out = socket.getOutputStream();
    this.uri = URI.create("http://localhost:" + port + "/");
    this.signer = new RequestSigner("us-east-1", "cognito-idp", keyId, secret);
  }

  /**
   * Calls an operation, signed when it asks for it.
   *
   * @throws RefusedException when the answer is not 200: a measurement of errors measures nothing
   */
  <I, O> O call(OperationModel<I, O> operation, I input) throws IOException {
    byte[] answer = send(operation, Json.write(input));
    try {
      return Json.read(answer, operation.output());
    } catch (WireTypeException unreadable) {
      throw new IOException(unreadable);
    }
  }

  /** Calls an operation whose answer nobody reads. */
  <I, O> byte[] send(OperationModel<I, O> operation, byte[] body) throws IOException {
    String target = "AWSCognitoIdentityProviderService." + operation.name();
    Map<String, String> headers = Map.of("Content-Type", CONTENT_TYPE, "X-Amz-Target", target);
    StringBuilder head = new StringBuilder(512).append("POST / HTTP/1.1");
    if (operation.caller() == CallerKind.IAM) {
      headers = signer.sign("POST", uri, headers, body, now());
    } else {
      head.append("\r\nHost: ").append(uri.getAuthority());
    }
    headers.forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    head.append("\r\nContent-Length: ").append(body.length);
    byte[] headBytes = head.append("\r\n\r\n").toString().getBytes(ISO_8859_1);
    byte[] request = new byte[headBytes.length + body.length];
    System.arraycopy(headBytes, 0, request, 0, headBytes.length);
    System.arraycopy(body, 0, request, headBytes.length, body.length);
    out.write(request);
    out.flush();
    return answer(operation.name());
  }

  private static Instant now() {
    return WallClock.system().now();
  }

  private byte[] answer(String operation) throws IOException {
    String status = line();
    int length = -1;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, CONTENT_LENGTH, 0, CONTENT_LENGTH.length())) {
        length = Integer.parseInt(header.substring(CONTENT_LENGTH.length()).strip());
      }
    }
    if (length < 0) {
      throw new IOException(operation + " was answered without Content-Length");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException();
    }
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new RefusedException(
          operation + " was answered " + status + " " + new String(body, ISO_8859_1));
    }
    return body;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
