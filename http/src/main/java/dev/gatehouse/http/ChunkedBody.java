package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * A chunked body (RFC 9112 §7.1), read by the letter: the HTTP library takes {@code +2} for a size
 * and any two bytes for the end of a chunk, and where a proxy in front reads otherwise, a request
 * can hide in another's body. Extensions and trailers are read over. A line ends with CR LF alone.
 * Nothing else is read from the connection after such a body: it ends with the answer.
 */
final class ChunkedBody extends InputStream {
  private static final int LONGEST_LINE = 1024;
  private static final int MOST_TRAILERS = 32;
  private static final int SIZE_DIGITS = 7;
  private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

  private final ConnectionContext connection;
  private final DataReader reader;
  private int left;
  private boolean begun;
  private boolean ended;

  ChunkedBody(ConnectionContext connection) {
    this.connection = connection;
    this.reader = connection.dataReader();
  }

  /** Tells a client that waits for it to send the body ({@code Expect: 100-continue}). */
  void ask() {
    connection.dataWriter().writeNow(BufferData.create(CONTINUE));
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    reader.ensureAvailable();
    int count = Math.min(Math.min(left, length), reader.available());
    reader.readBuffer(count).read(target, offset, count);
    left -= count;
    return count;
  }

  private void nextChunk() throws IOException {
    if (begun) {
      expect('\r');
      expect('\n');
    }
    begun = true;
    left = size(line());
    if (left == 0) {
      ended = true;
      readTrailers();
    }
  }

  private static int size(String line) throws BodyRefusedException {
    int digits = 0;
    while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0) {
      digits++;
    }
    String rest = line.substring(digits).stripLeading();
    if (digits == 0 || !rest.isEmpty() && !rest.startsWith(";")) {
      throw malformed();
    }
    String size = line.substring(0, digits).replaceFirst("^0+(?=.)", "");
    if (size.length() > SIZE_DIGITS) {
      throw Body.tooLarge();
    }
    return Integer.parseInt(size, 16);
  }

  private void readTrailers() throws IOException {
    int trailers = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 0 || !HeaderRules.isToken(line.substring(0, colon))) {
        throw malformed();
      }
      if (++trailers > MOST_TRAILERS) {
        throw malformed();
      }
    }
  }

  /** A line without its CR LF; it holds no other control character than tabs. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = reader.read() & 0xff; c != '\r'; c = reader.read() & 0xff) {
      if (c < 0x20 && c != '\t' || c >= 0x7f || line.length() == LONGEST_LINE) {
        throw malformed();
      }
      line.append((char) c);
    }
    expect('\n');
    return line.toString();
  }

  private void expect(char wanted) throws BodyRefusedException {
    if (reader.read() != wanted) {
      throw malformed();
    }
  }

  private static BodyRefusedException malformed() {
    return new BodyRefusedException(400, "The chunks of the body are malformed");
  }

  /** Reads over what still comes after a refusal, up to a number of bytes. */
  void throwAway(int most) {
    for (int thrown = 0; !ended && thrown < most; ) {
      reader.ensureAvailable();
      int count = reader.available();
      reader.skip(count);
      thrown += count;
    }
  }
}
