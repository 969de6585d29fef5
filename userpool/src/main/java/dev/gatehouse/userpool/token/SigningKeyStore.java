package dev.gatehouse.userpool.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Table {@code signing_key}. */
public final class SigningKeyStore {
  /**
   * A key pair of a pool.
   *
   * @param tokenUse {@code id} or {@code access}: the two kinds of token have keys of their own; or
   *     {@link #SAML}
   * @param signs signs from this moment; it is published from its creation
   * @param retires no longer published from this moment; null while it is in force or ahead
   * @param publicKey SubjectPublicKeyInfo
   * @param sealed PKCS #8, sealed
   */
  public record Row(
      String poolId,
      String kid,
      String tokenUse,
      Instant signs,
      @Nullable Instant retires,
      byte[] publicKey,
      byte[] sealed) {}

  /** {@code token_use} and {@code kid} of the key that signs SAML requests; a pool has one. */
  public static final String SAML = "saml";

  private static final RowMapper<Row> ROW =
      (row, context) -> {
        long retires = row.getLong("retires");
        boolean inForce = row.wasNull();
        return new Row(
            row.getString("pool_id"),
            row.getString("kid"),
            row.getString("token_use"),
            Instant.ofEpochMilli(row.getLong("signs")),
            inForce ? null : Instant.ofEpochMilli(retires),
            row.getBytes("public_key"),
            row.getBytes("sealed"));
      };

  private SigningKeyStore() {}

  /** A key that is there already stays. */
  public static void insert(Handle handle, Row row) {
    handle
        .createUpdate(
            """
            INSERT INTO signing_key (pool_id, kid, token_use, signs, retires, public_key, sealed)
            VALUES (:pool, :kid, :use, :signs, NULL, :public, :sealed) ON CONFLICT (pool_id, kid) DO NOTHING
            """)
        .bind("pool", row.poolId())
        .bind("kid", row.kid())
        .bind("use", row.tokenUse())
        .bind("signs", row.signs().toEpochMilli())
        .bind("public", row.publicKey())
        .bind("sealed", row.sealed())
        .execute();
  }

  /** The keys of the pool that sign tokens, the oldest first. */
  public static List<Row> all(Handle handle, String poolId) {
    return handle
        .createQuery(
            "SELECT * FROM signing_key WHERE pool_id = :pool AND token_use <> :saml ORDER BY signs, token_use, kid")
        .bind("pool", poolId)
        .bind("saml", SAML)
        .map(ROW)
        .list();
  }

  /** The key that signs the pool's SAML requests; empty before it was ever needed. */
  public static Optional<Row> saml(Handle handle, String poolId) {
    return handle
        .createQuery("SELECT * FROM signing_key WHERE pool_id = :pool AND kid = :saml")
        .bind("pool", poolId)
        .bind("saml", SAML)
        .map(ROW)
        .findOne();
  }

  /** Sets when keys that sign tokens before {@code signs} stop being published. */
  public static void retire(Handle handle, String poolId, Instant signs, Instant retires) {
    handle
        .createUpdate(
            "UPDATE signing_key SET retires = :retires WHERE pool_id = :pool AND signs < :signs AND retires IS NULL AND token_use <> :saml")
        .bind("saml", SAML)
        .bind("pool", poolId)
        .bind("signs", signs.toEpochMilli())
        .bind("retires", retires.toEpochMilli())
        .execute();
  }

  public static int sweep(Handle handle, Instant now) {
    return handle
        .createUpdate("DELETE FROM signing_key WHERE retires IS NOT NULL AND retires < :now")
        .bind("now", now.toEpochMilli())
        .execute();
  }
}
