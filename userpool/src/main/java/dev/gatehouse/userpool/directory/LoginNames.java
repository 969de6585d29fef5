package dev.gatehouse.userpool.directory;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Table {@code login_name}: usernames, e-mail and phone usernames, verified aliases. Values are
 * folded by the caller.
 */
public final class LoginNames {
  /** What a name is. {@code USERNAME} wins over the aliases when two users share a text. */
  public enum Kind {
    USERNAME,
    EMAIL,
    PHONE_NUMBER,
    PREFERRED_USERNAME;

    /** The kind of an alias or username attribute. */
    public static Kind of(String attribute) {
      return switch (attribute) {
        case "email" -> EMAIL;
        case "phone_number" -> PHONE_NUMBER;
        case "preferred_username" -> PREFERRED_USERNAME;
        default -> throw new IllegalArgumentException("no sign-in attribute: " + attribute);
      };
    }
  }

  static final String CLAIM =
      """
      INSERT INTO login_name (pool_id, value, kind, sub) VALUES (:pool, :value, :kind, :sub)
      ON CONFLICT (pool_id, value, kind) DO NOTHING
      """;

  private LoginNames() {}

  /** The sub of the user whom the name belongs to, a username before an alias. */
  public static Optional<String> find(Handle handle, String poolId, String folded) {
    Map<String, String> found =
        handle
            .createQuery(
                "SELECT kind, sub FROM login_name WHERE pool_id = :pool AND value = :value")
            .bind("pool", poolId)
            .bind("value", folded)
            .map((row, context) -> Map.entry(row.getString("kind"), row.getString("sub")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    for (Kind kind : Kind.values()) {
      if (found.containsKey(kind.name())) {
        return Optional.of(found.get(kind.name()));
      }
    }
    return Optional.empty();
  }

  /**
   * The sub that a text in a sub's form names: the user who has it as sub before the one who has it
   * as a sign-in name. One statement.
   */
  static Optional<String> findBySub(Handle handle, String poolId, String name, String folded) {
    return handle
        .createQuery(
            """
            SELECT 0 AS place, sub FROM pool_user WHERE pool_id = :pool AND sub = :name
            UNION ALL
            SELECT 1 AS place, sub FROM login_name WHERE pool_id = :pool AND value = :value
            ORDER BY place
            """)
        .bind("pool", poolId)
        .bind("name", name)
        .bind("value", folded)
        .map((row, context) -> row.getString("sub"))
        .list()
        .stream()
        .findFirst();
  }

  /** The owner of this very name. */
  public static Optional<String> owner(Handle handle, String poolId, Kind kind, String folded) {
    return handle
        .createQuery(
            "SELECT sub FROM login_name WHERE pool_id = :pool AND value = :value AND kind = :kind")
        .bind("pool", poolId)
        .bind("value", folded)
        .bind("kind", kind.name())
        .map((row, context) -> row.getString("sub"))
        .findOne();
  }

  /**
   * Takes the name for the user.
   *
   * @return false when somebody else has it
   */
  public static boolean claim(Handle handle, String poolId, Kind kind, String folded, String sub) {
    boolean inserted =
        handle
                .createUpdate(CLAIM)
                .bind("pool", poolId)
                .bind("value", folded)
                .bind("kind", kind.name())
                .bind("sub", sub)
                .execute()
            == 1;
    return inserted || owner(handle, poolId, kind, folded).filter(sub::equals).isPresent();
  }

  /** Gives up this name of the user. */
  static void release(Handle handle, String poolId, Kind kind, String folded, String sub) {
    handle
        .createUpdate(
            """
            DELETE FROM login_name WHERE pool_id = :pool AND value = :value AND kind = :kind AND sub = :sub
            """)
        .bind("pool", poolId)
        .bind("value", folded)
        .bind("kind", kind.name())
        .bind("sub", sub)
        .execute();
  }

  /** Gives up the user's names of the kind. */
  public static void release(Handle handle, String poolId, Kind kind, String sub) {
    handle
        .createUpdate(
            "DELETE FROM login_name WHERE pool_id = :pool AND sub = :sub AND kind = :kind")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("kind", kind.name())
        .execute();
  }
}
