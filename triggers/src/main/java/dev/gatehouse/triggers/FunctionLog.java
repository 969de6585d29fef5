package dev.gatehouse.triggers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.JsonText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function prints, in the server's log: line by line, quoted so that no line can pass for
 * another one, cut in length and in number. The payload is not ours to log; a handler that prints
 * its event prints what is in it.
 */
final class FunctionLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.gatehouse.functions");
  private static final int LONGEST_LINE = 1000;
  private static final int LINES_A_WINDOW = 200;
  private static final long WINDOW = Duration.ofSeconds(10).toNanos();

  private final String function;
  private long windowBegan = System.nanoTime();
  private int linesInWindow;

  private FunctionLog(String function) {
    this.function = function;
  }

  /** Reads until the process closes its output; a process that is not read would stand still. */
  static void follow(String function, InputStream output) {
    FunctionLog log = new FunctionLog(function);
    Thread.ofPlatform()
        .daemon()
        .name("log of function " + function)
        .start(() -> {
          try (Reader in = new BufferedReader(new InputStreamReader(output, UTF_8))) {
            log.read(in);
          } catch (IOException ended) {
            LOG.debug("function {} prints no more", function, ended);
          }
        });
  }

  private void read(Reader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        print(line);
        line.setLength(0);
      } else if (c != '\r' && line.length() < LONGEST_LINE) {
        line.append((char) c);
      }
    }
    print(line);
  }

  private void print(CharSequence line) {
    if (line.isEmpty() || !LOG.isInfoEnabled()) {
      return;
    }
    long now = System.nanoTime();
    if (now - windowBegan > WINDOW) {
      if (linesInWindow > LINES_A_WINDOW) {
        LOG.info("function {}: {} lines left out", function, linesInWindow - LINES_A_WINDOW);
      }
      windowBegan = now;
      linesInWindow = 0;
    }
    if (++linesInWindow <= LINES_A_WINDOW) {
      LOG.info("function {}: {}", function, JsonText.quote(line.toString()));
    }
  }
}
