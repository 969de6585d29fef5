package dev.gatehouse.generator;

import java.util.Locale;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;

/** From Smithy shapes to Java types. */
final class JavaTypes {
  private final Model model;
  private final String packageName;

  JavaTypes(Model model, String packageName) {
    this.model = model;
    this.packageName = packageName;
  }

  String packageName() {
    return packageName;
  }

  static String name(Shape shape) {
    String name = shape.getId().getName();
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  String of(ShapeId id) {
    Shape shape = model.expectShape(id);
    return switch (shape.getType()) {
      case STRUCTURE, ENUM -> name(shape);
      case STRING -> "String";
      case BOOLEAN -> "Boolean";
      case BYTE, SHORT, INTEGER, INT_ENUM -> "Integer";
      case LONG -> "Long";
      case FLOAT, DOUBLE -> "Double";
      case TIMESTAMP -> "Instant";
      case BLOB -> "Blob";
      case DOCUMENT -> "JsonNode";
      case LIST -> "List<" + of(((ListShape) shape).getMember().getTarget()) + ">";
      case MAP -> {
        MapShape map = (MapShape) shape;
        yield "Map<" + of(map.getKey().getTarget()) + ", " + of(map.getValue().getTarget()) + ">";
      }
      default -> throw new IllegalArgumentException("no Java type for " + shape);
    };
  }
}
