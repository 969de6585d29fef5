package dev.gatehouse.userpool.directory;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Table {@code software_token}: the shared secrets of authenticator apps, sealed. */
public final class SoftwareTokens {
  /** Bytes of a shared secret: as many as HMAC-SHA-1 yields (RFC 4226 §4, R6). */
  public static final int SECRET_BYTES = 20;

  /** Which of a user's two rows. */
  public enum State {
    /** Its codes sign in. */
    ACTIVE,
    /** It waits for its first code. */
    PENDING
  }

  /** A token as it is stored. */
  public record Row(byte[] sealed, long step) {}

  private final Vault vault;

  public SoftwareTokens(Vault vault) {
    this.vault = vault;
  }

  /** Seals a shared secret for its row; outside a write. */
  public byte[] seal(String poolId, String sub, State state, Secret secret) {
    return vault.seal(place(poolId, sub, state), secret);
  }

  public Secret open(String poolId, String sub, State state, Row row) {
    return Secret.of(vault.open(place(poolId, sub, state), row.sealed()));
  }

  private static Place place(String poolId, String sub, State state) {
    return new Place("software_token", poolId, sub + ' ' + state, "sealed");
  }

  public static Optional<Row> find(Handle handle, String poolId, String sub, State state) {
    return handle
        .createQuery(
            "SELECT sealed, step FROM software_token WHERE pool_id = :pool AND sub = :sub AND state = :state")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("state", state.name())
        .map((row, context) -> new Row(row.getBytes("sealed"), row.getLong("step")))
        .findOne();
  }

  /**
   * Sets the user's token; one that was there is void from now.
   *
   * @param step the time step of the code that proved it, 0 for one that waits
   */
  public static void put(
      Handle handle, String poolId, String sub, State state, byte[] sealed, long step) {
    handle
        .createUpdate(
            """
            INSERT INTO software_token (pool_id, sub, state, sealed, step) VALUES (:pool, :sub, :state, :sealed, :step)
            ON CONFLICT (pool_id, sub, state) DO UPDATE SET sealed = :sealed, step = :step
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("state", state.name())
        .bind("sealed", sealed)
        .bind("step", step)
        .execute();
  }

  /**
   * Uses up the code of a time step, and with it those before.
   *
   * @return false when it, or a later one, was used before, or the token is another one now
   */
  public static boolean use(Handle handle, String poolId, String sub, byte[] sealed, long step) {
    return handle
            .createUpdate(
                """
                UPDATE software_token SET step = :step
                WHERE pool_id = :pool AND sub = :sub AND state = 'ACTIVE' AND sealed = :sealed AND step < :step
                """)
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("sealed", sealed)
            .bind("step", step)
            .execute()
        == 1;
  }

  /**
   * Takes the waiting token away, if it is still this one.
   *
   * @return false when another request has used or replaced it
   */
  public static boolean usePending(Handle handle, String poolId, String sub, byte[] sealed) {
    return handle
            .createUpdate(
                "DELETE FROM software_token WHERE pool_id = :pool AND sub = :sub AND state = 'PENDING' AND sealed = :sealed")
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("sealed", sealed)
            .execute()
        == 1;
  }

  /** Takes away the user's tokens, in force and waiting. */
  public static void delete(Handle handle, String poolId, String sub) {
    handle
        .createUpdate("DELETE FROM software_token WHERE pool_id = :pool AND sub = :sub")
        .bind("pool", poolId)
        .bind("sub", sub)
        .execute();
  }
}
