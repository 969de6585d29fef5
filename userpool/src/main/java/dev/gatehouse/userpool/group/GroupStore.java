package dev.gatehouse.userpool.group;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.PoolStore;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Table {@code pool_group}. */
public final class GroupStore {
  /** Groups that a pool may have (userpool.md §10). */
  public static final int MOST_GROUPS = 10_000;

  static final String COLUMNS =
      "g.pool_id, g.name, g.incarnation, g.precedence, g.role_arn, g.description, g.created, g.modified, g.revision";

  static final RowMapper<Group> GROUP =
      (row, context) ->
          new Group(
              row.getString("pool_id"),
              row.getString("name"),
              row.getLong("incarnation"),
              precedence(row),
              row.getString("role_arn"),
              row.getString("description"),
              Instant.ofEpochMilli(row.getLong("created")),
              Instant.ofEpochMilli(row.getLong("modified")),
              row.getInt("revision"));

  private GroupStore() {}

  /** To be drawn before the write. */
  public static long newIncarnation(Ids ids) {
    return ByteBuffer.wrap(ids.bytes(Long.BYTES)).getLong();
  }

  static @Nullable Integer precedence(ResultSet row) throws SQLException {
    int precedence = row.getInt("precedence");
    return row.wasNull() ? null : Integer.valueOf(precedence);
  }

  /**
   * Creates a group, while nobody else adds to the pool.
   *
   * @return false when the name is taken
   * @throws dev.gatehouse.kernel.Refusal POOL_UNKNOWN when the pool was deleted meanwhile, LIMIT_OF
   */
  public static boolean insert(Handle handle, Group group) {
    if (!PoolStore.hold(handle, group.poolId())) {
      throw Why.POOL_UNKNOWN.refusal(group.poolId());
    }
    if (find(handle, group.poolId(), group.name()).isPresent()) {
      return false;
    }
    if (count(handle, group.poolId()) >= MOST_GROUPS) {
      throw Why.LIMIT_OF.refusal(
          "Exceeded the limit of " + MOST_GROUPS + " groups in a user pool.");
    }
    return handle
            .createUpdate(
                """
                INSERT INTO pool_group (pool_id, name, incarnation, precedence, role_arn, description, created, modified, revision)
                VALUES (:pool, :name, :incarnation, :precedence, :role, :description, :created, :modified, 0)
                ON CONFLICT (pool_id, name) DO NOTHING
                """)
            .bind("pool", group.poolId())
            .bind("name", group.name())
            .bind("incarnation", group.incarnation())
            .bind("precedence", group.precedence())
            .bind("role", group.roleArn())
            .bind("description", group.description())
            .bind("created", group.created().toEpochMilli())
            .bind("modified", group.modified().toEpochMilli())
            .execute()
        == 1;
  }

  public static Optional<Group> find(Handle handle, String poolId, String name) {
    return handle
        .createQuery(
            "SELECT " + COLUMNS + " FROM pool_group g WHERE g.pool_id = :pool AND g.name = :name")
        .bind("pool", poolId)
        .bind("name", name)
        .map(GROUP)
        .findOne();
  }

  /**
   * The group that an administrator names.
   *
   * @throws dev.gatehouse.kernel.Refusal GROUP_UNKNOWN
   */
  public static Group require(Handle handle, String poolId, String name) {
    return find(handle, poolId, name).orElseThrow(() -> Why.GROUP_UNKNOWN.refusal());
  }

  /**
   * Writes precedence, role and description, if the row is still the one that the group was read
   * from.
   *
   * @return false when it has changed or is gone
   */
  public static boolean update(Handle handle, Group group) {
    return handle
            .createUpdate(
                """
                UPDATE pool_group SET precedence = :precedence, role_arn = :role, description = :description, modified = :modified,
                  revision = revision + 1
                WHERE pool_id = :pool AND name = :name AND incarnation = :incarnation AND revision = :revision
                """)
            .bind("pool", group.poolId())
            .bind("name", group.name())
            .bind("incarnation", group.incarnation())
            .bind("revision", group.revision())
            .bind("precedence", group.precedence())
            .bind("role", group.roleArn())
            .bind("description", group.description())
            .bind("modified", group.modified().toEpochMilli())
            .execute()
        == 1;
  }

  /**
   * Deletes the group; from now on nobody is in it.
   *
   * @return false when it is gone
   */
  public static boolean delete(Handle handle, Group group) {
    return handle
            .createUpdate(
                "DELETE FROM pool_group WHERE pool_id = :pool AND name = :name AND incarnation = :incarnation")
            .bind("pool", group.poolId())
            .bind("name", group.name())
            .bind("incarnation", group.incarnation())
            .execute()
        == 1;
  }

  /** Groups of a pool whose name comes after {@code after}, by name. */
  public static List<Group> page(Handle handle, String poolId, String after, int most) {
    return handle
        .createQuery(
            "SELECT "
                + COLUMNS
                + " FROM pool_group g WHERE g.pool_id = :pool AND g.name > :after ORDER BY g.name LIMIT :most")
        .bind("pool", poolId)
        .bind("after", after)
        .bind("most", most)
        .map(GROUP)
        .list();
  }

  private static long count(Handle handle, String poolId) {
    return handle
        .createQuery("SELECT COUNT(*) AS groups_of FROM pool_group WHERE pool_id = :pool")
        .bind("pool", poolId)
        .map((row, context) -> row.getLong("groups_of"))
        .one();
  }
}
