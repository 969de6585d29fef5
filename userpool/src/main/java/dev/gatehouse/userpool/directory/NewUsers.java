package dev.gatehouse.userpool.directory;

import dev.gatehouse.store.StoreException;
import dev.gatehouse.userpool.directory.LoginNames.Kind;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Many new users in one write: the rows that {@link Directory#insert} and {@link
 * UserStore#setCredential} write, a batch of statements a table. By JDBC itself: half a million
 * users are some four million rows, and what JDBI keeps of a row until its batch is executed was
 * the larger part of an import's memory.
 */
public final class NewUsers {
  /** Rows that are sent at once. */
  private static final int SENT = 100;

  private static final String CLAIM =
      """
      INSERT INTO login_name (pool_id, value, kind, sub) VALUES (?, ?, ?, ?) ON CONFLICT (pool_id, value, kind) DO NOTHING
      """;

  private static final String USER =
      """
      INSERT INTO pool_user (pool_id, sub, username, status, enabled, created, modified, revision, doc)
      VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)
      """;

  private static final String SEARCH =
      """
      INSERT INTO user_search (pool_id, attribute, value, sub) VALUES (?, ?, ?, ?)
      """;

  private static final String CREDENTIAL =
      """
      INSERT INTO credential (pool_id, sub, hash, salt, verifier, set_at) VALUES (?, ?, ?, ?, ?, ?)
      """;

  private NewUsers() {}

  /**
   * A user to be written.
   *
   * @param claims its folded names, {@link SignInNames#claims}
   * @param credential null for a user without a password
   */
  public record NewUser(UserRow row, List<Claim> claims, @Nullable Credential credential) {
    public NewUser {
      claims = List.copyOf(claims);
    }
  }

  /** A folded name that a user is to have. */
  public record Claim(Kind kind, String value) {}

  /**
   * A name that somebody else has.
   *
   * @param user the place in the list
   */
  public record Taken(int user, Kind kind) {}

  /**
   * Writes all of them, or tells which names are taken; then the write has to be rolled back.
   *
   * @param users no two of them claim the same name
   */
  public static List<Taken> insert(Handle handle, Pool pool, List<NewUser> users) {
    List<Taken> taken = claim(handle, pool.id(), users);
    if (taken.isEmpty()) {
      insertRows(handle.getConnection(), pool, users);
      Directory.USERS.addEach(
          handle, pool.id(), users.stream().map(user -> user.row().user().sub()).toList());
    }
    return taken;
  }

  private static List<Taken> claim(Handle handle, String poolId, List<NewUser> users) {
    List<Taken> taken = new ArrayList<>();
    List<Taken> tried = new ArrayList<>();
    try (Rows rows = new Rows(handle.getConnection(), CLAIM)) {
      for (int i = 0; i < users.size(); i++) {
        for (Claim claim : users.get(i).claims()) {
          Taken name = new Taken(i, claim.kind());
          if (Users.isSub(claim.value())
              && UserStore.find(handle, poolId, claim.value()).isPresent()) {
            taken.add(name);
            continue;
          }
          tried.add(name);
          rows.add(poolId, claim.value(), claim.kind().name(), users.get(i).row().user().sub());
        }
      }
      int[] inserted = rows.sent();
      for (int i = 0; i < inserted.length; i++) {
        if (inserted[i] == 0) {
          taken.add(tried.get(i));
        }
      }
    } catch (SQLException failure) {
      throw failed(failure);
    }
    return taken;
  }

  private static void insertRows(Connection connection, Pool pool, List<NewUser> users) {
    Names names = pool.names();
    try (Rows ofUsers = new Rows(connection, USER);
        Rows ofSearch = new Rows(connection, SEARCH);
        Rows ofCredentials = new Rows(connection, CREDENTIAL)) {
      for (NewUser made : users) {
        User user = made.row().user();
        ofUsers.add(
            pool.id(),
            user.sub(),
            user.username(),
            user.status().name(),
            user.enabled() ? 1 : 0,
            user.created().toEpochMilli(),
            user.modified().toEpochMilli(),
            made.row().doc());
        for (String attribute : UserSearch.INDEXED) {
          String value = user.attribute(attribute);
          if (value != null) {
            ofSearch.add(pool.id(), attribute, names.fold(value), user.sub());
          }
        }
        Credential credential = made.credential();
        if (credential != null) {
          ofCredentials.add(
              pool.id(),
              user.sub(),
              credential.hash(),
              credential.salt(),
              credential.sealedVerifier(),
              credential.setAt().toEpochMilli());
        }
      }
      ofUsers.sent();
      ofSearch.sent();
      ofCredentials.sent();
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private static StoreException failed(SQLException failure) {
    return new StoreException("new users could not be written", failure);
  }

  /** The rows of one table. */
  private static final class Rows implements AutoCloseable {
    private final PreparedStatement statement;
    private final List<int[]> counts = new ArrayList<>();
    private int waiting;

    Rows(Connection connection, String sql) throws SQLException {
      this.statement = connection.prepareStatement(sql);
    }

    void add(Object... values) throws SQLException {
      for (int i = 0; i < values.length; i++) {
        switch (values[i]) {
          case String text -> statement.setString(i + 1, text);
          case Long number -> statement.setLong(i + 1, number);
          case Integer number -> statement.setInt(i + 1, number);
          case byte[] bytes -> statement.setBytes(i + 1, bytes);
          default -> throw new IllegalArgumentException("no column has such a type");
        }
      }
      statement.addBatch();
      if (++waiting == SENT) {
        send();
      }
    }

    private void send() throws SQLException {
      if (waiting > 0) {
        counts.add(statement.executeBatch());
        waiting = 0;
      }
    }

    /** How many rows each statement made, in order. */
    int[] sent() throws SQLException {
      send();
      return counts.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }
}
