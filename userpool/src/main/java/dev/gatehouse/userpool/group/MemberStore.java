package dev.gatehouse.userpool.group;

import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Tables {@code group_member} and {@code group_removal}. */
public final class MemberStore {
  /** Groups that a user may be in (userpool.md §10). */
  public static final int MOST_OF_A_USER = 100;

  private static final String CURRENT =
      " FROM group_member m JOIN pool_group g ON g.pool_id = m.pool_id AND g.name = m.name AND g.incarnation = m.incarnation"
          + " WHERE m.pool_id = :pool AND m.sub = :sub";

  private MemberStore() {}

  /**
   * Puts the user into the group; being in it already does no harm. The user's row is held until
   * the transaction ends, so that two additions at once cannot exceed the limit together, and the
   * user is not deleted meanwhile.
   *
   * @throws dev.gatehouse.kernel.Refusal USER_UNKNOWN, LIMIT_OF
   */
  public static void add(Handle handle, Group group, String sub) {
    boolean held =
        handle
                .createUpdate(
                    "UPDATE pool_user SET revision = revision WHERE pool_id = :pool AND sub = :sub")
                .bind("pool", group.poolId())
                .bind("sub", sub)
                .execute()
            == 1;
    if (!held) {
      throw Why.USER_UNKNOWN.refusal();
    }
    List<Membership> present = ofUser(handle, group.poolId(), sub);
    if (present.stream().anyMatch(membership -> membership.group().equals(group.name()))) {
      return;
    }
    if (present.size() >= MOST_OF_A_USER) {
      throw Why.LIMIT_OF.refusal(
          "Exceeded the limit of " + MOST_OF_A_USER + " groups that a user is in.");
    }
    handle
        .createUpdate(
            """
            INSERT INTO group_member (pool_id, sub, name, incarnation) VALUES (:pool, :sub, :name, :incarnation)
            ON CONFLICT (pool_id, sub, name) DO UPDATE SET incarnation = :incarnation
            """)
        .bind("pool", group.poolId())
        .bind("sub", sub)
        .bind("name", group.name())
        .bind("incarnation", group.incarnation())
        .execute();
  }

  /** Takes the user out of the group; not being in it does no harm. */
  public static void remove(Handle handle, Group group, String sub) {
    handle
        .createUpdate(
            "DELETE FROM group_member WHERE pool_id = :pool AND sub = :sub AND name = :name")
        .bind("pool", group.poolId())
        .bind("sub", sub)
        .bind("name", group.name())
        .execute();
  }

  /** What a user is in, for the tokens: one statement, by the primary keys. */
  public static List<Membership> ofUser(Handle handle, String poolId, String sub) {
    return handle
        .createQuery("SELECT g.name, g.precedence, g.role_arn" + CURRENT)
        .bind("pool", poolId)
        .bind("sub", sub)
        .map((row, context) ->
            new Membership(
                row.getString("name"), GroupStore.precedence(row), row.getString("role_arn")))
        .list();
  }

  /** Groups of a user whose name comes after {@code after}, by name. */
  public static List<Group> page(Handle handle, String poolId, String sub, String after, int most) {
    return handle
        .createQuery(
            "SELECT "
                + GroupStore.COLUMNS
                + CURRENT
                + " AND m.name > :after ORDER BY m.name LIMIT :most")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("after", after)
        .bind("most", most)
        .map(GroupStore.GROUP)
        .list();
  }

  /**
   * Takes some of the members of a deleted group away; what is left, the background takes ({@link
   * #sweep}).
   */
  public static void removeAll(Handle handle, Group deleted, int most) {
    if (removeSome(handle, deleted.poolId(), deleted.name(), deleted.incarnation(), most) == most) {
      handle
          .createUpdate(
              "INSERT INTO group_removal (pool_id, name, incarnation) VALUES (:pool, :name, :incarnation)")
          .bind("pool", deleted.poolId())
          .bind("name", deleted.name())
          .bind("incarnation", deleted.incarnation())
          .execute();
    }
  }

  private record Removal(String poolId, String name, long incarnation) {}

  /**
   * Takes members of one deleted group away.
   *
   * @return how many; fewer than {@code most} when nothing is left, of any group
   */
  public static int sweep(Handle handle, int most) {
    List<Removal> removals =
        handle
            .createQuery("SELECT pool_id, name, incarnation FROM group_removal LIMIT 1")
            .map((row, context) ->
                new Removal(
                    row.getString("pool_id"), row.getString("name"), row.getLong("incarnation")))
            .list();
    for (Removal removal : removals) {
      if (removeSome(handle, removal.poolId(), removal.name(), removal.incarnation(), most)
          < most) {
        handle
            .createUpdate(
                "DELETE FROM group_removal WHERE pool_id = :pool AND name = :name AND incarnation = :incarnation")
            .bind("pool", removal.poolId())
            .bind("name", removal.name())
            .bind("incarnation", removal.incarnation())
            .execute();
      }
    }
    return removals.isEmpty() ? 0 : most;
  }

  private static int removeSome(
      Handle handle, String poolId, String name, long incarnation, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM group_member WHERE pool_id = :pool AND name = :name AND incarnation = :incarnation AND sub IN (
              SELECT sub FROM group_member WHERE pool_id = :pool AND name = :name AND incarnation = :incarnation LIMIT :most)
            """)
        .bind("pool", poolId)
        .bind("name", name)
        .bind("incarnation", incarnation)
        .bind("most", most)
        .execute();
  }
}
