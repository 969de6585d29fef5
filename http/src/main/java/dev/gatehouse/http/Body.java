package dev.gatehouse.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A request's body as it arrives. It takes from the budget as it grows, never by what is announced:
 * a client that announces and does not send costs nothing. Closing gives back.
 */
final class Body implements AutoCloseable {
  private final BodyBudget budget;
  private byte[] bytes = new byte[0];
  private int taken;

  Body(BodyBudget budget) {
    this.budget = budget;
  }

  /**
   * Reads to the end.
   *
   * @param announced the length, at most {@code most}; -1 when it is not known
   * @param most how long it may be
   */
  void read(InputStream in, long announced, int most) throws IOException, BodyRefusedException {
    int last = announced < 0 ? most : (int) announced;
    bytes = new byte[Math.min(last, BodyBudget.FREE)];
    int length = 0;
    while (true) {
      length += in.readNBytes(bytes, length, bytes.length - length);
      int next = length < bytes.length ? -1 : in.read();
      if (next < 0) {
        break;
      }
      if (length == last) {
        throw tooLarge();
      }
      grow((int) Math.min(last, 2L * Math.max(length, BodyBudget.FREE / 2)));
      bytes[length++] = (byte) next;
    }
    if (length < bytes.length) {
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  private void grow(int size) throws BodyRefusedException {
    if (size > BodyBudget.FREE) {
      if (!budget.take(size - taken)) {
        throw new BodyRefusedException(503, "Too many large requests at once");
      }
      taken = size;
    }
    bytes = Arrays.copyOf(bytes, size);
  }

  static BodyRefusedException tooLarge() {
    return new BodyRefusedException(413, "Request is too large");
  }

  @Override
  public void close() {
    budget.giveBack(taken);
    taken = 0;
  }
}
