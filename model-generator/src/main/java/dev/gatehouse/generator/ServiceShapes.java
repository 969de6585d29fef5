package dev.gatehouse.generator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.knowledge.TopDownIndex;
import software.amazon.smithy.model.node.Node;
import software.amazon.smithy.model.shapes.EnumShape;
import software.amazon.smithy.model.shapes.ListShape;
import software.amazon.smithy.model.shapes.MapShape;
import software.amazon.smithy.model.shapes.MemberShape;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.ServiceShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.shapes.ShapeId;
import software.amazon.smithy.model.shapes.StructureShape;
import software.amazon.smithy.model.traits.ErrorTrait;
import software.amazon.smithy.model.traits.SensitiveTrait;
import software.amazon.smithy.model.traits.UnitTypeTrait;

/** One service of a Smithy file, with its shapes in a fixed order. */
final class ServiceShapes {
  /**
   * Not marked sensitive in the published model, yet secrets: kept out of {@code toString}, so that
   * no log line shows a code, a session token, a device's verifier or a provider's client secret.
   * Validation messages show them as AWS does; they go to the sender of the value only.
   */
  private static final Set<String> SECRET_BESIDES =
      Set.of(
          "ConfirmationCodeType",
          "ChallengeParametersType",
          "ProviderDetailsType",
          "DeviceSecretVerifierConfigType",
          "tokenType");

  private final Model model;
  private final ServiceShape service;
  private final List<OperationShape> operations;
  private final Set<StructureShape> structures = new TreeSet<>(Comparator.comparing(Shape::getId));
  private final Set<EnumShape> enums = new TreeSet<>(Comparator.comparing(Shape::getId));
  private final Set<StructureShape> errors = new TreeSet<>(Comparator.comparing(Shape::getId));
  private final Set<ShapeId> inInputs = new LinkedHashSet<>();

  private ServiceShapes(Model model, ServiceShape service) {
    this.model = model;
    this.service = service;
    this.operations = new ArrayList<>(TopDownIndex.of(model).getContainedOperations(service));
    operations.sort(Comparator.comparing(operation -> operation.getId().getName()));
    for (OperationShape operation : operations) {
      operation.getInput().ifPresent(id -> reach(model.expectShape(id), inInputs));
    }
    Set<ShapeId> inOutputs = new LinkedHashSet<>();
    for (OperationShape operation : operations) {
      operation.getOutput().ifPresent(id -> reach(model.expectShape(id), inOutputs));
      operation
          .getErrors(service)
          .forEach(id -> errors.add(model.expectShape(id, StructureShape.class)));
    }
    for (Set<ShapeId> side : List.of(inInputs, inOutputs)) {
      for (ShapeId id : side) {
        Shape shape = model.expectShape(id);
        shape.asStructureShape().ifPresent(structures::add);
        shape.asEnumShape().ifPresent(enums::add);
      }
    }
  }

  static ServiceShapes load(Path file) {
    ClassLoader loader = ServiceShapes.class.getClassLoader();
    Model model =
        Model.assembler(loader).discoverModels(loader).addImport(file).assemble().unwrap();
    List<ServiceShape> services = new ArrayList<>(model.getServiceShapes());
    if (services.size() != 1) {
      throw new IllegalStateException(file + " holds " + services.size() + " services, not one");
    }
    return new ServiceShapes(model, services.getFirst());
  }

  private void reach(Shape shape, Set<ShapeId> seen) {
    if (shape.hasTrait(UnitTypeTrait.class)
        || shape.hasTrait(ErrorTrait.class)
        || !seen.add(shape.getId())) {
      return;
    }
    if (shape.isEnumShape()) {
      return;
    }
    for (MemberShape member : shape.members()) {
      reach(target(member), seen);
    }
  }

  ServiceShape service() {
    return service;
  }

  List<OperationShape> operations() {
    return operations;
  }

  Set<StructureShape> structures() {
    return structures;
  }

  Set<EnumShape> enums() {
    return enums;
  }

  Set<StructureShape> errors() {
    return errors;
  }

  /** The string shapes with a pattern that belong to this service, used by an operation or not. */
  List<Shape> patterned() {
    String namespace = service.getId().getNamespace();
    return model
        .shapes()
        .filter(shape -> shape.getId().getNamespace().equals(namespace))
        .filter(shape -> Constraints.pattern(shape).isPresent())
        .sorted(Comparator.comparing(Shape::getId))
        .toList();
  }

  Shape target(MemberShape member) {
    return model.expectShape(member.getTarget());
  }

  boolean isInInput(Shape shape) {
    return inInputs.contains(shape.getId());
  }

  Optional<StructureShape> structure(ShapeId id) {
    Shape shape = model.expectShape(id);
    return shape.hasTrait(UnitTypeTrait.class) ? Optional.empty() : shape.asStructureShape();
  }

  /** Sensitive itself, or a list or map with sensitive elements. */
  boolean isSensitive(Shape shape) {
    if (shape.hasTrait(SensitiveTrait.class)) {
      return true;
    }
    return switch (shape) {
      case ListShape list -> isSensitiveLeaf(target(list.getMember()));
      case MapShape map ->
          isSensitiveLeaf(target(map.getKey())) || isSensitiveLeaf(target(map.getValue()));
      default -> false;
    };
  }

  private boolean isSensitiveLeaf(Shape shape) {
    return !shape.isStructureShape() && isSensitive(shape);
  }

  /** Left out of {@code toString}. */
  boolean isHidden(Shape shape) {
    return SECRET_BESIDES.contains(shape.getId().getName()) || isSensitive(shape);
  }

  /** A trait of the files' own namespace with a text value, e.g. {@code caller}. */
  static Optional<String> own(Shape shape, String trait) {
    return shape
        .findTrait(ShapeId.from("gatehouse.api#" + trait))
        .map(found -> found.toNode())
        .flatMap(Node::asStringNode)
        .map(node -> node.getValue());
  }
}
