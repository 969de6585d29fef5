package dev.gatehouse.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts parts one after the other so that no two lists of parts give the same bytes. */
final class Framing {
  private Framing() {}

  /** Each part with its length in four bytes before it. */
  static byte[] of(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length = Math.addExact(length, Math.addExact(4, part.length));
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      buffer.putInt(part.length).put(part);
    }
    return buffer.array();
  }

  static byte[] of(String... parts) {
    byte[][] bytes = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      bytes[i] = parts[i].getBytes(StandardCharsets.UTF_8);
    }
    return of(bytes);
  }
}
