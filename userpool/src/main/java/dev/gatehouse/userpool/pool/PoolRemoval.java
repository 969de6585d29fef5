package dev.gatehouse.userpool.pool;

import dev.gatehouse.store.Database;
import dev.gatehouse.store.StripedCounter;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.Postbox;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes away what belongs to deleted pools, a few hundred rows a transaction, so that a pool of
 * millions of users does not stop the others. It begins where it was left by a restart. The pool's
 * row stays, emptied: its id is never given again. The data key goes last; from then on nothing
 * that it sealed can be opened, in backups either.
 */
public final class PoolRemoval {
  private static final int CHUNK = 500;

  /** Tables with rows of a pool, and the columns that name a row within it. */
  private static final List<Table> TABLES =
      List.of(
          // first: a job that runs writes nothing more from then on
          new Table("import_active", "slot"),
          new Table("import_chunk", "job_id, upload, number"),
          new Table("import_job", "job_id"),
          new Table("login_name", "value, kind"),
          new Table("user_search", "attribute, value, sub"),
          new Table("credential", "sub"),
          new Table("password_history", "sub, set_at, entry"),
          new Table("code", "sub, purpose"),
          new Table("attempt", "sub, kind"),
          new Table("software_token", "sub, state"),
          new Table("device", "sub, device_key"),
          new Table("device_round", "client_id, kind, sub, device_key"),
          new Table("flow", "flow_id, step"),
          new Table("custom_flow", "flow_id"),
          new Table("group_member", "sub, name"),
          new Table("pool_group", "name"),
          new Table("group_removal", "name, incarnation"),
          new Table("family", "origin_jti"),
          new Table("pool_user", "sub"),
          new Table("client_secret", "client_id, slot"),
          new Table("signing_key", "kid"));

  private final Database database;
  private final Postbox postbox;

  public PoolRemoval(Database database, Postbox postbox) {
    this.database = database;
    this.postbox = postbox;
  }

  private record Table(String name, String key) {}

  /**
   * Removes all that is left of pools that were marked as deleted before a moment. It lies a little
   * back: a request that found the pool before it was marked may still write into it, and what is
   * written after the last chunk would stay for ever.
   */
  public void run(Instant markedBefore) {
    for (String poolId : database.read(handle -> PoolStore.deleted(handle, markedBefore, CHUNK))) {
      for (Table table : TABLES) {
        while (database.<Integer>write(handle -> removeSome(handle, table, poolId)) == CHUNK) {
          // the next chunk
        }
      }
      while (database.<Integer>write(handle -> postbox.forget(handle, poolId, CHUNK)) == CHUNK) {
        // the next chunk
      }
      database.write(handle -> {
        ClientStore.deleteAll(handle, poolId);
        handle
            .createUpdate("DELETE FROM pool_secret WHERE pool_id = :pool")
            .bind("pool", poolId)
            .execute();
        StripedCounter.deleteAll(handle, poolId);
        Vault.deletePoolKeys(handle, poolId);
        PoolStore.empty(handle, poolId);
        return poolId;
      });
    }
  }

  /** Deletes every pool: what an ephemeral server's reset does. */
  public void everything(Instant now) {
    database.write(handle -> {
      for (String poolId : PoolStore.markAllDeleted(handle, now)) {
        Pools.changed(handle, poolId);
      }
      return now;
    });
    run(now.plusMillis(1));
  }

  private static int removeSome(Handle handle, Table table, String poolId) {
    return handle
        .createUpdate(
            "DELETE FROM "
                + table.name()
                + " WHERE pool_id = :pool AND ("
                + table.key()
                + ") IN (SELECT "
                + table.key()
                + " FROM "
                + table.name()
                + " WHERE pool_id = :pool LIMIT :most)")
        .bind("pool", poolId)
        .bind("most", CHUNK)
        .execute();
  }
}
