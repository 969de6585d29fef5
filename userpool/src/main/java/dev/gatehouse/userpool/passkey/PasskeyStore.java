package dev.gatehouse.userpool.passkey;

import dev.gatehouse.userpool.Documents;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Tables {@code passkey} and {@code passkey_challenge}. */
public final class PasskeyStore {
  /** The stored document of a passkey. */
  record PasskeyDocument(
      int v,
      String relyingPartyId,
      String publicKey,
      List<String> transports,
      @Nullable String attachment,
      String name,
      boolean synced) {}

  /** A passkey ready to be written: inside a write no JSON is built. */
  record PasskeyRow(Passkey passkey, String doc) {
    static PasskeyRow of(Passkey passkey) {
      return new PasskeyRow(
          passkey,
          Documents.write(
              new PasskeyDocument(
                  1,
                  passkey.relyingPartyId(),
                  Base64.getUrlEncoder().encodeToString(passkey.publicKey()),
                  passkey.transports(),
                  passkey.attachment(),
                  passkey.name(),
                  passkey.synced())));
    }
  }

  /** A registration that waits for the authenticator's answer. */
  record Pending(String clientId, byte[] challenge, Instant expires) {}

  private PasskeyStore() {}

  /** All of a user's, the oldest first; never more than {@link Passkey#MOST}. */
  public static List<Passkey> of(Handle handle, String poolId, String sub) {
    return handle
        .createQuery(
            "SELECT * FROM passkey WHERE pool_id = :pool AND sub = :sub ORDER BY created, credential_id")
        .bind("pool", poolId)
        .bind("sub", sub)
        .map((row, context) -> {
          PasskeyDocument document = Documents.read(row.getString("doc"), PasskeyDocument.class);
          return new Passkey(
              row.getString("pool_id"),
              row.getString("sub"),
              row.getString("credential_id"),
              row.getLong("counter"),
              Instant.ofEpochMilli(row.getLong("created")),
              document.relyingPartyId(),
              Base64.getUrlDecoder().decode(document.publicKey()),
              document.transports(),
              document.attachment(),
              document.name(),
              document.synced());
        })
        .list();
  }

  public static int count(Handle handle, String poolId, String sub) {
    return handle
        .createQuery("SELECT COUNT(*) FROM passkey WHERE pool_id = :pool AND sub = :sub")
        .bind("pool", poolId)
        .bind("sub", sub)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Adds a passkey, unless its id is taken or its owner has as many as may be.
   *
   * @return false when nothing was added
   */
  static boolean insert(Handle handle, PasskeyRow row) {
    Passkey passkey = row.passkey();
    return handle
            .createUpdate(
                """
                INSERT INTO passkey (pool_id, credential_id, sub, counter, created, doc)
                SELECT u.pool_id, :id, u.sub, :counter, :created, :doc FROM pool_user u
                WHERE u.pool_id = :pool AND u.sub = :sub AND u.enabled = 1
                  AND (SELECT COUNT(*) FROM passkey p WHERE p.pool_id = :pool AND p.sub = :sub) < :most
                ON CONFLICT (pool_id, credential_id) DO NOTHING
                """)
            .bind("pool", passkey.poolId())
            .bind("id", passkey.id())
            .bind("sub", passkey.sub())
            .bind("counter", passkey.counter())
            .bind("created", passkey.created().toEpochMilli())
            .bind("doc", row.doc())
            .bind("most", Passkey.MOST)
            .execute()
        == 1;
  }

  /**
   * Moves the counter on. An authenticator that counts nothing stays at 0; of two that show the
   * same count one is a copy (WebAuthn §7.2 step 22).
   *
   * @return false when the passkey is gone or its counter has not grown
   */
  public static boolean used(Handle handle, Passkey passkey, long counter) {
    return handle
            .createUpdate(
                """
                UPDATE passkey SET counter = :counter
                WHERE pool_id = :pool AND credential_id = :id AND sub = :sub
                  AND (counter < :counter OR (counter = 0 AND :counter = 0))
                """)
            .bind("pool", passkey.poolId())
            .bind("id", passkey.id())
            .bind("sub", passkey.sub())
            .bind("counter", counter)
            .execute()
        == 1;
  }

  /**
   * @return false when the user has no such passkey
   */
  public static boolean delete(Handle handle, String poolId, String sub, String id) {
    return handle
            .createUpdate(
                "DELETE FROM passkey WHERE pool_id = :pool AND credential_id = :id AND sub = :sub")
            .bind("pool", poolId)
            .bind("id", id)
            .bind("sub", sub)
            .execute()
        == 1;
  }

  /** Begins a registration; one that was begun before is void. */
  static void begin(Handle handle, String poolId, String sub, Pending pending) {
    handle
        .createUpdate(
            """
            INSERT INTO passkey_challenge (pool_id, sub, client_id, challenge, expires)
            VALUES (:pool, :sub, :client, :challenge, :expires)
            ON CONFLICT (pool_id, sub) DO UPDATE SET client_id = :client, challenge = :challenge, expires = :expires
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("client", pending.clientId())
        .bind("challenge", pending.challenge())
        .bind("expires", pending.expires().toEpochMilli())
        .execute();
  }

  static Optional<Pending> pending(Handle handle, String poolId, String sub) {
    return handle
        .createQuery("SELECT * FROM passkey_challenge WHERE pool_id = :pool AND sub = :sub")
        .bind("pool", poolId)
        .bind("sub", sub)
        .map((row, context) ->
            new Pending(
                row.getString("client_id"),
                row.getBytes("challenge"),
                Instant.ofEpochMilli(row.getLong("expires"))))
        .findOne();
  }

  /**
   * Uses the challenge up.
   *
   * @return false when it was used or replaced
   */
  static boolean complete(Handle handle, String poolId, String sub, Pending pending) {
    return handle
            .createUpdate(
                "DELETE FROM passkey_challenge WHERE pool_id = :pool AND sub = :sub AND challenge = :challenge")
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("challenge", pending.challenge())
            .execute()
        == 1;
  }

  /** Takes away registrations that were never completed; at most {@code most} in one go. */
  public static int sweep(Handle handle, Instant now, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM passkey_challenge WHERE (pool_id, sub) IN (
              SELECT pool_id, sub FROM passkey_challenge WHERE expires < :now LIMIT :most)
            """)
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .execute();
  }
}
