package dev.gatehouse.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.StructureShape;

/**
 * Writes a structure as a record with its builder, its checks and a {@code toString} that hides.
 */
final class RecordWriter {
  private static final String RUNTIME = "dev.gatehouse.model.";

  private final ServiceShapes shapes;
  private final JavaTypes types;
  private final ChecksWriter checks;
  private final String packageName;

  RecordWriter(ServiceShapes shapes, ChecksWriter checks, String packageName) {
    this.shapes = shapes;
    this.types = new JavaTypes(shapes);
    this.checks = checks;
    this.packageName = packageName;
  }

  SourceFile write(StructureShape structure) {
    String type = JavaTypes.named(structure);
    List<MemberShape> members = new ArrayList<>(structure.members());
    SourceFile file = new SourceFile(packageName, type);
    file.line("/** The structure {@code %s}. */", structure.getId().getName());
    StringJoiner components = new StringJoiner(",\n    ", "public record " + type + "(", ") {");
    for (MemberShape member : members) {
      components.add(component(structure, member));
    }
    file.line(components.toString());
    constructor(file, type, members);
    checks.write(file, structure);
    toStringMethod(file, structure, members);
    builder(file, type, members);
    file.line("}");
    imports(file);
    return file;
  }

  private String component(StructureShape structure, MemberShape member) {
    boolean present = member.isRequired() && shapes.isInInput(structure);
    return "@JsonProperty(%s) %s%s %s"
        .formatted(
            Names.quote(member.getMemberName()),
            present ? "" : "@Nullable ",
            types.of(member),
            Names.component(member.getMemberName()));
  }

  /** Lists and maps are copied; a document that is JSON null counts as absent. */
  private void constructor(SourceFile file, String type, List<MemberShape> members) {
    List<String> lines = new ArrayList<>();
    for (MemberShape member : members) {
      String name = Names.component(member.getMemberName());
      Shape target = shapes.target(member);
      if (target.isListShape()) {
        lines.add("    %s = Frozen.list(%s);".formatted(name, name));
      } else if (target.isMapShape()) {
        lines.add("    %s = Frozen.map(%s);".formatted(name, name));
      } else if (target.isDocumentShape()) {
        lines.add("    %s = Frozen.document(%s);".formatted(name, name));
      }
    }
    if (!lines.isEmpty()) {
      file.line("  public %s {", type);
      lines.forEach(file::line);
      file.line("  }\n");
    }
  }

  private void toStringMethod(
      SourceFile file, StructureShape structure, List<MemberShape> members) {
    boolean whole = shapes.isHidden(structure);
    if (!whole && members.stream().noneMatch(m -> isHiddenIn(m))) {
      return;
    }
    String type = JavaTypes.named(structure);
    file.line("  /** Sensitive values are left out. */");
    file.line("  @Override");
    file.line("  public String toString() {");
    if (whole) {
      file.line("    return \"%s[***]\";", type);
    } else {
      StringJoiner parts = new StringJoiner("\n        + \", ", "    return \"" + type + "[", "");
      for (MemberShape member : members) {
        String name = Names.component(member.getMemberName());
        parts.add(name + "=\" + " + (isHiddenIn(member) ? "Echo.hide(" + name + ")" : name));
      }
      file.line("%s + \"]\";", parts);
    }
    file.line("  }\n");
  }

  private boolean isHiddenIn(MemberShape member) {
    Shape target = shapes.target(member);
    return !target.isStructureShape() && shapes.isHidden(target);
  }

  private void builder(SourceFile file, String type, List<MemberShape> members) {
    file.line("  public static Builder builder() {\n    return new Builder();\n  }\n");
    file.line("  /** A builder that holds this record's values. */");
    file.line("  public Builder toBuilder() {\n    Builder builder = new Builder();");
    for (MemberShape member : members) {
      file.line("    builder.%1$s = %1$s;", Names.component(member.getMemberName()));
    }
    file.line("    return builder;\n  }\n");
    file.line("  /** Checks nothing: that is the validator's work. */");
    file.line("  public static final class Builder {");
    for (MemberShape member : members) {
      file.line(
          "    private @Nullable %s %s;",
          types.of(member), Names.component(member.getMemberName()));
    }
    file.line("\n    private Builder() {}\n");
    StringJoiner values = new StringJoiner(", ", "      return new " + type + "(", ");");
    for (MemberShape member : members) {
      String name = Names.component(member.getMemberName());
      file.line("    public Builder %s(@Nullable %s value) {", name, types.of(member));
      file.line("      this.%s = value;\n      return this;\n    }\n", name);
      values.add(name);
    }
    file.line("    public %s build() {\n%s\n    }\n  }", type, values);
  }

  private static void imports(SourceFile file) {
    importIf(file, "@JsonProperty", "com.fasterxml.jackson.annotation.JsonProperty");
    importIf(file, "@Nullable", "org.jspecify.annotations.Nullable");
    importIf(file, "List<", "java.util.List");
    importIf(file, "Map<", "java.util.Map");
    importIf(file, "Instant ", "java.time.Instant");
    importIf(file, "JsonNode ", "tools.jackson.databind.JsonNode");
    for (String name : List.of("Frozen", "Echo")) {
      importIf(file, name + ".", RUNTIME + name);
    }
    for (String name : List.of("Blob", "At", "Checks")) {
      importIf(file, name + " ", RUNTIME + name);
    }
  }

  private static void importIf(SourceFile file, String mark, String name) {
    if (file.mentions(mark)) {
      file.imports(name);
    }
  }
}
