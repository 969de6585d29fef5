package dev.gatehouse.userpool.pool;

import dev.gatehouse.userpool.Documents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Table {@code pool}. */
public final class PoolStore {
  private static final RowMapper<Pool> POOL =
      (row, context) ->
          new Pool(
              row.getString("pool_id"),
              Instant.ofEpochMilli(row.getLong("created")),
              Instant.ofEpochMilli(row.getLong("modified")),
              row.getInt("revision"),
              Documents.read(row.getString("doc"), PoolDocument.class));

  private PoolStore() {}

  /** A pool ready to be written: inside a write no JSON is built (design.md §5). */
  public record PoolRow(Pool pool, String doc) {
    public static PoolRow of(Pool pool) {
      return new PoolRow(pool, Documents.write(pool.document()));
    }
  }

  /**
   * @return false when the id is taken
   */
  public static boolean insert(Handle handle, PoolRow row) {
    Pool pool = row.pool();
    return handle
            .createUpdate(
                """
                INSERT INTO pool (pool_id, created, modified, deleted, revision, doc) VALUES (:pool, :created, :modified, NULL, 0, :doc)
                ON CONFLICT (pool_id) DO NOTHING
                """)
            .bind("pool", pool.id())
            .bind("created", pool.created().toEpochMilli())
            .bind("modified", pool.modified().toEpochMilli())
            .bind("doc", row.doc())
            .execute()
        == 1;
  }

  /** The pool, unless it is marked as deleted. */
  public static Optional<Pool> find(Handle handle, String poolId) {
    return handle
        .createQuery("SELECT * FROM pool WHERE pool_id = :pool AND deleted IS NULL")
        .bind("pool", poolId)
        .map(POOL)
        .findOne();
  }

  /**
   * Writes the document, if the row is still the one that {@code pool} was read from.
   *
   * @return false when it has changed or is gone
   */
  public static boolean update(Handle handle, PoolRow row) {
    Pool pool = row.pool();
    return handle
            .createUpdate(
                """
                UPDATE pool SET modified = :modified, revision = revision + 1, doc = :doc
                WHERE pool_id = :pool AND revision = :revision AND deleted IS NULL
                """)
            .bind("pool", pool.id())
            .bind("modified", pool.modified().toEpochMilli())
            .bind("revision", pool.revision())
            .bind("doc", row.doc())
            .execute()
        == 1;
  }

  /**
   * Marks the pool as deleted: unseen at once, its rows go in the background. Its id is never given
   * again.
   *
   * @return false when it has changed or is gone
   */
  public static boolean markDeleted(Handle handle, Pool pool, Instant now) {
    return handle
            .createUpdate(
                "UPDATE pool SET deleted = :now WHERE pool_id = :pool AND revision = :revision AND deleted IS NULL")
            .bind("pool", pool.id())
            .bind("now", now.toEpochMilli())
            .bind("revision", pool.revision())
            .execute()
        == 1;
  }

  /** Pools of a region whose id comes after {@code afterId}, by id. */
  public static List<Pool> page(Handle handle, String region, String afterId, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM pool WHERE pool_id >= :from AND pool_id < :to AND pool_id > :after AND deleted IS NULL
            ORDER BY pool_id LIMIT :most
            """)
        .bind("from", region + "_")
        .bind("to", region + "`") // the character after "_"
        .bind("after", afterId)
        .bind("most", most)
        .map(POOL)
        .list();
  }

  /** How many pools a region has. */
  static long count(Handle handle, String region) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) AS pools FROM pool WHERE pool_id >= :from AND pool_id < :to AND deleted IS NULL
            """)
        .bind("from", region + "_")
        .bind("to", region + "`") // the character after "_"
        .map((row, context) -> row.getLong("pools"))
        .one();
  }

  /**
   * Holds the pool's row until the transaction ends, so that it is not deleted while something is
   * added to it.
   *
   * @return false when it is gone
   */
  public static boolean hold(Handle handle, String poolId) {
    return handle
            .createUpdate(
                "UPDATE pool SET revision = revision WHERE pool_id = :pool AND deleted IS NULL")
            .bind("pool", poolId)
            .execute()
        == 1;
  }

  /** Ids of pools that were marked as deleted before a moment and are not emptied yet. */
  public static List<String> deleted(Handle handle, Instant before, int most) {
    return handle
        .createQuery("SELECT pool_id FROM pool WHERE deleted < :before AND doc <> '' LIMIT :most")
        .bind("before", before.toEpochMilli())
        .bind("most", most)
        .map((row, context) -> row.getString("pool_id"))
        .list();
  }

  /** Marks every pool as deleted; answers their ids. */
  static List<String> markAllDeleted(Handle handle, Instant now) {
    return handle
        .createQuery("UPDATE pool SET deleted = :now WHERE deleted IS NULL RETURNING pool_id")
        .bind("now", now.toEpochMilli())
        .map((row, context) -> row.getString("pool_id"))
        .list();
  }

  /** Leaves of a deleted pool its id alone. */
  static void empty(Handle handle, String poolId) {
    handle
        .createUpdate("UPDATE pool SET doc = '' WHERE pool_id = :pool AND deleted IS NOT NULL")
        .bind("pool", poolId)
        .execute();
  }
}
