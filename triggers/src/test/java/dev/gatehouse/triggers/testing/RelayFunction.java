package dev.gatehouse.triggers.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * A program that speaks the Runtime API and asks the test what to answer. It needs nothing but the
 * JDK, so that it starts quickly.
 */
public final class RelayFunction {
  static final String PORT = "RELAY_PORT";

  private RelayFunction() {}

  /** What the test tells it to do. */
  enum Order {
    /** To send the text as the response. */
    RESPOND,
    /** To send the text as an error. */
    FAIL,
    /** To send the text as an error of initialisation; when it has just started. */
    FAIL_INIT,
    /** To begin to ask for invocations; when it has just started. */
    BEGIN,
    /** To print the text, and then to take another order. */
    PRINT,
    /** To end with the status that the text says. */
    EXIT,
    /** To do nothing more. */
    HANG
  }

  public static void main(String... arguments) throws Exception {
    String base = "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";
    int port = Integer.parseInt(System.getenv(PORT));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DataOutputStream out = new DataOutputStream(socket.getOutputStream())) {
      socket.setTcpNoDelay(true);
      obey(in, base + "init/", base + "init/error");
      while (true) {
        HttpURLConnection next = open(base + "invocation/next");
        byte[] event = bytes(next.getInputStream());
        String id = next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
        write(out, event);
        write(out, headers(next).getBytes(UTF_8));
        out.flush();
        obey(in, base + "invocation/" + id + "/response", base + "invocation/" + id + "/error");
      }
    }
  }

  private static void obey(DataInputStream in, String response, String error) throws Exception {
    while (true) {
      Order order = Order.valueOf(in.readUTF());
      byte[] text = in.readNBytes(in.readInt());
      switch (order) {
        case PRINT -> System.out.write(text, 0, text.length);
        case EXIT -> System.exit(Integer.parseInt(new String(text, UTF_8)));
        case HANG -> TimeUnit.DAYS.sleep(1);
        case RESPOND -> {
          post(response, text);
          return;
        }
        case FAIL -> {
          post(error, text);
          return;
        }
        case FAIL_INIT -> {
          post(error, text);
          System.exit(1);
        }
        case BEGIN -> {
          return;
        }
      }
      System.out.flush();
    }
  }

  private static String headers(HttpURLConnection next) {
    StringBuilder result = new StringBuilder();
    next.getHeaderFields()
        .forEach((name, values) ->
            result.append(name).append(": ").append(values.getFirst()).append('\n'));
    System.getenv()
        .forEach((name, value) ->
            result.append("env ").append(name).append(": ").append(value).append('\n'));
    return result.toString();
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static HttpURLConnection open(String url) throws IOException {
    return (HttpURLConnection) URI.create(url).toURL().openConnection();
  }

  private static void post(String url, byte[] body) throws IOException {
    HttpURLConnection connection = open(url);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    if (connection.getResponseCode() < 300) {
      bytes(connection.getInputStream());
    }
  }

  private static byte[] bytes(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }
}
