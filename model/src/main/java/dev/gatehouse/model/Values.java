package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the generated records call. */
public final class Values {
  private Values() {}

  /** A copy that nobody changes; null stays null. */
  public static <T> @Nullable List<T> unmodifiable(@Nullable List<T> list) {
    return list == null ? null : Collections.unmodifiableList(new ArrayList<>(list));
  }

  /**
   * A copy that nobody changes, in the same order and without null values, which count as absent;
   * null stays null.
   */
  public static <K, V> @Nullable Map<K, V> unmodifiable(@Nullable Map<K, V> map) {
    if (map == null) {
      return null;
    }
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.values().removeIf(value -> value == null);
    return Collections.unmodifiableMap(copy);
  }

  /** Appends a member that is there to a record's text. */
  public static void show(StringBuilder text, String name, @Nullable Object value) {
    if (value == null) {
      return;
    }
    if (text.charAt(text.length() - 1) != '[') {
      text.append(", ");
    }
    text.append(name).append('=').append(value);
  }
}
