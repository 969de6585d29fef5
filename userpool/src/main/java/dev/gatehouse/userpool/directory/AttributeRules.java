package dev.gatehouse.userpool.directory;

import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import dev.gatehouse.userpool.pool.SchemaAttribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What attributes a caller may give a user, and in what form (userpool.md §3, users.md §6). */
public final class AttributeRules {
  private AttributeRules() {}

  /** The list as a map; of a name given twice the last counts, an absent value is an empty one. */
  public static Map<String, String> given(@Nullable List<AttributeType> attributes) {
    Map<String, String> result = new LinkedHashMap<>();
    if (attributes != null) {
      for (AttributeType attribute : attributes) {
        if (attribute.name() == null) {
          throw Why.SCHEMA.refusal("Attribute name is required.");
        }
        result.put(attribute.name(), attribute.value() == null ? "" : attribute.value());
      }
    }
    return result;
  }

  /**
   * What a client may write: listed or everything, never the verified flags.
   *
   * @throws dev.gatehouse.kernel.Refusal ATTRIBUTE_NOT_WRITABLE
   */
  public static void checkWritable(AppClient client, Iterable<String> names) {
    for (String name : names) {
      if (!client.writes(name)) {
        throw Why.ATTRIBUTE_NOT_WRITABLE.refusal();
      }
    }
  }

  /**
   * The attributes of a new user: known to the schema, in form; empty values left out.
   *
   * @throws dev.gatehouse.kernel.Refusal SCHEMA, EMAIL_FORMAT, PHONE_FORMAT
   */
  public static Map<String, String> ofNewUser(Pool pool, Map<String, String> given) {
    Map<String, String> result = new LinkedHashMap<>();
    given.forEach((name, value) -> {
      if (!value.isEmpty()) {
        checkForm(pool, name, value);
        result.put(name, normal(name, value));
      } else {
        known(pool, name);
      }
    });
    return result;
  }

  /**
   * The required attributes are there (users.md §2).
   *
   * @throws dev.gatehouse.kernel.Refusal SCHEMA, naming each one that is missing
   */
  public static void checkRequired(Pool pool, Map<String, String> attributes) {
    List<String> missing = new ArrayList<>();
    for (String name : pool.schema().required()) {
      if (!attributes.containsKey(name)) {
        missing.add(
            name.equals("name")
                ? "name.formatted: The attribute name.formatted is required"
                : name + ": The attribute is required");
      }
    }
    if (!missing.isEmpty()) {
      throw Why.SCHEMA.refusal(String.join("\n", missing));
    }
  }

  /**
   * The user's attributes after a change: an empty value deletes, a changed address is no longer
   * verified unless the change itself says so.
   *
   * @throws dev.gatehouse.kernel.Refusal SCHEMA, ATTRIBUTE_IMMUTABLE, ATTRIBUTE_REQUIRED,
   *     EMAIL_FORMAT, PHONE_FORMAT
   */
  public static Map<String, String> changed(
      Pool pool, Map<String, String> before, Map<String, String> change) {
    Map<String, String> result = new LinkedHashMap<>(before);
    change.forEach((name, value) -> {
      SchemaAttribute attribute = known(pool, name);
      if (!attribute.mutable()) {
        throw Why.ATTRIBUTE_IMMUTABLE.refusal(name);
      }
      if (value.isEmpty()) {
        refuseRequired(attribute);
        remove(result, name);
        return;
      }
      checkForm(pool, name, value);
      String previous = result.put(name, normal(name, value));
      if (Schema.ADDRESSES.contains(name) && !value.equals(previous)) {
        result.put(name + "_verified", "false");
      }
    });
    for (String flag : Schema.VERIFIED_FLAGS) {
      if (change.containsKey(flag) && !change.get(flag).isEmpty()) {
        result.put(flag, normal(flag, change.get(flag)));
      }
    }
    return result;
  }

  /**
   * The user's attributes without those named; an address takes its verified flag along.
   *
   * @throws dev.gatehouse.kernel.Refusal ATTRIBUTE_UNKNOWN naming each unknown one,
   *     ATTRIBUTE_REQUIRED, ATTRIBUTE_IMMUTABLE
   */
  public static Map<String, String> without(
      Pool pool, Map<String, String> before, List<String> names) {
    StringBuilder unknown = new StringBuilder();
    for (String name : names) {
      if (pool.schema().find(name).isEmpty()) {
        unknown.append("user.").append(name).append(": Attribute does not exist in the schema.\n");
      }
    }
    if (!unknown.isEmpty()) {
      throw Why.ATTRIBUTE_UNKNOWN.refusal(unknown.toString());
    }
    Map<String, String> result = new LinkedHashMap<>(before);
    for (String name : names) {
      SchemaAttribute attribute = pool.schema().find(name).orElseThrow();
      refuseRequired(attribute);
      if (!attribute.mutable()) {
        throw Why.ATTRIBUTE_IMMUTABLE.refusal(name);
      }
      remove(result, name);
    }
    return result;
  }

  private static void refuseRequired(SchemaAttribute attribute) {
    if (attribute.required()) {
      throw Why.ATTRIBUTE_REQUIRED.refusal(attribute.name());
    }
  }

  private static void remove(Map<String, String> attributes, String name) {
    attributes.remove(name);
    if (Schema.ADDRESSES.contains(name)) {
      attributes.remove(name + "_verified");
    }
  }

  private static SchemaAttribute known(Pool pool, String name) {
    Optional<SchemaAttribute> attribute = pool.schema().find(name);
    if (attribute.isEmpty() || name.equals("sub")) {
      throw Why.SCHEMA.refusal(name + ": Attribute does not exist in the schema.");
    }
    return attribute.get();
  }

  private static void checkForm(Pool pool, String name, String value) {
    known(pool, name)
        .violated(value)
        .ifPresent(problem -> {
          throw Why.SCHEMA.refusal(problem);
        });
    if (name.equals("email") && !Names.isEmail(value)) {
      throw Why.EMAIL_FORMAT.refusal();
    }
    if (name.equals("phone_number") && !Names.isPhoneNumber(value)) {
      throw Why.PHONE_FORMAT.refusal();
    }
    if (name.equals("preferred_username") && pool.aliasAttributes().contains(name)) {
      NewUsername.refuseLikeAlias(pool, value);
    }
  }

  /** The verified flags are kept in lower case: "True" is accepted (users.md §4). */
  private static String normal(String name, String value) {
    return Schema.VERIFIED_FLAGS.contains(name) ? value.toLowerCase(Locale.ROOT) : value;
  }
}
