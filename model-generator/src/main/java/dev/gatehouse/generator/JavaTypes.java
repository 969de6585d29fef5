package dev.gatehouse.generator;

import java.util.Set;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.Shape;

/** Java types of shapes. */
final class JavaTypes {
  /** Simple names that generated files import or use: a shape must not take one. */
  private static final Set<String> TAKEN =
      Set.of(
          "String",
          "Integer",
          "Long",
          "Boolean",
          "Double",
          "Float",
          "Object",
          "Override",
          "List",
          "Map",
          "Set",
          "Optional",
          "Instant",
          "JsonNode",
          "Blob",
          "Frozen",
          "Echo",
          "Checks",
          "At",
          "ApiEnum",
          "Builder",
          "Known",
          "Nullable",
          "JsonProperty",
          "JsonCreator",
          "JsonValue",
          "Validator",
          "OperationModel",
          "CallerKind",
          "ServiceModel",
          "ErrorModel",
          "NoAnswer",
          "NoInput",
          "TextRule",
          "NumberRule",
          "SizeRule",
          "EnumRule",
          "TextPattern",
          "ByHand",
          "Rule");

  private final ServiceShapes shapes;

  JavaTypes(ServiceShapes shapes) {
    this.shapes = shapes;
  }

  String of(MemberShape member) {
    return of(shapes.target(member));
  }

  String of(Shape shape) {
    return switch (shape) {
      case ListShape list -> "List<" + of(list.getMember()) + ">";
      case MapShape map -> "Map<" + of(map.getKey()) + ", " + of(map.getValue()) + ">";
      default -> scalar(shape);
    };
  }

  private String scalar(Shape shape) {
    return switch (shape.getType()) {
      case STRUCTURE, ENUM -> named(shape);
      case STRING -> "String";
      case INTEGER -> "Integer";
      case LONG -> "Long";
      case BOOLEAN -> "Boolean";
      case DOUBLE -> "Double";
      case FLOAT -> "Float";
      case TIMESTAMP -> "Instant";
      case BLOB -> "Blob";
      case DOCUMENT -> "JsonNode";
      default ->
          throw new IllegalStateException(shape.getId() + ": no Java type for " + shape.getType());
    };
  }

  static String named(Shape shape) {
    String name = Names.type(shape.getId().getName());
    if (TAKEN.contains(name)) {
      throw new IllegalStateException(shape.getId() + " would hide the Java type " + name);
    }
    return name;
  }
}
