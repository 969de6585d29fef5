package dev.gatehouse.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what a request's constraints do not allow, in AWS's words (protocol.md §3.1). */
public final class Checks {
  private final List<String> violations = new ArrayList<>();

  /** Whether the message may hold the value. */
  public enum Value {
    SHOWN,
    HIDDEN
  }

  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** All violations in one text. */
  public static String message(List<String> violations) {
    return violations.size()
        + (violations.size() == 1
            ? " validation error detected: "
            : " validation errors detected: ")
        + String.join("; ", violations);
  }

  public void required(@Nullable Object value, String path) {
    if (value == null) {
      violations.add(
          "Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
    }
  }

  /** Length before pattern: a text that is too long never reaches the pattern. */
  public void text(
      String value, String path, long least, long most, @Nullable String pattern, Value shown) {
    int length = value.codePointCount(0, value.length());
    size(length, value, path, least, most, shown);
    if (pattern != null && length <= most && !Patterns.matches(pattern, value)) {
      add(value, path, shown, "Member must satisfy regular expression pattern: " + pattern);
    }
  }

  public void size(int size, String path, long least, long most, Value shown) {
    size(size, "[…]", path, least, most, shown);
  }

  private void size(int size, String value, String path, long least, long most, Value shown) {
    if (size > most) {
      add(value, path, shown, "Member must have length less than or equal to " + most);
    } else if (size < least) {
      add(value, path, shown, "Member must have length greater than or equal to " + least);
    }
  }

  public void range(Number value, String path, long least, long most, Value shown) {
    if (value.doubleValue() > most) {
      add(value.toString(), path, shown, "Member must have value less than or equal to " + most);
    } else if (value.doubleValue() < least) {
      add(
          value.toString(),
          path,
          shown,
          "Member must have value greater than or equal to " + least);
    }
  }

  public void oneOf(String value, boolean known, String path, List<?> values, Value shown) {
    if (!known) {
      add(
          value,
          path,
          shown,
          "Member must satisfy enum value set: "
              + values.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]")));
    }
  }

  private void add(String value, String path, Value shown, String constraint) {
    violations.add(
        (shown == Value.SHOWN ? "Value '" + value + "' at '" : "Value at '")
            + path
            + "' failed to satisfy constraint: "
            + constraint);
  }
}
