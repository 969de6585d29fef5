package dev.gatehouse.userpool.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a CSV file line by line (metering-backup.md §3): UTF-8, lines that end with LF or CR LF,
 * cells with white space around them taken off, a comma inside a cell written {@code \,}, no
 * quoting. Empty lines are counted and passed over. Holds a line at a time, however long it is.
 */
final class CsvLines {
  /** The longest line, in characters. */
  static final int LONGEST = 16_000;

  /** No line of so many bytes is short enough: a character takes up to three, a pair four. */
  private static final int LONGEST_BYTES = 3 * LONGEST;

  private static final int READ_AHEAD = 64 * 1024;

  private final InputStream in;
  private final CharsetDecoder utf8 = UTF_8.newDecoder();
  private final byte[] ahead = new byte[READ_AHEAD];
  private int at;
  private int filled;
  private final byte[] line = new byte[LONGEST_BYTES];
  private int length;
  private long position;
  private long number;

  /**
   * @param in the file from a line's begin on
   * @param position where in the file that is
   * @param number of lines before it
   */
  CsvLines(InputStream in, long position, long number) {
    this.in = in;
    this.position = position;
    this.number = number;
  }

  /** A line that holds anything. */
  sealed interface Line {
    /** Counted from 1, the header's. */
    long number();

    record Cells(long number, List<String> cells) implements Line {}

    /**
     * @param problem for the log
     */
    record Unreadable(long number, String problem) implements Line {}
  }

  /** Bytes of the file that were read, to the end of the last line. */
  long position() {
    return position;
  }

  /** Lines that were read, empty ones among them. */
  long number() {
    return number;
  }

  /** The next line that holds anything. */
  Optional<Line> next() throws IOException {
    while (readLine()) {
      if (length > LONGEST_BYTES) {
        return Optional.of(tooLong());
      }
      if (length > 0) {
        return Optional.of(decoded());
      }
    }
    return Optional.empty();
  }

  private Line tooLong() {
    return new Line.Unreadable(number, "The row has more than " + LONGEST + " characters.");
  }

  private Line decoded() {
    String text;
    try {
      text = utf8.decode(ByteBuffer.wrap(line, 0, length)).toString();
    } catch (CharacterCodingException notUtf8) {
      return new Line.Unreadable(number, "The row is not encoded in UTF-8.");
    }
    return text.length() > LONGEST ? tooLong() : new Line.Cells(number, cells(text));
  }

  /** Splits at commas that no backslash stands before; any other backslash is itself. */
  private static List<String> cells(String text) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
        cell.append(',');
        i++;
      } else if (c == ',') {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  /**
   * Reads to the end of the line; bytes beyond the longest are counted and not kept.
   *
   * @return false at the end of the file
   */
  private boolean readLine() throws IOException {
    length = 0;
    boolean any = false;
    while (true) {
      if (at == filled) {
        at = 0;
        filled = Math.max(0, in.read(ahead));
        if (filled == 0) {
          break;
        }
      }
      byte b = ahead[at++];
      position++;
      any = true;
      if (b == '\n') {
        break;
      }
      if (length < LONGEST_BYTES) {
        line[length] = b;
      }
      length++;
    }
    if (any) {
      number++;
    }
    if (length > 0 && length <= LONGEST_BYTES && line[length - 1] == '\r') {
      length--;
    }
    return any;
  }
}
