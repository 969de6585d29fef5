package dev.gatehouse.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.neighbor.Walker;
import software.amazon.smithy.model.shapes.EnumShape;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.shapes.ToShapeId;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.HttpErrorTrait;

/** All sources of one service: records, enums, the operation table and the error table. */
final class ServiceSources {
  private static final ShapeId CALLER = ShapeId.from("gatehouse.api#caller");

  private final Model model;
  private final ServiceShape service;
  private final String packageName;
  private final JavaTypes types;

  ServiceSources(Model model, String packageName) {
    this.model = model;
    this.service =
        model.getServiceShapes().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no service in the model"));
    this.packageName = packageName;
    this.types = new JavaTypes(model, packageName);
  }

  /** Java sources by file name. */
  Map<String, String> sources() {
    Map<String, String> result = new TreeMap<>();
    Set<Shape> shapes = new TreeSet<>(new Walker(model).walkShapes(service));
    Set<ShapeId> inputs = inputs();
    for (Shape shape : shapes) {
      if (shape instanceof EnumShape enumeration) {
        result.put(
            JavaTypes.name(shape) + ".java", new EnumSource(packageName, enumeration).text());
      } else if (shape instanceof StructureShape structure && !shape.hasTrait(ErrorTrait.class)) {
        result.put(
            JavaTypes.name(shape) + ".java",
            new RecordSource(model, types, structure, inputs.contains(shape.getId())).text());
      }
    }
    result.put("package-info.java", packageInfo());
    result.put(simpleName() + "Operations.java", operations());
    result.put(simpleName() + "Errors.java", errors(shapes));
    return result;
  }

  void writeTo(Path output) throws IOException {
    Path folder = output.resolve(packageName.replace('.', '/'));
    if (Files.isDirectory(folder)) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, String> source : sources().entrySet()) {
      Files.writeString(folder.resolve(source.getKey()), source.getValue());
    }
  }

  private Set<ShapeId> inputs() {
    Set<ShapeId> result = new TreeSet<>();
    for (OperationShape operation : TopDownIndex.of(model).getContainedOperations(service)) {
      operation.getInput().ifPresent(result::add);
    }
    return result;
  }

  /** {@code dev.gatehouse.model.cognitoidp → CognitoIdp}. */
  private String simpleName() {
    String last = packageName.substring(packageName.lastIndexOf('.') + 1);
    return switch (last) {
      case "cognitoidp" -> "CognitoIdp";
      case "cognitoidentity" -> "CognitoIdentity";
      default -> last.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + last.substring(1);
    };
  }

  private String packageInfo() {
    return "/** Generated from the Smithy file of "
        + service.getId()
        + ". */\n@org.jspecify.annotations.NullMarked\npackage "
        + packageName
        + ";\n";
  }

  private String operations() {
    StringBuilder text = new StringBuilder();
    List<String> constants = new ArrayList<>();
    for (OperationShape operation :
        new TreeSet<>(TopDownIndex.of(model).getContainedOperations(service))) {
      String name = operation.getId().getName();
      String constant = Names.constant(name);
      constants.add(constant);
      String input = operation.getInput().map(ServiceSources::className).orElse("Unit");
      boolean empty =
          operation.getOutput().isEmpty()
              || operation.getOutputShape().equals(ShapeId.from("smithy.api#Unit"));
      String output =
          empty ? "dev.gatehouse.model.NoOutput" : className(operation.getOutputShape());
      if (operation.getInputShape().equals(ShapeId.from("smithy.api#Unit"))) {
        input = "dev.gatehouse.model.NoInput";
      }
      Set<String> errors = new TreeSet<>();
      operation.getErrors(service).forEach(error -> errors.add(error.getName()));
      text.append(
          "  public static final OperationModel<%s, %s> %s =\n".formatted(input, output, constant));
      text.append(
          "      new OperationModel<>(%s, %s, CallerKind.%s, %s.class, %s.class, %s, %s);\n"
              .formatted(
                  Names.literal(service.getId().getName()),
                  Names.literal(name),
                  caller(operation),
                  input,
                  output,
                  "Set.of(" + String.join(", ", errors.stream().map(Names::literal).toList()) + ")",
                  input.contains("NoInput") ? "(value, path, checks) -> {}" : input + "::check"));
    }
    return """
    package %s;

    import dev.gatehouse.model.CallerKind;
    import dev.gatehouse.model.OperationModel;
    import java.util.List;
    import java.util.Set;

    /** The service's operations by name. */
    public final class %sOperations {
    %s
      private static final List<OperationModel<?, ?>> ALL =
          List.of(%s);

      private %sOperations() {}

      public static List<OperationModel<?, ?>> all() {
        return ALL;
      }
    }
    """
        .formatted(packageName, simpleName(), text, String.join(", ", constants), simpleName());
  }

  private static String className(ToShapeId shape) {
    return shape.toShapeId().getName().substring(0, 1).toUpperCase(java.util.Locale.ROOT)
        + shape.toShapeId().getName().substring(1);
  }

  private static String caller(OperationShape operation) {
    return operation
        .findTrait(CALLER)
        .map(trait -> Names.constant(trait.toNode().expectStringNode().getValue()))
        .orElse("IAM");
  }

  private String errors(Set<Shape> shapes) {
    StringBuilder entries = new StringBuilder();
    for (Shape shape : shapes) {
      shape
          .getTrait(ErrorTrait.class)
          .ifPresent(error -> {
            int status =
                shape
                    .getTrait(HttpErrorTrait.class)
                    .map(HttpErrorTrait::getCode)
                    .orElse(error.getDefaultHttpStatusCode());
            entries.append(
                "          Map.entry(%s, %d),\n"
                    .formatted(Names.literal(shape.getId().getName()), status));
          });
    }
    entries.setLength(entries.length() - 2);
    return """
    package %s;

    import java.util.Map;

    /** HTTP status of each of the service's errors. */
    public final class %sErrors {
      private static final Map<String, Integer> STATUS =
          Map.ofEntries(
    %s);

      private %sErrors() {}

      /** 400 for a type that the service does not model. */
      public static int status(String type) {
        return STATUS.getOrDefault(type, 400);
      }
    }
    """
        .formatted(packageName, simpleName(), entries, simpleName());
  }
}
