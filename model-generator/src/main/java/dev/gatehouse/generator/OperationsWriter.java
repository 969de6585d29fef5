package dev.gatehouse.generator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import software.amazon.smithy.aws.traits.ServiceTrait;
import software.amazon.smithy.aws.traits.auth.SigV4Trait;
import software.amazon.smithy.aws.traits.protocols.AwsQueryErrorTrait;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.HttpErrorTrait;
import software.amazon.smithy.model.traits.XmlNamespaceTrait;

/** Writes the table of operations and the table of errors of a service. */
final class OperationsWriter {
  private final ServiceShapes shapes;
  private final ChecksWriter checks;
  private final String packageName;
  private final String prefix;

  OperationsWriter(ServiceShapes shapes, ChecksWriter checks, String packageName, String prefix) {
    this.shapes = shapes;
    this.checks = checks;
    this.packageName = packageName;
    this.prefix = prefix;
  }

  SourceFile operations() {
    SourceFile file = new SourceFile(packageName, prefix + "Operations");
    file.imports(
        "dev.gatehouse.model.CallerKind",
        "dev.gatehouse.model.OperationModel",
        "dev.gatehouse.model.ServiceModel",
        "dev.gatehouse.model.Validator",
        "java.util.List",
        "java.util.Set");
    file.line("/** Every operation of the service, in alphabetical order. */");
    file.line("public final class %sOperations {", prefix);
    file.line("  public static final ServiceModel SERVICE =\n      %s;\n", service());
    StringJoiner all = new StringJoiner(",\n      ", "List.of(\n      ", ")");
    for (OperationShape operation : shapes.operations()) {
      all.add(Names.constant(operation.getId().getName()));
      operation(file, operation);
    }
    file.line("  private static final List<OperationModel<?, ?>> ALL = %s;\n", all);
    file.line("  private %sOperations() {}\n", prefix);
    file.line("  public static List<OperationModel<?, ?>> all() {\n    return ALL;\n  }\n}");
    for (String name : List.of("NoAnswer", "NoInput")) {
      if (file.mentions(name)) {
        file.imports("dev.gatehouse.model." + name);
      }
    }
    return file;
  }

  private String service() {
    ServiceShape service = shapes.service();
    String signingName = service.expectTrait(SigV4Trait.class).getName();
    String protocol =
        service.getAllTraits().keySet().stream()
            .filter(id -> id.getNamespace().equals("aws.protocols"))
            .map(ShapeId::getName)
            .findFirst()
            .orElseThrow();
    String namespace =
        service.getTrait(XmlNamespaceTrait.class).map(XmlNamespaceTrait::getUri).orElse("");
    return "new ServiceModel(%s, %s, %s, %s, %s, %s)"
        .formatted(
            Names.quote(service.getId().getName()),
            Names.quote(service.expectTrait(ServiceTrait.class).getSdkId()),
            Names.quote(signingName),
            Names.quote(protocol),
            Names.quote(service.getVersion()),
            Names.quote(namespace));
  }

  private void operation(SourceFile file, OperationShape operation) {
    Optional<StructureShape> input = operation.getInput().flatMap(shapes::structure);
    Optional<StructureShape> output = operation.getOutput().flatMap(shapes::structure);
    String in = input.map(JavaTypes::named).orElse("NoInput");
    String out = output.map(JavaTypes::named).orElse("NoAnswer");
    String caller =
        Names.constant(
            ServiceShapes.own(operation, "caller")
                .orElseThrow(() -> new IllegalStateException(operation.getId() + ": no caller")));
    StringJoiner errors = new StringJoiner(", ", "Set.of(", ")");
    operation.getErrors(shapes.service()).stream()
        .sorted()
        .forEach(id -> errors.add(Names.quote(id.getName())));
    String validator =
        input
            .filter(checks::isNeeded)
            .map(i -> "Validator.of(" + in + "::check)")
            .orElse("Validator.nothing()");
    String name = operation.getId().getName();
    file.line("  public static final OperationModel<%s, %s> %s =", in, out, Names.constant(name));
    file.line("      new OperationModel<>(");
    file.line("          SERVICE.signingName(),\n          %s,", Names.quote(name));
    file.line(
        "          CallerKind.%s,\n          %s.class,\n          %s.class,", caller, in, out);
    file.line(
        "          %s,\n          %s,\n          %s);\n", output.isEmpty(), errors, validator);
  }

  SourceFile errors() {
    SourceFile file = new SourceFile(packageName, prefix + "Errors");
    file.imports("dev.gatehouse.model.ErrorModel", "java.util.Map");
    file.line("/** Every error that an operation of the service declares. */");
    file.line("public final class %sErrors {", prefix);
    StringJoiner entries = new StringJoiner(",\n      ", "Map.ofEntries(\n      ", ")");
    List<StructureShape> sorted =
        shapes.errors().stream()
            .sorted(Comparator.comparing(error -> error.getId().getName()))
            .toList();
    for (StructureShape error : sorted) {
      String type = error.getId().getName();
      String constant = Names.constant(type);
      file.line("  public static final String %s = %s;", constant, Names.quote(type));
      Optional<AwsQueryErrorTrait> query = error.getTrait(AwsQueryErrorTrait.class);
      entries.add(
          String.format(
              Locale.ROOT,
              "Map.entry(%s, new ErrorModel(%s, %s, %d))",
              constant,
              constant,
              query.map(trait -> Names.quote(trait.getCode())).orElse(constant),
              query
                  .map(AwsQueryErrorTrait::getHttpResponseCode)
                  .orElseGet(() -> error.expectTrait(HttpErrorTrait.class).getCode())));
    }
    file.line("\n  private static final Map<String, ErrorModel> ALL = %s;\n", entries);
    file.line("  private %sErrors() {}\n", prefix);
    file.line("  /** By type. */");
    file.line("  public static Map<String, ErrorModel> all() {\n    return ALL;\n  }\n}");
    return file;
  }
}
