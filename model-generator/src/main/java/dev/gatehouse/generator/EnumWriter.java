package dev.gatehouse.generator;

import java.util.Map;
import java.util.StringJoiner;
import software.amazon.smithy.model.shapes.EnumShape;

/** Writes an enum as a record around its text, so that values of a later model survive. */
final class EnumWriter {
  private final String packageName;

  EnumWriter(String packageName) {
    this.packageName = packageName;
  }

  SourceFile write(EnumShape shape) {
    String type = JavaTypes.named(shape);
    SourceFile file = new SourceFile(packageName, type);
    file.imports(
        "com.fasterxml.jackson.annotation.JsonCreator",
        "com.fasterxml.jackson.annotation.JsonValue",
        "dev.gatehouse.model.ApiEnum",
        "java.util.List",
        "java.util.Optional");
    file.line("/** A value of the enum {@code %s}, known or not. */", shape.getId().getName());
    file.line("public record %s(@JsonValue String value) implements ApiEnum {", type);
    StringJoiner all = new StringJoiner(", ", "List.of(", ")");
    StringJoiner known = new StringJoiner(",\n    ", "  public enum Known {\n    ", "\n  }");
    for (Map.Entry<String, String> value : shape.getEnumValues().entrySet()) {
      String constant = Names.constant(value.getKey());
      all.add(constant);
      known.add(constant);
      file.line(
          "  public static final %s %s = new %s(%s);",
          type, constant, type, Names.quote(value.getValue()));
    }
    file.line("\n  private static final List<%s> VALUES = %s;\n", type, all);
    file.line("  /** The values of the model, for a {@code switch}. */");
    file.line(known + "\n");
    file.line("  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)");
    file.line("  public static %s of(String value) {", type);
    file.line("    for (%s known : VALUES) {", type);
    file.line("      if (known.value.equals(value)) {\n        return known;\n      }\n    }");
    file.line("    return new %s(value);\n  }\n", type);
    file.line("  /** Empty for a text that the model does not list. */");
    file.line("  public Optional<Known> known() {\n    return switch (value) {");
    for (Map.Entry<String, String> value : shape.getEnumValues().entrySet()) {
      file.line(
          "      case %s -> Optional.of(Known.%s);",
          Names.quote(value.getValue()), Names.constant(value.getKey()));
    }
    file.line("      default -> Optional.empty();\n    };\n  }\n");
    file.line("  public static List<%s> values() {\n    return VALUES;\n  }\n", type);
    file.line("  @Override\n  public String toString() {\n    return value;\n  }\n}");
    return file;
  }
}
