package dev.gatehouse.generator;

import java.math.BigDecimal;
import java.util.Optional;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.model.traits.LengthTrait;
import software.amazon.smithy.model.traits.PatternTrait;
import software.amazon.smithy.model.traits.RangeTrait;
import software.amazon.smithy.model.traits.UniqueItemsTrait;

/** The constraint traits of a shape, and where we part from them on purpose. */
final class Constraints {
  /** protocol.md §3.1: what the service says and does, where the model says {@code [\S]+}. */
  private static final String PASSWORD = "^[\\S]+.*[\\S]+$";

  private Constraints() {}

  static Optional<String> pattern(Shape shape) {
    if (shape.getId().getName().equals("PasswordType")) {
      return Optional.of(PASSWORD);
    }
    return shape.getTrait(PatternTrait.class).map(trait -> trait.getPattern().pattern());
  }

  /** The text that messages print. */
  static String publishedPattern(Shape shape) {
    String pattern = pattern(shape).orElseThrow();
    if (shape.getId().getName().equals("PasswordType")) {
      return pattern;
    }
    return ServiceShapes.own(shape, "publishedPattern").orElse(pattern);
  }

  /**
   * The model's pattern for a domain knows no dot, yet custom domains pass through the same member:
   * the operation, which sees CustomDomainConfig, applies it to prefix domains (protocol.md §8).
   */
  static boolean isPatternLeftToTheOperation(Shape shape) {
    return shape.getId().getName().equals("DomainType");
  }

  static Optional<LengthTrait> length(Shape shape) {
    return shape.getTrait(LengthTrait.class);
  }

  static Optional<RangeTrait> range(Shape shape) {
    return shape.getTrait(RangeTrait.class);
  }

  static String lowest(Shape shape) {
    return range(shape)
        .flatMap(RangeTrait::getMin)
        .map(Constraints::number)
        .orElse("Long.MIN_VALUE");
  }

  static String highest(Shape shape) {
    return range(shape)
        .flatMap(RangeTrait::getMax)
        .map(Constraints::number)
        .orElse("Long.MAX_VALUE");
  }

  private static String number(BigDecimal value) {
    return value.longValueExact() + "L";
  }

  /** Fails on traits that no model of today has, so that a refresh cannot bring them unseen. */
  static void refuseUnknown(Shape shape) {
    if (shape.hasTrait(UniqueItemsTrait.class)) {
      throw new IllegalStateException(
          shape.getId() + " has uniqueItems: no check is written for it");
    }
  }

  static boolean isConstrained(Shape shape) {
    refuseUnknown(shape);
    return shape.isEnumShape()
        || length(shape).isPresent()
        || range(shape).isPresent()
        || (pattern(shape).isPresent() && !isPatternLeftToTheOperation(shape));
  }
}
