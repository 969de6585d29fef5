package dev.gatehouse.userpool.pool;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A pool's attributes by name, in the order in which DescribeUserPool lists them. */
public final class Schema {
  /** Set by the service from what it verified; no client may write them (userpool.md §3.4). */
  public static final Set<String> VERIFIED_FLAGS =
      Set.of("email_verified", "phone_number_verified");

  /** The attributes that messages go to, each with its verified flag. */
  public static final List<String> ADDRESSES = List.of("email", "phone_number");

  private final Map<String, SchemaAttribute> byName;

  public Schema(Collection<SchemaAttribute> attributes) {
    Map<String, SchemaAttribute> map = new LinkedHashMap<>();
    attributes.forEach(attribute -> map.put(attribute.name(), attribute));
    this.byName = Collections.unmodifiableMap(map);
  }

  public Optional<SchemaAttribute> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<SchemaAttribute> attributes() {
    return byName.values();
  }

  /** The attributes that a user must have, but for sub, which the service gives. */
  public List<String> required() {
    return byName.values().stream()
        .filter(SchemaAttribute::required)
        .map(SchemaAttribute::name)
        .filter(name -> !name.equals("sub"))
        .toList();
  }
}
