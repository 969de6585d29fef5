package dev.gatehouse.model;

import java.util.List;
import java.util.Set;

/** The values of an enum. */
public record EnumRule(Set<String> values, String phrase, Echo echo) implements Rule<ApiEnum> {
  public static EnumRule of(List<String> values, Echo echo) {
    return new EnumRule(
        Set.copyOf(values),
        "Member must satisfy enum value set: [" + String.join(", ", values) + "]",
        echo);
  }

  @Override
  public List<String> broken(ApiEnum value) {
    return values.contains(value.value()) ? List.of() : List.of(phrase);
  }

  @Override
  public List<String> all() {
    return List.of(phrase);
  }
}
