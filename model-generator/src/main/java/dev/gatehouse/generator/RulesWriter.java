package dev.gatehouse.generator;

import java.util.Comparator;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import software.amazon.smithy.model.shapes.EnumShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeType;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.LengthTrait;

/** Writes the class that holds one rule for each constrained shape. */
final class RulesWriter {
  private final ServiceShapes shapes;
  private final PatternTable patterns;
  private final String packageName;
  private final String type;

  RulesWriter(ServiceShapes shapes, PatternTable patterns, String packageName, String type) {
    this.shapes = shapes;
    this.patterns = patterns;
    this.packageName = packageName;
    this.type = type;
  }

  static String constant(Shape shape) {
    return Names.constant(shape.getId().getName());
  }

  static boolean isRule(Shape shape) {
    return Constraints.isConstrained(shape) || Constraints.pattern(shape).isPresent();
  }

  SourceFile write() {
    SourceFile file = new SourceFile(packageName, type);
    file.line("/** The constraints of the model's shapes, by shape. */");
    file.line("public final class %s {", type);
    for (Shape shape : constrained()) {
      file.line("  public static final " + rule(shape));
      if (Constraints.isPatternLeftToTheOperation(shape)) {
        file.line(
            "\n  /** What the validator applies: the pattern is for the operation to apply. */");
        file.line("  static final TextRule %1$s_LENGTH = %1$s.lengthOnly();\n", constant(shape));
      }
    }
    file.line("\n  private %s() {}\n}", type);
    file.imports("dev.gatehouse.model.Echo");
    for (String name :
        Set.of("TextRule", "NumberRule", "SizeRule", "EnumRule", "TextPattern", "ByHand")) {
      if (file.mentions(name)) {
        file.imports("dev.gatehouse.model." + name);
      }
    }
    if (file.mentions("EnumRule")) {
      file.imports("java.util.List");
    }
    return file;
  }

  private Set<Shape> constrained() {
    Set<Shape> found = new TreeSet<>(Comparator.comparing(Shape::getId));
    for (StructureShape structure : shapes.structures()) {
      for (MemberShape member : structure.members()) {
        add(shapes.target(member), found);
      }
    }
    return found;
  }

  private void add(Shape shape, Set<Shape> found) {
    if (isRule(shape)) {
      found.add(shape);
    }
    if (shape.isListShape() || shape.isMapShape()) {
      for (MemberShape member : shape.members()) {
        add(shapes.target(member), found);
      }
    }
  }

  private String rule(Shape shape) {
    String name = constant(shape);
    String echo = "Echo." + (shapes.isSensitive(shape) ? "HIDDEN" : "SHOWN");
    if (shape instanceof EnumShape listed) {
      StringJoiner values = new StringJoiner(", ");
      listed.getEnumValues().values().forEach(value -> values.add(Names.quote(value)));
      return "EnumRule %s = EnumRule.of(List.of(%s), %s);".formatted(name, values, echo);
    }
    if (Constraints.range(shape).isPresent()) {
      return "NumberRule %s = new NumberRule(%s, %s, %s);"
          .formatted(name, Constraints.lowest(shape), Constraints.highest(shape), echo);
    }
    String min =
        Constraints.length(shape).flatMap(LengthTrait::getMin).map(Object::toString).orElse("0");
    String max =
        Constraints.length(shape)
            .flatMap(LengthTrait::getMax)
            .map(Object::toString)
            .orElse("Integer.MAX_VALUE");
    if (shape.getType() != ShapeType.STRING) {
      return "SizeRule %s = new SizeRule(%s, %s, %s);".formatted(name, min, max, echo);
    }
    return "TextRule %s = new TextRule(%s, %s, %s, %s);"
        .formatted(name, min, max, pattern(shape), echo);
  }

  private String pattern(Shape shape) {
    return Constraints.pattern(shape)
        .map(pattern ->
            patterns
                .byHand(pattern)
                .map(matcher -> "TextPattern.byHand(ByHand." + matcher)
                .orElse("TextPattern.regex(" + Names.quote(pattern)))
        .map(start -> start + ", " + Names.quote(Constraints.publishedPattern(shape)) + ")")
        .orElse("TextPattern.ANY");
  }
}
