package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the generated constructors do with their parts. */
public final class Frozen {
  private Frozen() {}

  /**
   * An unmodifiable copy. A null element, which JSON can bring, is kept for the validator to
   * refuse.
   */
  public static <T> @Nullable List<T> list(@Nullable List<T> list) {
    if (list == null) {
      return null;
    }
    return hasNull(list) ? Collections.unmodifiableList(new ArrayList<>(list)) : List.copyOf(list);
  }

  private static boolean hasNull(List<?> list) {
    for (Object element : list) {
      if (element == null) {
        return true;
      }
    }
    return false;
  }

  /** An unmodifiable copy in the same order; an entry without a value counts as absent. */
  public static <K, V> @Nullable Map<K, V> map(@Nullable Map<K, V> map) {
    if (map == null) {
      return null;
    }
    Map<K, V> copy = new LinkedHashMap<>(map);
    copy.values().removeIf(value -> value == null);
    return Collections.unmodifiableMap(copy);
  }

  /** JSON null counts as absent. */
  public static @Nullable JsonNode document(@Nullable JsonNode document) {
    return document == null || document.isNull() || document.isMissingNode() ? null : document;
  }
}
