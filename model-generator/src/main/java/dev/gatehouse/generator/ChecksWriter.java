package dev.gatehouse.generator;

import java.util.HashMap;
import java.util.Map;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.StructureShape;

/**
 * Writes the {@code check} method of records that requests are made of: straight-line code, members
 * in the model's order, no reflection.
 */
final class ChecksWriter {
  private final ServiceShapes shapes;
  private final String rules;
  private final Map<ShapeId, Boolean> needed = new HashMap<>();

  ChecksWriter(ServiceShapes shapes, String rules) {
    this.shapes = shapes;
    this.rules = rules;
  }

  void write(SourceFile file, StructureShape structure) {
    if (!shapes.isInInput(structure) || !isNeeded(structure)) {
      return;
    }
    file.line("  static void check(%s it, At at, Checks to) {", JavaTypes.named(structure));
    for (MemberShape member : structure.members()) {
      member(file, member);
    }
    file.line("  }\n");
  }

  /** Whether anything in this structure, or below it, can be violated. */
  boolean isNeeded(StructureShape structure) {
    Boolean known = needed.get(structure.getId());
    if (known != null) {
      return known;
    }
    needed.put(structure.getId(), false);
    boolean found = structure.members().stream().anyMatch(m -> m.isRequired() || isChecked(m));
    needed.put(structure.getId(), found);
    return found;
  }

  private boolean isChecked(MemberShape member) {
    Shape target = shapes.target(member);
    return switch (target) {
      case StructureShape structure -> isNeeded(structure);
      // lists are always looked through: a null element is a violation
      case ListShape list -> true;
      case MapShape map ->
          Constraints.isConstrained(map) || isChecked(map.getKey()) || isChecked(map.getValue());
      default -> Constraints.isConstrained(target);
    };
  }

  private void member(SourceFile file, MemberShape member) {
    String path = Names.quote(Names.path(member.getMemberName()));
    String value = "it." + Names.component(member.getMemberName());
    Shape target = shapes.target(member);
    if (member.isRequired()) {
      file.line("    to.required(at, %s, %s, Echo.%s);", path, value, echo(target));
    }
    if (!isChecked(member)) {
      return;
    }
    switch (target) {
      case StructureShape structure -> {
        file.line("    if (%s != null) {", value);
        file.line(
            "      %s.check(%s, at.member(%s, Echo.%s), to);",
            JavaTypes.named(structure), value, path, echo(structure));
        file.line("    }");
      }
      case ListShape list -> list(file, list, path, value);
      case MapShape map -> map(file, map, path, value);
      default -> {
        // users.md §2: an absent or empty password is for the pool to judge
        boolean mayBeEmpty =
            target.getId().getName().equals("PasswordType") && !member.isRequired();
        file.line(
            "    to.value(at, %s, %s, %s);",
            path, mayBeEmpty ? "Checks.orAbsent(" + value + ")" : value, rule(target));
      }
    }
  }

  private void list(SourceFile file, ListShape list, String path, String value) {
    Shape element = shapes.target(list.getMember());
    if (!(element instanceof StructureShape structure)) {
      refuseNested(list, element);
      file.line("    to.list(at, %s, %s, %s, %s);", path, value, rule(list), ruleOrAny(element));
      return;
    }
    String check = isNeeded(structure) ? JavaTypes.named(structure) + "::check" : "Checks::nothing";
    file.line(
        "    to.structures(at, %s, %s, %s, Echo.%s, %s);",
        path, value, rule(list), echo(structure), check);
  }

  private void map(SourceFile file, MapShape map, String path, String value) {
    Shape key = shapes.target(map.getKey());
    Shape element = shapes.target(map.getValue());
    if (!(element instanceof StructureShape structure)) {
      refuseNested(map, element);
      file.line(
          "    to.map(at, %s, %s, %s, %s, %s);",
          path, value, rule(map), ruleOrAny(key), ruleOrAny(element));
      return;
    }
    String check = isNeeded(structure) ? JavaTypes.named(structure) + "::check" : "Checks::nothing";
    file.line(
        "    to.structuresByKey(at, %s, %s, %s, %s, Echo.%s, %s);",
        path, value, rule(map), ruleOrAny(key), echo(structure), check);
  }

  private static void refuseNested(Shape outer, Shape element) {
    if (element.isListShape() || element.isMapShape()) {
      throw new IllegalStateException(
          outer.getId() + " holds lists or maps: no check is written for that");
    }
  }

  private String rule(Shape shape) {
    return RulesWriter.isRule(shape)
        ? rules
            + "."
            + RulesWriter.constant(shape)
            + (Constraints.isPatternLeftToTheOperation(shape) ? "_LENGTH" : "")
        : "dev.gatehouse.model.SizeRule." + echo(shape);
  }

  private String ruleOrAny(Shape shape) {
    return RulesWriter.isRule(shape)
        ? rules + "." + RulesWriter.constant(shape)
        : "dev.gatehouse.model.Rule." + echo(shape);
  }

  private String echo(Shape shape) {
    return shapes.isSensitive(shape) ? "HIDDEN" : "SHOWN";
  }
}
