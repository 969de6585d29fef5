package dev.gatehouse.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.JsonText;
import dev.gatehouse.kernel.WallClock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log as JSON, a line for each entry: a file a day (UTC) that its owner alone can read,
 * or a stream. What cannot be written is logged as an error; the call it tells of is done already.
 */
public final class AuditFile implements AuditLog, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditFile.class);

  private final Target target;
  private final WallClock clock;
  private final ReentrantLock lock = new ReentrantLock();

  /** Where lines go. Called by one thread at a time. */
  private interface Target extends AutoCloseable {
    void write(byte[] line, Instant at) throws IOException;

    @Override
    void close() throws IOException;
  }

  private AuditFile(Target target, WallClock clock) {
    this.target = target;
    this.clock = clock;
  }

  /**
   * Files {@code audit-2026-11-24.jsonl} in a folder, which is made if it is not there.
   *
   * @throws UncheckedIOException if the folder cannot be made
   */
  public static AuditFile in(Path folder, WallClock clock) {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new AuditFile(new Daily(folder), clock);
  }

  /** Lines on a stream, e.g. standard output; it is not closed. */
  public static AuditFile to(PrintStream stream, WallClock clock) {
    return new AuditFile(
        new Target() {
          @Override
          public void write(byte[] line, Instant at) {
            stream.write(line, 0, line.length);
            stream.flush();
          }

          @Override
          public void close() {
            stream.flush();
          }
        },
        clock);
  }

  @Override
  public void record(Entry entry) {
    lock.lock();
    try {
      Instant now = clock.now();
      target.write(line(entry, now).getBytes(UTF_8), now);
    } catch (IOException e) {
      LOG.error("audit line of request {} could not be written", entry.requestId(), e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      target.close();
    } catch (IOException e) {
      LOG.error("audit log could not be closed", e);
    } finally {
      lock.unlock();
    }
  }

  private static String line(Entry entry, Instant at) {
    StringBuilder line = new StringBuilder(256).append("{\"time\":\"").append(at).append('"');
    member(line, "requestId", entry.requestId());
    member(line, "callerArn", entry.callerArn());
    member(line, "accessKeyId", entry.accessKeyId());
    member(line, "address", entry.clientAddress());
    member(line, "operation", entry.operation());
    member(line, "poolId", entry.poolId());
    member(line, "sub", entry.sub());
    member(line, "outcome", entry.outcome());
    return line.append("}\n").toString();
  }

  private static void member(StringBuilder line, String name, @Nullable String value) {
    line.append(",\"")
        .append(name)
        .append("\":")
        .append(value == null ? "null" : JsonText.quote(value));
  }

  /** A file a day, opened for adding. */
  private static final class Daily implements Target {
    private final Path folder;
    private @Nullable LocalDate day;
    private @Nullable OutputStream file;

    Daily(Path folder) {
      this.folder = folder;
    }

    @Override
    public void write(byte[] line, Instant at) throws IOException {
      LocalDate today = at.atOffset(ZoneOffset.UTC).toLocalDate();
      if (file == null || !today.equals(day)) {
        close();
        file = open(folder.resolve("audit-" + today + ".jsonl"));
        day = today;
      }
      file.write(line);
    }

    private static OutputStream open(Path path) throws IOException {
      if (!Files.exists(path)) {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.newOutputStream(path, StandardOpenOption.APPEND);
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
        file = null;
      }
    }
  }
}
