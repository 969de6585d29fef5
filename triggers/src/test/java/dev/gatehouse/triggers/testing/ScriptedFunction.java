package dev.gatehouse.triggers.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.triggers.FunctionConfig;
import dev.gatehouse.triggers.testing.RelayFunction.Order;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A function that runs as a process of its own ({@link RelayFunction}) and does what the test says
 * at that moment.
 */
public final class ScriptedFunction implements AutoCloseable {
  /** What the process shall do with an event. */
  public record Deed(List<Step> steps) {
    record Step(Order order, String text) {}

    private static Deed of(Order order, String text) {
      return new Deed(List.of(new Step(order, text)));
    }

    /** Answers. */
    public static Deed answer(String json) {
      return of(Order.RESPOND, json);
    }

    /** Raises an error, as a runtime tells it. */
    public static Deed raise(String message) {
      return of(
          Order.FAIL,
          "{\"errorMessage\":\"" + message + "\",\"errorType\":\"Error\",\"stackTrace\":[]}");
    }

    public static Deed begin() {
      return of(Order.BEGIN, "");
    }

    public static Deed failToBegin(String message) {
      return of(
          Order.FAIL_INIT,
          "{\"errorMessage\":\"" + message + "\",\"errorType\":\"Runtime.HandlerNotFound\"}");
    }

    public static Deed exit(int status) {
      return of(Order.EXIT, Integer.toString(status));
    }

    public static Deed hang() {
      return of(Order.HANG, "");
    }

    /** Prints before what it does else. */
    public Deed printing(String text) {
      return new Deed(List.of(new Step(Order.PRINT, text), steps.getFirst()));
    }
  }

  /** An invocation as the process got it. */
  public record Call(String event, String surroundings) {}

  private final ServerSocket socket;
  private final AtomicInteger started = new AtomicInteger();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Deed start = Deed.begin();
  private volatile Function<String, Deed> handler = Deed::answer;

  private ScriptedFunction(ServerSocket socket) {
    this.socket = socket;
    Thread.ofVirtual().start(this::accept);
  }

  public static ScriptedFunction open() {
    try {
      return new ScriptedFunction(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How it is declared. */
  public FunctionConfig config(int concurrency, int timeoutSeconds) {
    return new FunctionConfig(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-Xmx32m",
            "-cp",
            classes(),
            RelayFunction.class.getName()),
        null,
        "index.handler",
        Map.of(RelayFunction.PORT, Secret.of(Integer.toString(socket.getLocalPort()))),
        concurrency,
        timeoutSeconds);
  }

  private static String classes() {
    try {
      return Path.of(
              RelayFunction.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What processes do with events from now on. */
  public void handle(Function<String, Deed> next) {
    handler = next;
  }

  /** What processes do when they start from now on. */
  public void atStart(Deed next) {
    start = next;
  }

  /** How many processes were started. */
  public int started() {
    return started.get();
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** As new: answers every event with itself, has seen none. */
  public void reset() {
    handler = Deed::answer;
    start = Deed.begin();
    calls.clear();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket process = socket.accept();
        Thread.ofVirtual().start(() -> relay(process));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void relay(Socket process) {
    started.incrementAndGet();
    try (process;
        DataInputStream in = new DataInputStream(process.getInputStream());
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(process.getOutputStream()))) {
      process.setTcpNoDelay(true);
      order(out, start);
      while (true) {
        String event = text(in);
        calls.add(new Call(event, text(in)));
        order(out, handler.apply(event));
      }
    } catch (IOException ended) {
      return;
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), UTF_8);
  }

  private static void order(DataOutputStream out, Deed deed) throws IOException {
    for (Deed.Step step : deed.steps()) {
      byte[] text = step.text().getBytes(UTF_8);
      out.writeUTF(step.order().name());
      out.writeInt(text.length);
      out.write(text);
    }
    out.flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
