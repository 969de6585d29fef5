package dev.gatehouse.kernel;

import java.nio.charset.StandardCharsets;

/**
 * A value that must not be seen: a password, code, key or token. It prints as {@code [secret]}, has
 * no {@code equals}, and is compared only by {@link #matches}. Jackson is given no way to write it.
 */
public final class Secret {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** The value as UTF-8 text; call it only where the value has to leave this type. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Constant-time comparison. */
  public boolean matches(Secret presented) {
    return ConstantTime.equal(bytes, presented.bytes);
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
