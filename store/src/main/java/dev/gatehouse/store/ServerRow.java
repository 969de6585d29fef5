package dev.gatehouse.store;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The one row of the table {@code server}. */
record ServerRow(
    String accountId, String masterKey, @Nullable String nextMasterKey, Instant created) {

  static Optional<ServerRow> read(Handle handle) {
    return handle
        .createQuery(
            "SELECT account_id, master_key, next_master_key, created FROM server WHERE id = 1")
        .map((rows, context) ->
            new ServerRow(
                rows.getString(1),
                rows.getString(2),
                rows.getString(3),
                Instant.ofEpochMilli(rows.getLong(4))))
        .findOne();
  }

  /** Whether this call has written it; false when it was there. */
  boolean insert(Handle handle) {
    return handle.execute(
            "INSERT INTO server (id, account_id, master_key, created) VALUES (1, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            accountId,
            masterKey,
            created.toEpochMilli())
        == 1;
  }

  /**
   * The row, held until the transaction ends, so that no data key is written while the master key
   * changes.
   */
  static ServerRow hold(Handle handle) {
    handle.execute("UPDATE server SET id = id WHERE id = 1");
    return read(handle).orElseThrow(() -> new StoreException("the server row is missing"));
  }

  static boolean markNext(Handle handle, String current, String next) {
    return handle.execute(
            "UPDATE server SET next_master_key = ? WHERE id = 1 AND master_key = ?"
                + " AND (next_master_key IS NULL OR next_master_key = ?)",
            next,
            current,
            next)
        == 1;
  }

  /** Puts the next key in force, unless a data key is still wrapped by another. */
  static boolean promoteNext(Handle handle, String next) {
    hold(handle);
    return handle.execute(
            "UPDATE server SET master_key = ?, next_master_key = NULL WHERE id = 1"
                + " AND next_master_key = ?"
                + " AND NOT EXISTS (SELECT 1 FROM data_key WHERE wrapped_by <> ?)",
            next,
            next,
            next)
        == 1;
  }
}
