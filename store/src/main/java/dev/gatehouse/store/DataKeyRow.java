package dev.gatehouse.store;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * A data key as it is stored.
 *
 * @param wrappedBy the fingerprint of the master key that wraps it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record DataKeyRow(String poolId, int version, byte[] wrapped, String wrappedBy) {
  private static final RowMapper<DataKeyRow> MAPPER =
      (rows, context) ->
          new DataKeyRow(rows.getString(1), rows.getInt(2), rows.getBytes(3), rows.getString(4));

  static List<DataKeyRow> ofPool(Handle handle, String poolId) {
    return handle
        .createQuery(
            "SELECT pool_id, version, wrapped, wrapped_by FROM data_key WHERE pool_id = :poolId"
                + " ORDER BY version")
        .bind("poolId", poolId)
        .map(MAPPER)
        .list();
  }

  /** Some of those wrapped by another key than the given one. */
  static List<DataKeyRow> notWrappedBy(Handle handle, String fingerprint, int limit) {
    return handle
        .createQuery(
            "SELECT pool_id, version, wrapped, wrapped_by FROM data_key"
                + " WHERE wrapped_by <> :fingerprint ORDER BY wrapped_by, pool_id, version"
                + " LIMIT :limit")
        .bind("fingerprint", fingerprint)
        .bind("limit", limit)
        .map(MAPPER)
        .list();
  }

  void insert(Handle handle, long created) {
    handle.execute(
        "INSERT INTO data_key (pool_id, version, wrapped, wrapped_by, created)"
            + " VALUES (?, ?, ?, ?, ?)",
        poolId,
        version,
        wrapped,
        wrappedBy,
        created);
  }

  /** Replaces the wrapping, if it is still the one that was read. */
  int rewrap(Handle handle, byte[] anew, String by) {
    return handle.execute(
        "UPDATE data_key SET wrapped = ?, wrapped_by = ?"
            + " WHERE pool_id = ? AND version = ? AND wrapped_by = ?",
        anew,
        by,
        poolId,
        version,
        wrappedBy);
  }
}
