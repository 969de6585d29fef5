package dev.gatehouse.userpool.pool;

import dev.gatehouse.userpool.Documents;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Tables {@code client}, {@code client_pool} and {@code client_secret}. */
public final class ClientStore {
  /** A client's row without its secrets. */
  public record ClientRow(
      String poolId,
      String clientId,
      Instant created,
      Instant modified,
      int revision,
      ClientDocument document,
      String doc) {
    /** A row ready to be written: inside a write no JSON is built (design.md §5). */
    public static ClientRow of(
        String poolId,
        String clientId,
        Instant created,
        Instant modified,
        int revision,
        ClientDocument document) {
      return new ClientRow(
          poolId, clientId, created, modified, revision, document, Documents.write(document));
    }
  }

  /** A sealed secret. */
  public record SecretRow(String secretId, int slot, Instant created, byte[] sealed) {}

  private static final RowMapper<ClientRow> CLIENT =
      (row, context) ->
          new ClientRow(
              row.getString("pool_id"),
              row.getString("client_id"),
              Instant.ofEpochMilli(row.getLong("created")),
              Instant.ofEpochMilli(row.getLong("modified")),
              row.getInt("revision"),
              Documents.read(row.getString("doc"), ClientDocument.class),
              row.getString("doc"));

  private ClientStore() {}

  /**
   * @return false when the client id is taken, in whatever pool
   */
  public static boolean insert(Handle handle, ClientRow client) {
    boolean free =
        handle
                .createUpdate(
                    "INSERT INTO client_pool (client_id, pool_id) VALUES (:client, :pool) ON CONFLICT (client_id) DO NOTHING")
                .bind("client", client.clientId())
                .bind("pool", client.poolId())
                .execute()
            == 1;
    if (free) {
      handle
          .createUpdate(
              """
              INSERT INTO client (pool_id, client_id, created, modified, revision, doc)
              VALUES (:pool, :client, :created, :modified, 0, :doc)
              """)
          .bind("pool", client.poolId())
          .bind("client", client.clientId())
          .bind("created", client.created().toEpochMilli())
          .bind("modified", client.modified().toEpochMilli())
          .bind("doc", client.doc())
          .execute();
    }
    return free;
  }

  /** The client wherever it is: unsigned calls name the client alone. */
  public static Optional<ClientRow> find(Handle handle, String clientId) {
    return handle
        .createQuery(
            """
            SELECT c.* FROM client_pool p JOIN client c ON c.pool_id = p.pool_id AND c.client_id = p.client_id
            WHERE p.client_id = :client
            """)
        .bind("client", clientId)
        .map(CLIENT)
        .findOne();
  }

  /**
   * @return false when the row has changed since it was read, or is gone
   */
  public static boolean update(Handle handle, ClientRow client) {
    return handle
            .createUpdate(
                """
                UPDATE client SET modified = :modified, revision = revision + 1, doc = :doc
                WHERE pool_id = :pool AND client_id = :client AND revision = :revision
                """)
            .bind("pool", client.poolId())
            .bind("client", client.clientId())
            .bind("modified", client.modified().toEpochMilli())
            .bind("revision", client.revision())
            .bind("doc", client.doc())
            .execute()
        == 1;
  }

  /**
   * @return false when it is gone
   */
  public static boolean delete(Handle handle, String poolId, String clientId) {
    handle
        .createUpdate("DELETE FROM client_pool WHERE client_id = :client AND pool_id = :pool")
        .bind("client", clientId)
        .bind("pool", poolId)
        .execute();
    handle
        .createUpdate("DELETE FROM client_secret WHERE pool_id = :pool AND client_id = :client")
        .bind("client", clientId)
        .bind("pool", poolId)
        .execute();
    return handle
            .createUpdate("DELETE FROM client WHERE pool_id = :pool AND client_id = :client")
            .bind("client", clientId)
            .bind("pool", poolId)
            .execute()
        == 1;
  }

  /** Takes away all clients of a pool that is being deleted; they are 1000 at most. */
  static void deleteAll(Handle handle, String poolId) {
    handle
        .createUpdate(
            "DELETE FROM client_pool WHERE client_id IN (SELECT client_id FROM client WHERE pool_id = :pool)")
        .bind("pool", poolId)
        .execute();
    handle.createUpdate("DELETE FROM client WHERE pool_id = :pool").bind("pool", poolId).execute();
  }

  /** Clients of a pool whose id comes after {@code afterId}, by id. */
  public static List<ClientRow> page(Handle handle, String poolId, String afterId, int most) {
    return handle
        .createQuery(
            "SELECT * FROM client WHERE pool_id = :pool AND client_id > :after ORDER BY client_id LIMIT :most")
        .bind("pool", poolId)
        .bind("after", afterId)
        .bind("most", most)
        .map(CLIENT)
        .list();
  }

  /** How many clients the pool has. */
  public static long count(Handle handle, String poolId) {
    return handle
        .createQuery("SELECT COUNT(*) AS clients FROM client WHERE pool_id = :pool")
        .bind("pool", poolId)
        .map((row, context) -> row.getLong("clients"))
        .one();
  }

  /**
   * Moves the row's revision without changing it: before its secrets are changed, so that two
   * changes at once wait for one another and the second sees that it was late.
   *
   * @return false when the row has changed since {@code client} was read, or is gone
   */
  public static boolean touch(Handle handle, AppClient client) {
    return handle
            .createUpdate(
                """
                UPDATE client SET revision = revision + 1
                WHERE pool_id = :pool AND client_id = :client AND revision = :revision
                """)
            .bind("pool", client.poolId())
            .bind("client", client.id())
            .bind("revision", client.revision())
            .execute()
        == 1;
  }

  public static List<SecretRow> secrets(Handle handle, String poolId, String clientId) {
    return handle
        .createQuery(
            "SELECT * FROM client_secret WHERE pool_id = :pool AND client_id = :client ORDER BY slot")
        .bind("pool", poolId)
        .bind("client", clientId)
        .map((row, context) ->
            new SecretRow(
                row.getString("secret_id"),
                row.getInt("slot"),
                Instant.ofEpochMilli(row.getLong("created")),
                row.getBytes("sealed")))
        .list();
  }

  /**
   * @return false when the slot is taken
   */
  public static boolean addSecret(Handle handle, String poolId, String clientId, SecretRow secret) {
    return handle
            .createUpdate(
                """
                INSERT INTO client_secret (pool_id, client_id, slot, secret_id, created, sealed)
                VALUES (:pool, :client, :slot, :secret, :created, :sealed)
                ON CONFLICT (pool_id, client_id, slot) DO NOTHING
                """)
            .bind("pool", poolId)
            .bind("client", clientId)
            .bind("slot", secret.slot())
            .bind("secret", secret.secretId())
            .bind("created", secret.created().toEpochMilli())
            .bind("sealed", secret.sealed())
            .execute()
        == 1;
  }

  /**
   * Deletes a secret, if another one is there.
   *
   * @return false when it is gone or the last
   */
  public static boolean deleteSecret(
      Handle handle, String poolId, String clientId, String secretId) {
    return handle
            .createUpdate(
                """
                DELETE FROM client_secret WHERE pool_id = :pool AND client_id = :client AND secret_id = :secret AND EXISTS (
                  SELECT 1 FROM client_secret o WHERE o.pool_id = :pool AND o.client_id = :client AND o.secret_id <> :secret)
                """)
            .bind("pool", poolId)
            .bind("client", clientId)
            .bind("secret", secretId)
            .execute()
        == 1;
  }
}
