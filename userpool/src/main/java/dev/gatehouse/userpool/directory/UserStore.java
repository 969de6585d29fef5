package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.Documents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Tables {@code pool_user}, {@code credential} and {@code password_history}. */
public final class UserStore {
  private static final String USER_COLUMNS =
      "u.pool_id, u.sub, u.username, u.status, u.enabled, u.created, u.modified, u.signed_out, u.revision, u.doc";

  static final RowMapper<User> USER = (row, context) -> user(row);

  private static final RowMapper<Account> ACCOUNT =
      (row, context) -> {
        byte @Nullable [] salt = row.getBytes("salt");
        return new Account(
            user(row),
            salt == null
                ? null
                : new Credential(
                    row.getString("hash"),
                    salt,
                    row.getBytes("verifier"),
                    Instant.ofEpochMilli(row.getLong("set_at"))));
      };

  static final String INSERT =
      """
      INSERT INTO pool_user (pool_id, sub, username, status, enabled, created, modified, signed_out, revision, doc)
      VALUES (:pool, :sub, :username, :status, :enabled, :created, :modified, :signedOut, 0, :doc)
      """;

  static final String SET_CREDENTIAL =
      """
      INSERT INTO credential (pool_id, sub, hash, salt, verifier, set_at) VALUES (:pool, :sub, :hash, :salt, :verifier, :setAt)
      ON CONFLICT (pool_id, sub) DO UPDATE SET hash = :hash, salt = :salt, verifier = :verifier, set_at = :setAt
      """;

  private UserStore() {}

  /** The stored document of a user row. */
  record UserDocument(int v, Map<String, String> attributes, @Nullable MfaPreference mfa) {}

  /** A user ready to be written: inside a write no JSON is built (design.md §5). */
  public record UserRow(User user, String doc) {
    public static UserRow of(User user) {
      return new UserRow(
          user, Documents.write(new UserDocument(1, user.attributes(), stored(user.mfa()))));
    }
  }

  /**
   * A user with what a sign-in looks at.
   *
   * @param credential null for a user without a password
   */
  public record Account(User user, @Nullable Credential credential) {}

  public static Optional<User> find(Handle handle, String poolId, String sub) {
    return handle
        .createQuery(
            "SELECT " + USER_COLUMNS + " FROM pool_user u WHERE u.pool_id = :pool AND u.sub = :sub")
        .bind("pool", poolId)
        .bind("sub", sub)
        .map(USER)
        .findOne();
  }

  /** User and password in one statement. */
  public static Optional<Account> account(Handle handle, String poolId, String sub) {
    return handle
        .createQuery(
            "SELECT "
                + USER_COLUMNS
                + """
                , c.hash, c.salt, c.verifier, c.set_at FROM pool_user u
                LEFT JOIN credential c ON c.pool_id = u.pool_id AND c.sub = u.sub
                WHERE u.pool_id = :pool AND u.sub = :sub
                """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .map(ACCOUNT)
        .findOne();
  }

  public static void insert(Handle handle, UserRow row) {
    bindNew(handle.createUpdate(INSERT), row).execute();
  }

  static <S extends SqlStatement<S>> S bindNew(S statement, UserRow row) {
    return bind(statement, row)
        .bind("username", row.user().username())
        .bind("created", row.user().created().toEpochMilli());
  }

  /**
   * Writes status, enabled, times and attributes, if the row is still the one that the user was
   * read from.
   *
   * @return false when it has changed or is gone
   */
  public static boolean update(Handle handle, UserRow row) {
    return bind(
                handle.createUpdate(
                    """
                    UPDATE pool_user SET status = :status, enabled = :enabled, modified = :modified, signed_out = :signedOut,
                      revision = revision + 1, doc = :doc
                    WHERE pool_id = :pool AND sub = :sub AND revision = :revision
                    """),
                row)
            .bind("revision", row.user().revision())
            .execute()
        == 1;
  }

  /** Takes the user away with everything that hangs on the sub. */
  public static boolean delete(Handle handle, String poolId, String sub) {
    for (String table :
        List.of(
            "login_name",
            "user_search",
            "credential",
            "password_history",
            "code",
            "attempt",
            "software_token",
            "group_member",
            "device",
            "device_round",
            "family")) {
      handle
          .createUpdate("DELETE FROM " + table + " WHERE pool_id = :pool AND sub = :sub")
          .bind("pool", poolId)
          .bind("sub", sub)
          .execute();
    }
    return handle
            .createUpdate("DELETE FROM pool_user WHERE pool_id = :pool AND sub = :sub")
            .bind("pool", poolId)
            .bind("sub", sub)
            .execute()
        == 1;
  }

  /** Sets the password, whether there was one or not. */
  public static void setCredential(
      Handle handle, String poolId, String sub, Credential credential) {
    bindCredential(handle.createUpdate(SET_CREDENTIAL), poolId, sub, credential).execute();
  }

  static <S extends SqlStatement<S>> S bindCredential(
      S statement, String poolId, String sub, Credential credential) {
    return statement
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("hash", credential.hash())
        .bind("salt", credential.salt())
        .bind("verifier", credential.sealedVerifier())
        .bind("setAt", credential.setAt().toEpochMilli());
  }

  /**
   * Puts the house's own form in the place of an imported hash of the same password; does nothing
   * when that is not there any more.
   */
  static void adopt(
      Handle handle, String poolId, String sub, Credential imported, Credential made) {
    handle
        .createUpdate(
            """
            UPDATE credential SET hash = :hash, salt = :salt, verifier = :verifier
            WHERE pool_id = :pool AND sub = :sub AND hash = :imported AND set_at = :setAt
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("hash", made.hash())
        .bind("salt", made.salt())
        .bind("verifier", made.sealedVerifier())
        .bind("imported", imported.hash())
        .bind("setAt", imported.setAt().toEpochMilli())
        .execute();
  }

  /** Hashes of earlier passwords, newest first. */
  public static List<String> passwordHistory(Handle handle, String poolId, String sub, int most) {
    return handle
        .createQuery(
            """
            SELECT hash FROM password_history WHERE pool_id = :pool AND sub = :sub ORDER BY set_at DESC, entry LIMIT :most
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("most", most)
        .map((row, context) -> row.getString("hash"))
        .list();
  }

  /**
   * Remembers a password that is being replaced; keeps no more than the longest history a policy
   * can ask for.
   */
  public static void remember(
      Handle handle, String poolId, String sub, Credential replaced, String entry) {
    handle
        .createUpdate(
            "INSERT INTO password_history (pool_id, sub, set_at, entry, hash) VALUES (:pool, :sub, :setAt, :entry, :hash)")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("setAt", replaced.setAt().toEpochMilli())
        .bind("entry", entry)
        .bind("hash", replaced.hash())
        .execute();
    handle
        .createUpdate(
            """
            DELETE FROM password_history WHERE pool_id = :pool AND sub = :sub AND set_at < (
              SELECT set_at FROM password_history WHERE pool_id = :pool AND sub = :sub ORDER BY set_at DESC LIMIT 1 OFFSET 23)
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .execute();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, UserRow row) {
    User user = row.user();
    Instant signedOut = user.signedOut();
    return statement
        .bind("pool", user.poolId())
        .bind("sub", user.sub())
        .bind("status", user.status().name())
        .bind("enabled", user.enabled() ? 1 : 0)
        .bind("modified", user.modified().toEpochMilli())
        .bind("signedOut", signedOut == null ? null : Long.valueOf(signedOut.toEpochMilli()))
        .bind("doc", row.doc());
  }

  private static @Nullable MfaPreference stored(MfaPreference mfa) {
    return mfa.equals(MfaPreference.NONE) ? null : mfa;
  }

  private static User user(ResultSet row) throws SQLException {
    long signedOut = row.getLong("signed_out");
    @Nullable Instant signedOutAt = row.wasNull() ? null : Instant.ofEpochMilli(signedOut);
    UserDocument document = Documents.read(row.getString("doc"), UserDocument.class);
    return new User(
        row.getString("pool_id"),
        row.getString("sub"),
        row.getString("username"),
        UserStatus.valueOf(row.getString("status")),
        row.getInt("enabled") == 1,
        Instant.ofEpochMilli(row.getLong("created")),
        Instant.ofEpochMilli(row.getLong("modified")),
        signedOutAt,
        row.getInt("revision"),
        new LinkedHashMap<>(document.attributes()),
        document.mfa() == null ? MfaPreference.NONE : document.mfa());
  }
}
