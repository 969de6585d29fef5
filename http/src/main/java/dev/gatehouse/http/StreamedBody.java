package dev.gatehouse.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A body that is handed on as it arrives. Its time runs from the first byte asked for; what is done
 * between two reads is not interrupted by it.
 */
final class StreamedBody extends InputStream {
  private final Supplier<InputStream> source;
  private final long announced;
  private final long most;
  private final Deadlines deadlines;
  private final long limit;
  private @Nullable InputStream in;
  private long end;
  private long length;
  private boolean ended;

  /**
   * @param source asks the client for the body
   * @param announced its length, -1 when it is not known
   * @param limit how long it may take to arrive
   */
  StreamedBody(
      Supplier<InputStream> source,
      long announced,
      long most,
      Deadlines deadlines,
      Duration limit) {
    this.source = source;
    this.announced = announced;
    this.most = most;
    this.deadlines = deadlines;
    this.limit = limit.toNanos();
  }

  /** Whether nothing of it is left on the connection. */
  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (ended) {
      return -1;
    }
    if (in == null) {
      end = System.nanoTime() + limit;
    }
    deadlines.beginUntil(end);
    int read;
    try {
      if (in == null) {
        in = source.get();
      }
      read = in.read(target, offset, count);
    } catch (RuntimeException interrupted) {
      throw new IOException("the body did not arrive", interrupted);
    } finally {
      deadlines.end();
      Thread.interrupted(); // of a body that came too slowly; it is not for the handler
    }
    if (read < 0) {
      if (length < announced) {
        throw new IOException("the body ended early");
      }
      ended = true;
      return -1;
    }
    length += read;
    if (length > most) {
      throw Body.tooLarge();
    }
    return read;
  }
}
