package dev.gatehouse.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.EnumShape;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.LengthTrait;
import software.amazon.smithy.model.traits.PatternTrait;
import software.amazon.smithy.model.traits.RangeTrait;
import software.amazon.smithy.model.traits.RequiredTrait;
import software.amazon.smithy.model.traits.SensitiveTrait;
import software.amazon.smithy.model.traits.Trait;

/**
 * A structure: a record with a builder, a {@code toString} that hides what is sensitive, and its
 * constraint checks as straight code.
 */
final class RecordSource {
  private static final ShapeId PUBLISHED_PATTERN = ShapeId.from("gatehouse.api#publishedPattern");

  private final Model model;
  private final JavaTypes types;
  private final StructureShape shape;
  private final boolean input;
  private int depth;

  RecordSource(Model model, JavaTypes types, StructureShape shape, boolean input) {
    this.model = model;
    this.types = types;
    this.shape = shape;
    this.input = input;
  }

  String text() {
    String name = JavaTypes.name(shape);
    List<String> components = new ArrayList<>();
    List<String> copies = new ArrayList<>();
    StringBuilder setters = new StringBuilder();
    StringBuilder fields = new StringBuilder();
    StringBuilder shown = new StringBuilder();
    StringBuilder toBuilder = new StringBuilder();
    List<String> arguments = new ArrayList<>();
    for (MemberShape member : shape.members()) {
      String component = Names.component(member.getMemberName());
      String type = types.of(member.getTarget());
      boolean required = input && member.hasTrait(RequiredTrait.class);
      components.add(
          "    @JsonProperty(%s) %s%s %s"
              .formatted(
                  Names.literal(member.getMemberName()),
                  required ? "" : "@Nullable ",
                  type,
                  component));
      if (type.startsWith("List<") || type.startsWith("Map<")) {
        copies.add("    %s = Values.unmodifiable(%s);\n".formatted(component, component));
      }
      fields.append("    private @Nullable %s %s;\n".formatted(type, component));
      setters.append(
          """
              public Builder %s(@Nullable %s value) {
                this.%s = value;
                return this;
              }
          """
              .formatted(component, type, component));
      toBuilder.append("    builder.%s = %s;\n".formatted(component, component));
      shown.append(
          "    Values.show(text, %s, %s);\n"
              .formatted(
                  Names.literal(component),
                  sensitive(member) ? component + " == null ? null : \"***\"" : component));
      arguments.add(component);
    }
    return """
    package %1$s;

    import com.fasterxml.jackson.annotation.JsonProperty;
    import dev.gatehouse.model.Blob;
    import dev.gatehouse.model.Checks;
    import dev.gatehouse.model.Values;
    import java.time.Instant;
    import java.util.List;
    import java.util.Map;
    import org.jspecify.annotations.Nullable;
    import tools.jackson.databind.JsonNode;

    /** The API's structure {@code %2$s}. */
    public record %2$s(
    %3$s) {
      public %2$s {
    %4$s  }

      public static Builder builder() {
        return new Builder();
      }

      public Builder toBuilder() {
        Builder builder = new Builder();
    %5$s    return builder;
      }

      /** Finds what the API's constraints do not allow. */
      public static void check(%2$s value, String path, Checks checks) {
    %6$s  }

      /** Hides what is sensitive. */
      @Override
      public String toString() {
        StringBuilder text = new StringBuilder(%7$s);
    %8$s    return text.append(']').toString();
      }

      /** Collects the members. */
      public static final class Builder {
    %9$s
    %10$s
        public %2$s build() {
          return new %2$s(%11$s);
        }
      }
    }
    """
        .formatted(
            types.packageName(),
            name,
            String.join(",\n", components),
            String.join("", copies),
            toBuilder,
            checks(),
            Names.literal(name + "["),
            shape.hasTrait(SensitiveTrait.class) ? "    text.append(\"***\");\n" : shown,
            fields,
            setters,
            String.join(", ", arguments));
  }

  private boolean sensitive(MemberShape member) {
    return member.getMemberTrait(model, SensitiveTrait.class).isPresent()
        || model.expectShape(member.getTarget()).hasTrait(SensitiveTrait.class)
        || shape.hasTrait(SensitiveTrait.class);
  }

  private String checks() {
    StringBuilder text = new StringBuilder();
    for (MemberShape member : shape.members()) {
      String component = Names.component(member.getMemberName());
      String path = "path + " + Names.literal(Names.path(member.getMemberName()));
      String value = "value." + component + "()";
      StringBuilder inner = new StringBuilder();
      constraints(inner, "    ", value, path, member, member.getTarget(), sensitive(member));
      if (member.hasTrait(RequiredTrait.class)) {
        text.append("    checks.required(%s, %s);\n".formatted(value, path));
      }
      if (!inner.isEmpty()) {
        text.append("    if (%s != null) {\n".formatted(value));
        text.append(inner.toString().replaceAll("(?m)^", "  ").replaceAll(" +$", ""));
        text.append("    }\n");
      }
    }
    return text.toString();
  }

  /** Checks of one value that is there: length before pattern, then what is inside. */
  private void constraints(
      StringBuilder text,
      String indent,
      String value,
      String path,
      MemberShape member,
      ShapeId targetId,
      boolean sensitive) {
    Shape target = model.expectShape(targetId);
    String kind = sensitive ? "HIDDEN" : "SHOWN";
    Optional<LengthTrait> length = member.getMemberTrait(model, LengthTrait.class);
    Optional<PatternTrait> pattern = member.getMemberTrait(model, PatternTrait.class);
    Optional<RangeTrait> range = member.getMemberTrait(model, RangeTrait.class);
    boolean isDomain = targetId.getName().equals("DomainType");
    if (target instanceof EnumShape) {
      text.append(
          "%schecks.oneOf(%s.value(), %s.isKnown(), %s, %s.values(), Checks.Value.%s);\n"
              .formatted(indent, value, value, path, JavaTypes.name(target), kind));
    } else if ((length.isPresent() || pattern.isPresent()) && target.isStringShape()) {
      text.append(
          "%schecks.text(%s, %s, %s, %s, %s, Checks.Value.%s);\n"
              .formatted(
                  indent,
                  value,
                  path,
                  length.flatMap(LengthTrait::getMin).orElse(0L),
                  length
                      .flatMap(LengthTrait::getMax)
                      .map(String::valueOf)
                      .orElse("Integer.MAX_VALUE"),
                  pattern.isPresent() && !isDomain
                      ? Names.literal(published(member, target, pattern.get()))
                      : "null",
                  kind));
    } else if (length.isPresent()) {
      text.append(
          "%schecks.size(%s, %s, %s, %s, Checks.Value.%s);\n"
              .formatted(
                  indent,
                  value + (target.isBlobShape() ? ".length()" : ".size()"),
                  path,
                  length.get().getMin().orElse(0L),
                  length.get().getMax().map(String::valueOf).orElse("Integer.MAX_VALUE"),
                  kind));
    }
    if (range.isPresent()) {
      text.append(
          "%schecks.range(%s, %s, %s, %s, Checks.Value.%s);\n"
              .formatted(
                  indent,
                  value,
                  path,
                  range
                      .get()
                      .getMin()
                      .map(String::valueOf)
                      .map(v -> v + "L")
                      .orElse("Long.MIN_VALUE"),
                  range
                      .get()
                      .getMax()
                      .map(String::valueOf)
                      .map(v -> v + "L")
                      .orElse("Long.MAX_VALUE"),
                  kind));
    }
    inside(text, indent, value, path, target, sensitive);
  }

  private void inside(
      StringBuilder text,
      String indent,
      String value,
      String path,
      Shape target,
      boolean sensitive) {
    String index = "i" + depth;
    String item = "item" + depth;
    depth++;
    switch (target) {
      case StructureShape structure ->
          text.append(
              "%s%s.check(%s, %s + '.', checks);\n"
                  .formatted(indent, JavaTypes.name(structure), value, path));
      case ListShape list -> {
        StringBuilder each = new StringBuilder();
        MemberShape member = list.getMember();
        constraints(
            each,
            indent + "  ",
            item,
            path + " + '.' + (" + index + " + 1) + \".member\"",
            member,
            member.getTarget(),
            sensitive || model.expectShape(member.getTarget()).hasTrait(SensitiveTrait.class));
        if (!each.isEmpty()) {
          text.append(
              "%sfor (int %s = 0; %s < %s.size(); %s++) {\n%s  var %s = %s.get(%s);\n%s%s}\n"
                  .formatted(
                      indent, index, index, value, index, indent, item, value, index, each,
                      indent));
        }
      }
      case MapShape map -> {
        StringBuilder each = new StringBuilder();
        constraints(
            each,
            indent + "  ",
            item + ".getKey()",
            path + " + \".key\"",
            map.getKey(),
            map.getKey().getTarget(),
            sensitive);
        constraints(
            each,
            indent + "  ",
            item + ".getValue()",
            path + " + \".value\"",
            map.getValue(),
            map.getValue().getTarget(),
            sensitive);
        if (!each.isEmpty()) {
          text.append(
              "%sfor (var %s : %s.entrySet()) {\n%s%s}\n"
                  .formatted(indent, item, value, each, indent));
        }
      }
      default -> {}
    }
    depth--;
  }

  /** The text that AWS prints, which is not always the one that Smithy's form holds. */
  private String published(MemberShape member, Shape target, PatternTrait pattern) {
    if (target.getId().getName().equals("PasswordType")) {
      // the service allows inner blanks, unlike its model (protocol.md §3.1)
      return "^[\\S]+.*[\\S]+$";
    }
    return member
        .findTrait(PUBLISHED_PATTERN)
        .or(() -> target.findTrait(PUBLISHED_PATTERN))
        .map(Trait::toNode)
        .map(node -> node.expectStringNode().getValue())
        .orElse(pattern.getValue());
  }
}
