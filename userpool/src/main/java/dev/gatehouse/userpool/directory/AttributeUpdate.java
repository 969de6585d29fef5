package dev.gatehouse.userpool.directory;

import dev.gatehouse.model.cognitoidp.UserAttributeUpdateSettingsType;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a change of attributes does (users.md §6): values in force at once, and addresses that get a
 * code, which under AttributesRequireVerificationBeforeUpdate come into force only with it.
 *
 * @param after the user with the values in force at once
 * @param toVerify addresses to send a code to
 */
public record AttributeUpdate(User after, List<Address> toVerify) {
  /**
   * Works the change out.
   *
   * @param change by name; an empty value deletes
   * @throws dev.gatehouse.kernel.Refusal SCHEMA, ATTRIBUTE_IMMUTABLE, EMAIL_FORMAT, PHONE_FORMAT
   */
  public static AttributeUpdate of(
      Pool pool, User before, Map<String, String> change, Instant now) {
    Map<String, String> full = AttributeRules.changed(pool, before.attributes(), change);
    refuseWithoutFactor(pool, before, full);
    Map<String, String> atOnce = new LinkedHashMap<>(full);
    List<Address> toVerify = new ArrayList<>();
    for (String attribute : Schema.ADDRESSES) {
      String value = full.get(attribute);
      boolean changed =
          change.containsKey(attribute) && !Objects.equals(value, before.attribute(attribute));
      boolean vouchedFor = "true".equalsIgnoreCase(change.get(attribute + "_verified"));
      if (value == null || !changed || vouchedFor) {
        continue;
      }
      boolean waits = verifiedFirst(pool).contains(attribute);
      if (waits) {
        restore(atOnce, before, attribute);
        restore(atOnce, before, attribute + "_verified");
      }
      if (waits || pool.autoVerifiedAttributes().contains(attribute)) {
        toVerify.add(new Address(attribute, value));
      }
    }
    return new AttributeUpdate(before.withAttributes(atOnce, now), toVerify);
  }

  /**
   * Takes attributes away.
   *
   * @throws dev.gatehouse.kernel.Refusal ATTRIBUTE_UNKNOWN, ATTRIBUTE_REQUIRED, ATTRIBUTE_IMMUTABLE
   */
  public static AttributeUpdate without(Pool pool, User before, List<String> names, Instant now) {
    Map<String, String> left = AttributeRules.without(pool, before.attributes(), names);
    refuseWithoutFactor(pool, before, left);
    return new AttributeUpdate(before.withAttributes(left, now), List.of());
  }

  /** Where MFA is required the address of a user's second factor stays (users.md §6). */
  private static void refuseWithoutFactor(Pool pool, User before, Map<String, String> after) {
    if (!pool.mfa().required()) {
      return;
    }
    for (String attribute : Schema.ADDRESSES) {
      if (before.mfa().uses(attribute) && !after.containsKey(attribute)) {
        throw Why.MFA_ADDRESS_NEEDED.refusal(attribute);
      }
    }
  }

  private static void restore(Map<String, String> attributes, User before, String name) {
    Optional.ofNullable(before.attribute(name))
        .ifPresentOrElse(value -> attributes.put(name, value), () -> attributes.remove(name));
  }

  private static Set<String> verifiedFirst(Pool pool) {
    UserAttributeUpdateSettingsType settings = pool.settings().userAttributeUpdateSettings();
    return settings == null || settings.attributesRequireVerificationBeforeUpdate() == null
        ? Set.of()
        : settings.attributesRequireVerificationBeforeUpdate().stream()
            .map(attribute -> attribute.value())
            .collect(Collectors.toSet());
  }

  /**
   * The user once the code that went to {@code address} was given: the value is in force and
   * verified.
   */
  public static User verified(User user, Address address, Instant now) {
    Map<String, String> attributes = new LinkedHashMap<>(user.attributes());
    attributes.put(address.attribute(), address.value());
    attributes.put(address.attribute() + "_verified", "true");
    return user.withAttributes(attributes, now);
  }

  /** The former owner of an alias that somebody else has verified. */
  public static User unverified(User user, String attribute, Instant now) {
    Map<String, String> attributes = new LinkedHashMap<>(user.attributes());
    attributes.put(attribute + "_verified", "false");
    return user.withAttributes(attributes, now);
  }
}
