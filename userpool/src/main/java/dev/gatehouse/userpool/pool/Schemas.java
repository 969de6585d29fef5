package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.AttributeDataType;
import dev.gatehouse.model.cognitoidp.NumberAttributeConstraintsType;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.StringAttributeConstraintsType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Between the API's schema entries and {@link SchemaAttribute}: the 20 standard attributes, and the
 * rules for custom ones.
 */
public final class Schemas {
  private static final int MOST_CUSTOM = 50;
  private static final BigDecimal LONGEST = BigDecimal.valueOf(SchemaAttribute.LONGEST);

  private static final List<SchemaAttributeType> STANDARD = standard();

  private Schemas() {}

  /**
   * The schema of a new pool: the standard attributes, with what {@code given} changes in them,
   * then the custom ones.
   */
  public static List<SchemaAttributeType> ofNewPool(@Nullable List<SchemaAttributeType> given) {
    Map<String, SchemaAttributeType> result = new LinkedHashMap<>();
    STANDARD.forEach(attribute -> result.put(attribute.name(), attribute));
    List<SchemaAttributeType> custom = new ArrayList<>();
    for (SchemaAttributeType entry : given == null ? List.<SchemaAttributeType>of() : given) {
      String name = entry.name() == null ? "" : entry.name();
      SchemaAttributeType standard = result.get(name);
      if (standard == null) {
        custom.add(entry);
      } else {
        result.put(name, changedStandard(standard, entry));
      }
    }
    return withCustom(List.copyOf(result.values()), custom);
  }

  /** The schema with custom attributes added (AddCustomAttributes). */
  public static List<SchemaAttributeType> withCustom(
      List<SchemaAttributeType> before, List<SchemaAttributeType> added) {
    List<SchemaAttributeType> result = new ArrayList<>(before);
    Set<String> names = new HashSet<>();
    before.forEach(attribute -> names.add(attribute.name()));
    for (SchemaAttributeType entry : added) {
      SchemaAttributeType attribute = custom(entry);
      String name = Objects.requireNonNull(attribute.name());
      if (!names.add(name)) {
        int colon = name.lastIndexOf(':') + 1;
        throw Why.ATTRIBUTE_EXISTS.refusal(name.substring(colon), name.substring(0, colon));
      }
      result.add(attribute);
    }
    long custom = result.stream().filter(a -> String.valueOf(a.name()).contains(":")).count();
    if (custom > MOST_CUSTOM) {
      throw Why.INVALID_SETTING.refusal(
          "The number of custom attributes exceeds the limit of " + MOST_CUSTOM + ".");
    }
    return List.copyOf(result);
  }

  private static SchemaAttributeType changedStandard(
      SchemaAttributeType standard, SchemaAttributeType entry) {
    if (Boolean.TRUE.equals(entry.developerOnlyAttribute())
        || (entry.attributeDataType() != null
            && !entry.attributeDataType().equals(standard.attributeDataType()))) {
      throw Why.STANDARD_ATTRIBUTE_CHANGED.refusal(String.valueOf(standard.name()));
    }
    SchemaAttributeType.Builder result = standard.toBuilder();
    if (entry.mutable() != null) {
      result.mutable(entry.mutable());
    }
    if (entry.required() != null) {
      result.required(entry.required());
    }
    // a String entry's constraints are kept only if its type was given (userpool.md §3.1)
    if (entry.attributeDataType() != null && entry.stringAttributeConstraints() != null) {
      result.stringAttributeConstraints(
          checked(String.valueOf(standard.name()), entry.stringAttributeConstraints()));
    }
    if (entry.numberAttributeConstraints() != null) {
      result.numberAttributeConstraints(
          checked(String.valueOf(standard.name()), entry.numberAttributeConstraints()));
    }
    return result.build();
  }

  private static SchemaAttributeType custom(SchemaAttributeType entry) {
    String name = entry.name();
    if (name == null) {
      throw Why.INVALID_SETTING.refusal("Name is required for a schema attribute.");
    }
    if (Boolean.TRUE.equals(entry.required())) {
      throw Why.CUSTOM_ATTRIBUTE_REQUIRED.refusal();
    }
    AttributeDataType type = entry.attributeDataType();
    if (type == null) {
      throw Why.INVALID_SETTING.refusal(
          "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.");
    }
    boolean developerOnly = Boolean.TRUE.equals(entry.developerOnlyAttribute());
    SchemaAttributeType.Builder result =
        SchemaAttributeType.builder()
            .name((developerOnly ? "dev:custom:" : "custom:") + name)
            .attributeDataType(type)
            .developerOnlyAttribute(developerOnly)
            .mutable(entry.mutable() == null || entry.mutable())
            .required(false);
    if (type.equals(AttributeDataType.STRING)) {
      StringAttributeConstraintsType constraints = entry.stringAttributeConstraints();
      result.stringAttributeConstraints(
          constraints == null
              ? StringAttributeConstraintsType.builder().build()
              : checked(name, constraints));
    } else if (type.equals(AttributeDataType.NUMBER)) {
      NumberAttributeConstraintsType constraints = entry.numberAttributeConstraints();
      result.numberAttributeConstraints(
          constraints == null
              ? NumberAttributeConstraintsType.builder().build()
              : checked(name, constraints));
    }
    return result.build();
  }

  private static StringAttributeConstraintsType checked(
      String name, StringAttributeConstraintsType constraints) {
    BigDecimal least = number(name, "String", constraints.minLength());
    BigDecimal most = number(name, "String", constraints.maxLength());
    if ((least != null && least.compareTo(LONGEST) > 0)
        || (most != null && most.compareTo(LONGEST) > 0)) {
      throw Why.ATTRIBUTE_CONSTRAINTS.refusal(
          "user." + name + ": String attributes cannot have a length of more than 2048");
    }
    if (least != null && most != null && most.compareTo(least) < 0) {
      throw Why.ATTRIBUTE_CONSTRAINTS.refusal(
          "user." + name + ": Max length cannot be less than min length.");
    }
    return constraints;
  }

  private static NumberAttributeConstraintsType checked(
      String name, NumberAttributeConstraintsType constraints) {
    BigDecimal least = number(name, "Number", constraints.minValue());
    BigDecimal most = number(name, "Number", constraints.maxValue());
    if (least != null && most != null && most.compareTo(least) < 0) {
      throw Why.ATTRIBUTE_CONSTRAINTS.refusal(
          "user." + name + ": Max value cannot be less than min value.");
    }
    return constraints;
  }

  private static @Nullable BigDecimal number(String name, String kind, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      if (text.length() > 40) {
        throw new NumberFormatException("too long");
      }
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      throw Why.ATTRIBUTE_CONSTRAINTS.refusal(
          "Invalid " + kind + "AttributeConstraints for schema attribute " + name);
    }
  }

  /** Reads a stored schema entry. */
  static SchemaAttribute read(SchemaAttributeType entry) {
    String name = String.valueOf(entry.name());
    StringAttributeConstraintsType text = entry.stringAttributeConstraints();
    NumberAttributeConstraintsType number = entry.numberAttributeConstraints();
    return new SchemaAttribute(
        name,
        type(entry.attributeDataType()),
        Boolean.TRUE.equals(entry.mutable()),
        Boolean.TRUE.equals(entry.required()),
        Boolean.TRUE.equals(entry.developerOnlyAttribute()),
        text != null
            ? number(name, "String", text.minLength())
            : number != null ? number(name, "Number", number.minValue()) : null,
        text != null
            ? number(name, "String", text.maxLength())
            : number != null ? number(name, "Number", number.maxValue()) : null);
  }

  private static SchemaAttribute.Type type(@Nullable AttributeDataType type) {
    if (AttributeDataType.NUMBER.equals(type)) {
      return SchemaAttribute.Type.NUMBER;
    }
    if (AttributeDataType.BOOLEAN.equals(type)) {
      return SchemaAttribute.Type.BOOLEAN;
    }
    return type != null && type.value().equals("DateTime")
        ? SchemaAttribute.Type.DATE_TIME
        : SchemaAttribute.Type.STRING;
  }

  /** The 20 standard attributes in the order of userpool.md §3.1. */
  private static List<SchemaAttributeType> standard() {
    List<SchemaAttributeType> result = new ArrayList<>();
    result.add(text("sub", "1", "2048").mutable(false).required(true).build());
    for (String name :
        List.of(
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email")) {
      result.add(text(name, "0", "2048").build());
    }
    result.add(plain("email_verified", AttributeDataType.BOOLEAN).build());
    result.add(text("gender", "0", "2048").build());
    result.add(text("birthdate", "10", "10").build());
    for (String name : List.of("zoneinfo", "locale", "phone_number")) {
      result.add(text(name, "0", "2048").build());
    }
    result.add(plain("phone_number_verified", AttributeDataType.BOOLEAN).build());
    result.add(text("address", "0", "2048").build());
    result.add(
        plain("updated_at", AttributeDataType.NUMBER)
            .numberAttributeConstraints(
                NumberAttributeConstraintsType.builder().minValue("0").build())
            .build());
    return List.copyOf(result);
  }

  private static SchemaAttributeType.Builder text(String name, String least, String most) {
    return plain(name, AttributeDataType.STRING)
        .stringAttributeConstraints(
            StringAttributeConstraintsType.builder().minLength(least).maxLength(most).build());
  }

  private static SchemaAttributeType.Builder plain(String name, AttributeDataType type) {
    return SchemaAttributeType.builder()
        .name(name)
        .attributeDataType(type)
        .developerOnlyAttribute(false)
        .mutable(true)
        .required(false);
  }
}
