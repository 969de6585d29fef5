package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/** Table {@code user_search} and the pages of ListUsers. */
public final class UserSearch {
  /**
   * Attributes with rows of their own; the other searchable ones have a column or a sign-in name.
   */
  public static final Set<String> INDEXED =
      Set.of("email", "phone_number", "name", "given_name", "family_name", "preferred_username");

  private static final String COLUMNS =
      "SELECT u.pool_id, u.sub, u.username, u.status, u.enabled, u.created, u.modified, u.signed_out, u.revision, u.doc, ";

  private static final RowMapper<Found> FOUND =
      (row, context) ->
          new Found(
              UserStore.USER.map(row, context),
              new Position(row.getString("at_value"), row.getString("sub")));

  private UserSearch() {}

  /** Where a page ended: the value it was sorted by, {@code ""} where that is the sub alone. */
  public record Position(String value, String sub) {
    static final Position START = new Position("", "");
  }

  /** A user of a page and where the user stands in its order. */
  public record Found(User user, Position position) {}

  /** Brings the rows of one user from one set of attributes to another. */
  public static void reindex(
      Handle handle,
      String poolId,
      String sub,
      Names names,
      Map<String, String> before,
      Map<String, String> after) {
    for (String attribute : INDEXED) {
      Optional<String> old = Optional.ofNullable(before.get(attribute)).map(names::fold);
      Optional<String> next = Optional.ofNullable(after.get(attribute)).map(names::fold);
      if (old.equals(next)) {
        continue;
      }
      old.ifPresent(value -> execute(handle, DELETE, poolId, sub, attribute, value));
      next.ifPresent(value -> execute(handle, INSERT, poolId, sub, attribute, value));
    }
  }

  /** Writes the rows of users that have none yet. */
  static void index(Handle handle, Pool pool, List<User> users) {
    try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
      for (User user : users) {
        for (String attribute : INDEXED) {
          String value = user.attribute(attribute);
          if (value != null) {
            batch
                .bind("pool", pool.id())
                .bind("sub", user.sub())
                .bind("attribute", attribute)
                .bind("value", pool.names().fold(value))
                .add();
          }
        }
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }

  private static final String DELETE =
      "DELETE FROM user_search WHERE pool_id = :pool AND attribute = :attribute AND value = :value AND sub = :sub";
  private static final String INSERT =
      """
      INSERT INTO user_search (pool_id, attribute, value, sub) VALUES (:pool, :attribute, :value, :sub)
      ON CONFLICT (pool_id, attribute, value, sub) DO NOTHING
      """;

  private static void execute(
      Handle handle, String sql, String poolId, String sub, String attribute, String value) {
    handle
        .createUpdate(sql)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("attribute", attribute)
        .bind("value", value)
        .execute();
  }

  /** A page of all users, by sub. */
  public static List<Found> all(Handle handle, String poolId, Optional<Position> after, int most) {
    return page(
        handle,
        "'' AS at_value FROM pool_user u WHERE u.pool_id = :pool AND u.sub > :afterSub ORDER BY u.sub LIMIT :most",
        poolId,
        after,
        most);
  }

  /** A page of the users that the filter matches; sorted by the filtered value. */
  public static List<Found> matching(
      Handle handle,
      String poolId,
      Names names,
      UsernameForm usernames,
      UserFilter filter,
      Optional<Position> after,
      int most) {
    return switch (filter.attribute()) {
      case "sub" -> bySub(handle, poolId, filter, after, most);
      case "username" ->
          usernames == UsernameForm.SUB
              ? bySub(handle, poolId, filter, after, most)
              : byUsername(handle, poolId, names, filter, after, most);
      case "status" -> byEnabled(handle, poolId, filter, after, most);
      case "cognito:user_status" -> byStatus(handle, poolId, filter, after, most);
      default -> byIndex(handle, poolId, names, filter, after, most);
    };
  }

  /** Users of a group whose sub comes after {@code after}, by sub. */
  public static List<User> inGroup(Handle handle, Group group, String after, int most) {
    return page(
            handle,
            """
            '' AS at_value FROM group_member m JOIN pool_user u ON u.pool_id = m.pool_id AND u.sub = m.sub
            WHERE m.pool_id = :pool AND m.name = :name AND m.incarnation = :incarnation AND m.sub > :after
            ORDER BY m.sub LIMIT :most
            """)
        .bind("pool", group.poolId())
        .bind("name", group.name())
        .bind("incarnation", group.incarnation())
        .bind("after", after)
        .bind("most", most)
        .map(UserStore.USER)
        .list();
  }

  /** What the username of a pool's users is. */
  public enum UsernameForm {
    GIVEN,
    SUB
  }

  private static List<Found> bySub(
      Handle handle, String poolId, UserFilter filter, Optional<Position> after, int most) {
    Range range = Range.of(filter, filter.value());
    return range.bind(
        page(
            handle,
            """
            '' AS at_value FROM pool_user u WHERE u.pool_id = :pool AND u.sub >= :from AND u.sub < :to AND u.sub > :afterSub
            ORDER BY u.sub LIMIT :most
            """),
        poolId,
        after,
        most);
  }

  /**
   * Usernames are stored folded for sign-in; the filter compares the username as it is (users.md
   * §7: case-sensitive).
   */
  private static List<Found> byUsername(
      Handle handle,
      String poolId,
      Names names,
      UserFilter filter,
      Optional<Position> after,
      int most) {
    String exact = filter.value();
    return Range.of(filter, names.fold(exact))
        .bind(
            page(
                handle,
                """
                n.value AS at_value FROM login_name n JOIN pool_user u ON u.pool_id = n.pool_id AND u.sub = n.sub
                WHERE n.pool_id = :pool AND n.kind = 'USERNAME' AND n.value >= :from AND n.value < :to AND n.value > :afterValue
                ORDER BY n.value LIMIT :most
                """),
            poolId,
            after,
            most)
        .stream()
        .filter(found ->
            filter.match() == UserFilter.Match.EQUAL
                ? found.user().username().equals(exact)
                : found.user().username().startsWith(exact))
        .toList();
  }

  private static List<Found> byEnabled(
      Handle handle, String poolId, UserFilter filter, Optional<Position> after, int most) {
    return page(
            handle,
            """
            '' AS at_value FROM pool_user u WHERE u.pool_id = :pool AND u.enabled IN (:enabled, :orEnabled) AND u.sub > :afterSub
            ORDER BY u.sub LIMIT :most
            """)
        .bind("enabled", matches(filter, "Enabled") ? 1 : -1)
        .bind("orEnabled", matches(filter, "Disabled") ? 0 : -1)
        .bind("pool", poolId)
        .bind("afterSub", after.orElse(Position.START).sub())
        .bind("most", most)
        .map(FOUND)
        .list();
  }

  private static List<Found> byStatus(
      Handle handle, String poolId, UserFilter filter, Optional<Position> after, int most) {
    List<String> statuses =
        Arrays.stream(UserStatus.values())
            .map(Enum::name)
            .filter(name -> matches(filter, name))
            .toList();
    if (statuses.isEmpty()) {
      return List.of();
    }
    return page(
            handle,
            """
            '' AS at_value FROM pool_user u WHERE u.pool_id = :pool AND u.status IN (<statuses>) AND u.sub > :afterSub
            ORDER BY u.sub LIMIT :most
            """)
        .bindList("statuses", statuses)
        .bind("pool", poolId)
        .bind("afterSub", after.orElse(Position.START).sub())
        .bind("most", most)
        .map(FOUND)
        .list();
  }

  private static boolean matches(UserFilter filter, String name) {
    return filter.match() == UserFilter.Match.EQUAL
        ? name.equalsIgnoreCase(filter.value())
        : name.regionMatches(true, 0, filter.value(), 0, filter.value().length());
  }

  private static List<Found> byIndex(
      Handle handle,
      String poolId,
      Names names,
      UserFilter filter,
      Optional<Position> after,
      int most) {
    Query query =
        page(
                handle,
                """
                s.value AS at_value FROM user_search s JOIN pool_user u ON u.pool_id = s.pool_id AND u.sub = s.sub
                WHERE s.pool_id = :pool AND s.attribute = :attribute AND s.value >= :from AND s.value < :to
                  AND (s.value, s.sub) > (:afterValue, :afterSub)
                ORDER BY s.value, s.sub LIMIT :most
                """)
            .bind("attribute", filter.attribute());
    return Range.of(filter, names.fold(filter.value())).bind(query, poolId, after, most);
  }

  private static Query page(Handle handle, String rest) {
    return handle
        .createQuery(COLUMNS + rest)
        .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true));
  }

  private static List<Found> page(
      Handle handle, String rest, String poolId, Optional<Position> after, int most) {
    return page(handle, rest)
        .bind("pool", poolId)
        .bind("afterSub", after.orElse(Position.START).sub())
        .bind("most", most)
        .map(FOUND)
        .list();
  }

  /**
   * The values that a filter matches as a half-open range in code point order, the order of both
   * engines (SQLite's BINARY, PostgreSQL's "C").
   */
  private record Range(String from, String to) {
    static Range of(UserFilter filter, String folded) {
      return filter.match() == UserFilter.Match.EQUAL
          ? new Range(folded, folded + '\u0001')
          : new Range(folded, folded + Character.toString(Character.MAX_CODE_POINT));
    }

    List<Found> bind(Query query, String poolId, Optional<Position> after, int most) {
      Position position = after.orElse(Position.START);
      return query
          .bind("from", from)
          .bind("to", to)
          .bind("pool", poolId)
          .bind("afterValue", position.value())
          .bind("afterSub", position.sub())
          .bind("most", most)
          .map(FOUND)
          .list();
    }
  }
}
