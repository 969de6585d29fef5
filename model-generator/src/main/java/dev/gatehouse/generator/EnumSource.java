package dev.gatehouse.generator;

import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.smithy.model.shapes.EnumShape;

/**
 * An enumeration: a record around the text, so that unknown values are kept, with its known values
 * as constants and as an enum.
 */
final class EnumSource {
  private final String packageName;
  private final EnumShape shape;

  EnumSource(String packageName, EnumShape shape) {
    this.packageName = packageName;
    this.shape = shape;
  }

  String text() {
    String name = JavaTypes.name(shape);
    Map<String, String> constants = new LinkedHashMap<>();
    shape.getEnumValues().values().forEach(value -> constants.put(Names.constant(value), value));
    StringBuilder text = new StringBuilder();
    constants.forEach((constant, value) ->
        text.append(
            "  public static final %s %s = new %s(%s);\n"
                .formatted(name, constant, name, Names.literal(value))));
    return """
    package %s;

    import com.fasterxml.jackson.annotation.JsonCreator;
    import com.fasterxml.jackson.annotation.JsonValue;
    import java.util.List;

    /** A value of the API's enumeration {@code %s}; unknown texts are kept until validation refuses them. */
    public record %s(@JsonValue String value) {
    %s
      private static final List<%s> VALUES = List.of(%s);

      @JsonCreator
      public static %s of(String value) {
        return new %s(value);
      }

      /** The values that the API knows. */
      public static List<%s> values() {
        return VALUES;
      }

      public boolean isKnown() {
        return VALUES.contains(this);
      }

      /** The constant for an exhaustive switch. */
      public java.util.Optional<Known> known() {
        for (Known known : Known.values()) {
          if (known.value.equals(value)) {
            return java.util.Optional.of(known);
          }
        }
        return java.util.Optional.empty();
      }

      /** The known values. */
      public enum Known {
        %s;

        private final String value;

        Known(String value) {
          this.value = value;
        }
      }

      @Override
      public String toString() {
        return value;
      }
    }
    """
        .formatted(
            packageName,
            name,
            name,
            text,
            name,
            String.join(", ", constants.keySet()),
            name,
            name,
            name,
            String.join(
                ", ",
                constants.entrySet().stream()
                    .map(entry -> entry.getKey() + "(" + Names.literal(entry.getValue()) + ")")
                    .toList()));
  }
}
