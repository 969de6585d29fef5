package dev.gatehouse.userpool.pool;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One attribute of a pool's schema (userpool.md §3).
 *
 * @param name as clients write it: {@code email}, {@code custom:x}, {@code dev:custom:x}
 * @param minimum least length of a string or least value of a number, null = none
 * @param maximum greatest length or value, null = none
 */
public record SchemaAttribute(
    String name,
    Type type,
    boolean mutable,
    boolean required,
    boolean developerOnly,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum) {
  /** Longest value of any attribute, in characters. */
  public static final int LONGEST = 2048;

  /** {@code AttributeDataType}. */
  public enum Type {
    STRING,
    NUMBER,
    BOOLEAN,
    DATE_TIME
  }

  /** What is wrong with the value, in Cognito's words; empty when it fits. */
  public Optional<String> violated(String value) {
    if (value.length() > LONGEST) {
      return Optional.of(name + ": String must be no longer than " + LONGEST + " characters");
    }
    return switch (type) {
      case STRING -> violatedLength(value.codePointCount(0, value.length()));
      case NUMBER -> violatedNumber(value);
      case BOOLEAN ->
          value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")
              ? Optional.empty()
              : Optional.of(name + ": Value must be true or false");
      case DATE_TIME -> Optional.empty();
    };
  }

  private Optional<String> violatedLength(int length) {
    if (minimum != null && length < minimum.intValue()) {
      return Optional.of(
          name + ": String must be no shorter than " + minimum.toPlainString() + " characters");
    }
    if (maximum != null && length > maximum.intValue()) {
      return Optional.of(
          name + ": String must be no longer than " + maximum.toPlainString() + " characters");
    }
    return Optional.empty();
  }

  private Optional<String> violatedNumber(String value) {
    BigDecimal number;
    try {
      // a long exponent would cost memory when the number is written out
      number = value.length() > 40 ? null : new BigDecimal(value);
    } catch (NumberFormatException notANumber) {
      number = null;
    }
    if (number == null || Math.abs((long) number.scale()) > 100) {
      return Optional.of(name + ": Value must be a number");
    }
    if (minimum != null && number.compareTo(minimum) < 0) {
      return Optional.of(name + ": Value must be at least " + minimum.toPlainString());
    }
    if (maximum != null && number.compareTo(maximum) > 0) {
      return Optional.of(name + ": Value must be at most " + maximum.toPlainString());
    }
    return Optional.empty();
  }
}
