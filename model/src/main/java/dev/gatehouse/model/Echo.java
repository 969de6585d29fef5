package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/** Whether a value may be repeated in a message. */
public enum Echo {
  SHOWN,
  /** The model marks the value, or what holds it, as sensitive. */
  HIDDEN;

  Echo and(Echo other) {
    return this == HIDDEN ? HIDDEN : other;
  }

  /** What {@code toString} shows of a sensitive member: that it is there. */
  public static String hide(@Nullable Object value) {
    return value == null ? "null" : "***";
  }
}
