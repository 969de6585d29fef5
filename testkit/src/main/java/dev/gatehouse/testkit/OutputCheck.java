package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Listens to all that the tests' process prints, the log included, and looks in it for every secret
 * that a test used. The outcome is a file; {@code scripts/summary.py} fails the build for a find.
 */
public final class OutputCheck implements TestExecutionListener {
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
  private @Nullable PrintStream out;
  private @Nullable PrintStream err;

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    listen();
  }

  void listen() {
    out = System.out;
    err = System.err;
    System.setOut(new PrintStream(new Tee(out, heard), true, UTF_8));
    System.setErr(new PrintStream(new Tee(err, heard), true, UTF_8));
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    stopListening();
    @Nullable String folder = System.getProperty("gatehouse.output.dir");
    if (folder == null) {
      return;
    }
    try {
      Path file = Path.of(folder).resolve("junit-" + ProcessHandle.current().pid() + ".json");
      Files.createDirectories(file.getParent());
      Files.writeString(file, outcome(UsedSecrets.ofThisRun(), heard()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void stopListening() {
    if (out != null && err != null) {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** All that was printed. */
  String heard() {
    return heard.toString(UTF_8);
  }

  /** One JSON object: how much was heard, how many secrets were looked for, what was found. */
  static String outcome(UsedSecrets secrets, String heard) {
    List<UsedSecrets.Leak> leaks = secrets.in(heard);
    return "{\"characters\":"
        + heard.length()
        + ",\"secrets\":"
        + secrets.count()
        + ",\"leaks\":["
        + leaks.stream()
            .map(leak -> "{\"line\":" + leak.line() + ",\"sha256\":\"" + leak.sha256() + "\"}")
            .collect(Collectors.joining(","))
        + "]}\n";
  }

  /** Writes to where it would have gone, and to the listener. */
  private static final class Tee extends OutputStream {
    private final OutputStream on;
    private final OutputStream heard;

    Tee(OutputStream on, OutputStream heard) {
      this.on = on;
      this.heard = heard;
    }

    @Override
    public void write(int b) throws IOException {
      on.write(b);
      heard.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      on.write(bytes, from, length);
      heard.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      on.flush();
    }
  }
}
