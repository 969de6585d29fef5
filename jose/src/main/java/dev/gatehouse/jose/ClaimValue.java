package dev.gatehouse.jose;

import java.math.BigDecimal;
import java.util.List;

/** The value of a claim: any JSON value (RFC 7519 §2), typed. */
public sealed interface ClaimValue {
  /**
   * A string. Half a surrogate pair, which a JSON escape can smuggle in and UTF-8 cannot carry,
   * becomes {@code ?}: a user's attribute must not be able to stop the signing.
   */
  record Text(String value) implements ClaimValue {
    public Text {
      value = Claims.encodable(value);
    }
  }

  /** A whole number that fits 64 bits; times are seconds since 1970. */
  record Whole(long value) implements ClaimValue {}

  /** Any other number. */
  record Decimal(BigDecimal value) implements ClaimValue {}

  /** {@code true} or {@code false}. */
  record Flag(boolean value) implements ClaimValue {}

  /** JSON's {@code null}, as {@code issuer} of an identity has it. */
  record Nothing() implements ClaimValue {}

  /** An array. */
  record Items(List<ClaimValue> values) implements ClaimValue {
    public Items {
      values = List.copyOf(values);
    }

    /** An array of strings, as {@code cognito:groups} is. */
    public static Items ofTexts(List<String> texts) {
      return new Items(texts.stream().<ClaimValue>map(Text::new).toList());
    }
  }

  /** An object. */
  record Members(Claims claims) implements ClaimValue {}
}
