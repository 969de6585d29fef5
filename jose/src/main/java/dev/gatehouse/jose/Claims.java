package dev.gatehouse.jose;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.jose.ClaimValue.Flag;
import dev.gatehouse.jose.ClaimValue.Items;
import dev.gatehouse.jose.ClaimValue.Text;
import dev.gatehouse.jose.ClaimValue.Whole;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * The claims of a token, or the members of an object inside it, in the order in which they are
 * written. Unmodifiable. Claims hold personal data: {@code toString} names them and shows no value.
 */
public final class Claims {
  private final SequencedMap<String, ClaimValue> values;

  private Claims(SequencedMap<String, ClaimValue> values) {
    this.values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
  }

  public static Builder builder() {
    return new Builder(new LinkedHashMap<>());
  }

  /**
   * Reads a JSON object. Refused: anything that is not one object, duplicate members, nesting
   * deeper than 32, anything after the object.
   *
   * @return empty when refused
   */
  public static Optional<Claims> parse(byte[] json) {
    return ClaimsJson.read(json);
  }

  /** A builder that holds these claims; a claim put again keeps its place. */
  public Builder toBuilder() {
    return new Builder(new LinkedHashMap<>(values));
  }

  public Optional<ClaimValue> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The claim's text; empty when it is absent or not a string. */
  public Optional<String> text(String name) {
    return values.get(name) instanceof Text(String value) ? Optional.of(value) : Optional.empty();
  }

  /** The claim's number; empty when it is absent or not a whole number. */
  public OptionalLong whole(String name) {
    return values.get(name) instanceof Whole(long value)
        ? OptionalLong.of(value)
        : OptionalLong.empty();
  }

  /** The claim's strings; empty when it is absent or not an array, other values left out. */
  public List<String> texts(String name) {
    if (!(values.get(name) instanceof Items(List<ClaimValue> items))) {
      return List.of();
    }
    return items.stream()
        .filter(Text.class::isInstance)
        .map(item -> ((Text) item).value())
        .toList();
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Names and values, in order; unmodifiable. */
  public SequencedMap<String, ClaimValue> values() {
    return values;
  }

  /** The JSON text, in UTF-8, without blanks. */
  public byte[] json() {
    return ClaimsJson.write(this);
  }

  /** The text as UTF-8 can carry it. */
  static String encodable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return new String(text.getBytes(UTF_8), UTF_8);
      }
    }
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Claims claims && values.equals(claims.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Claims" + values.keySet();
  }

  /** Collects claims in the order of their first mention. */
  public static final class Builder {
    private final SequencedMap<String, ClaimValue> values;

    private Builder(SequencedMap<String, ClaimValue> values) {
      this.values = values;
    }

    public Builder put(String name, ClaimValue value) {
      values.put(encodable(name), value);
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, new Text(value));
    }

    public Builder put(String name, long value) {
      return put(name, new Whole(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, new Flag(value));
    }

    /** An array of strings. */
    public Builder put(String name, List<String> value) {
      return put(name, Items.ofTexts(value));
    }

    public Builder remove(String name) {
      values.remove(name);
      return this;
    }

    public Claims build() {
      return new Claims(values);
    }
  }
}
