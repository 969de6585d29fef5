package dev.gatehouse.model;

/**
 * One constraint that a request does not keep.
 *
 * @param subject {@code Value 'x'}, {@code Value null}, or {@code Value} alone for a sensitive
 *     value
 * @param path e.g. {@code userAttributes.1.member.name}
 * @param constraint e.g. {@code Member must not be null}
 */
public record Violation(String subject, String path, String constraint) {
  static final String NOT_NULL = "Member must not be null";

  /** For a value that may be shown. */
  public static Violation of(String path, Object value, String constraint) {
    return new Violation("Value '" + value + "'", path, constraint);
  }

  /** For a sensitive value: the message does not repeat it. */
  public static Violation ofSensitive(String path, String constraint) {
    return new Violation("Value", path, constraint);
  }

  public static Violation ofAbsent(String path) {
    return new Violation("Value null", path, NOT_NULL);
  }

  public String text() {
    return subject + " at '" + path + "' failed to satisfy constraint: " + constraint;
  }
}
