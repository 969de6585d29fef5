package dev.gatehouse.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that cannot be changed; base64 text on the wire. */
public final class Blob {
  private final byte[] bytes;

  private Blob(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Blob of(byte[] bytes) {
    return new Blob(bytes.clone());
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The size only. */
  @Override
  public String toString() {
    return "Blob[" + bytes.length + " bytes]";
  }
}
