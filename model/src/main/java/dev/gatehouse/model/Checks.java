package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the violations of one request; called by the generated checks. Stops collecting at
 * {@link #MOST}, so that a body of a million small faults does not make an answer fifty times its
 * size.
 */
public final class Checks {
  /** The most violations that one answer names. */
  public static final int MOST = 100;

  private final List<Violation> found = new ArrayList<>();

  /** The generated check of a record. */
  @FunctionalInterface
  public interface Check<T> {
    void check(T value, At at, Checks to);
  }

  List<Violation> violations() {
    return List.copyOf(found);
  }

  /** A check of a structure without constraints. */
  public static void nothing(Object value, At at, Checks to) {}

  /** An empty text counts as absent. */
  public static @Nullable String orAbsent(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  public void required(At at, String name, @Nullable Object value, Echo echo) {
    if (value == null) {
      absent(at, name, echo);
    }
  }

  public <T> void value(At at, String name, @Nullable T value, Rule<? super T> rule) {
    if (value != null) {
      report(at, name, value, rule.broken(value), rule.echo());
    }
  }

  public void value(At at, String name, @Nullable Blob value, SizeRule rule) {
    if (value != null) {
      report(at, name, value, rule.broken(value.size()), rule.echo());
    }
  }

  /** A list of texts, numbers or enum values: AWS reports its elements in one violation. */
  public <T> void list(
      At at, String name, @Nullable List<T> list, SizeRule size, Rule<? super T> element) {
    if (list == null || !isSized(at, name, list, list.size(), size)) {
      return;
    }
    Echo echo = size.echo().and(element.echo());
    for (T value : list) {
      if (value == null) {
        elements(at, name, list, "Member", List.of(Violation.NOT_NULL), echo);
        return;
      }
      if (!element.broken(value).isEmpty()) {
        elements(at, name, list, "Member", element.all(), echo);
        return;
      }
    }
  }

  /** A list of structures: each element is checked at {@code name.N.member}. */
  public <T> void structures(
      At at, String name, @Nullable List<T> list, SizeRule size, Echo element, Check<T> check) {
    if (list == null || !isSized(at, name, list, list.size(), size)) {
      return;
    }
    Echo echo = size.echo().and(element);
    for (int i = 0; i < list.size() && found.size() < MOST; i++) {
      T value = list.get(i);
      String step = name + "." + (i + 1) + ".member";
      if (value == null) {
        absent(at, step, echo);
      } else {
        check.check(value, at.member(step, echo), this);
      }
    }
  }

  /** A map to texts: AWS reports keys in one violation and values in another. */
  public <K, V> void map(
      At at,
      String name,
      @Nullable Map<K, V> map,
      SizeRule size,
      Rule<? super K> key,
      Rule<? super V> value) {
    if (map == null || !isSized(at, name, map, map.size(), size)) {
      return;
    }
    Echo echo = size.echo().and(key.echo()).and(value.echo());
    if (map.keySet().stream().anyMatch(each -> !key.broken(each).isEmpty())) {
      elements(at, name, map, "Map keys", key.all(), echo);
    }
    if (map.values().stream().anyMatch(each -> !value.broken(each).isEmpty())) {
      elements(at, name, map, "Map value", value.all(), echo);
    }
  }

  /** A map to structures: each is checked at {@code name.KEY.member}. */
  public <K, V> void structuresByKey(
      At at,
      String name,
      @Nullable Map<K, V> map,
      SizeRule size,
      Rule<? super K> key,
      Echo element,
      Check<V> check) {
    map(at, name, map, size, key, Rule.SHOWN);
    if (map == null || !size.broken(map.size()).isEmpty()) {
      return;
    }
    for (Map.Entry<K, V> entry : map.entrySet()) {
      if (found.size() >= MOST) {
        return;
      }
      At place = at.member(name + "." + entry.getKey() + ".member", size.echo().and(element));
      check.check(entry.getValue(), place, this);
    }
  }

  private boolean isSized(At at, String name, Object value, int size, SizeRule rule) {
    List<String> broken = rule.broken(size);
    report(at, name, value, broken, rule.echo());
    return broken.isEmpty();
  }

  private void elements(
      At at, String name, Object whole, String subject, List<String> phrases, Echo echo) {
    String phrase = subject + " must satisfy constraint: [" + String.join(", ", phrases) + "]";
    report(at, name, whole, List.of(phrase), echo);
  }

  private void report(At at, String name, Object value, List<String> phrases, Echo echo) {
    for (String phrase : phrases) {
      String path = at.path(name);
      add(
          at.echo().and(echo) == Echo.HIDDEN
              ? Violation.ofSensitive(path, phrase)
              : Violation.of(path, value, phrase));
    }
  }

  private void absent(At at, String name, Echo echo) {
    String path = at.path(name);
    add(
        at.echo().and(echo) == Echo.HIDDEN
            ? Violation.ofSensitive(path, Violation.NOT_NULL)
            : Violation.ofAbsent(path));
  }

  private void add(Violation violation) {
    if (found.size() < MOST) {
      found.add(violation);
    }
  }
}
