package dev.gatehouse.userpool.directory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Table {@code device}. */
public final class DeviceStore {
  private static final RowMapper<Device> DEVICE =
      (row, context) ->
          new Device(
              row.getString("pool_id"),
              row.getString("sub"),
              row.getString("device_key"),
              row.getString("group_key"),
              row.getInt("remembered") == 1,
              row.getString("name"),
              row.getString("sdk"),
              row.getString("address"),
              row.getBytes("salt"),
              row.getBytes("verifier"),
              Instant.ofEpochMilli(row.getLong("created")),
              Instant.ofEpochMilli(row.getLong("modified")),
              Instant.ofEpochMilli(row.getLong("authenticated")));

  private DeviceStore() {}

  public static Optional<Device> find(Handle handle, String poolId, String sub, String deviceKey) {
    return handle
        .createQuery(
            "SELECT * FROM device WHERE pool_id = :pool AND sub = :sub AND device_key = :device")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("device", deviceKey)
        .map(DEVICE)
        .findOne();
  }

  /** The user's devices by their keys, those after {@code after}. */
  public static List<Device> page(
      Handle handle, String poolId, String sub, String after, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM device WHERE pool_id = :pool AND sub = :sub AND device_key > :after
            ORDER BY device_key LIMIT :most
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("after", after)
        .bind("most", most)
        .map(DEVICE)
        .list();
  }

  /**
   * Registers a device, if its key was handed out to this user by a sign-in that has not ended: a
   * device that was forgotten cannot come back by an access token that outlives it.
   *
   * @return false when it is registered already, or no such sign-in is left
   */
  public static boolean insert(Handle handle, Device device) {
    return handle
            .createUpdate(
                """
                INSERT INTO device (pool_id, sub, device_key, group_key, remembered, name, sdk, address, salt, verifier, created, modified, authenticated)
                SELECT u.pool_id, u.sub, :device, :groupKey, :remembered, :name, :sdk, :address, :salt, :verifier, :created, :modified, :authenticated
                FROM pool_user u WHERE u.pool_id = :pool AND u.sub = :sub AND EXISTS (
                  SELECT 1 FROM family f WHERE f.pool_id = :pool AND f.sub = :sub AND f.device_key = :device AND f.revoked = 0)
                ON CONFLICT (pool_id, sub, device_key) DO NOTHING
                """)
            .bind("pool", device.poolId())
            .bind("sub", device.sub())
            .bind("device", device.deviceKey())
            .bind("groupKey", device.groupKey())
            .bind("remembered", device.remembered() ? 1 : 0)
            .bind("name", device.name())
            .bind("sdk", device.sdk())
            .bind("address", device.address())
            .bind("salt", device.salt())
            .bind("verifier", device.sealedVerifier())
            .bind("created", device.created().toEpochMilli())
            .bind("modified", device.modified().toEpochMilli())
            .bind("authenticated", device.authenticated().toEpochMilli())
            .execute()
        == 1;
  }

  /**
   * Notes that the device has signed in, if it is still the one that was looked at, and still
   * remembered where the sign-in relied on that.
   *
   * @return false when it was forgotten meanwhile, or is not remembered any more
   */
  public static boolean signedIn(
      Handle handle, Device device, Reliance reliance, String address, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE device SET authenticated = :now, address = :address
                WHERE pool_id = :pool AND sub = :sub AND device_key = :device AND created = :created
                  AND (remembered = 1 OR :remembered = 0)
                """)
            .bind("pool", device.poolId())
            .bind("sub", device.sub())
            .bind("device", device.deviceKey())
            .bind("created", device.created().toEpochMilli())
            .bind("remembered", reliance == Reliance.STANDS_IN_FOR_FACTOR ? 1 : 0)
            .bind("address", address)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  /** What a sign-in relies on a device for. */
  public enum Reliance {
    /** It is the device that signs in. */
    TRACKED,
    /** It is remembered, and no second factor was asked for. */
    STANDS_IN_FOR_FACTOR
  }

  /**
   * @return false when the user has no such device
   */
  public static boolean setRemembered(
      Handle handle, String poolId, String sub, String deviceKey, boolean remembered, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE device SET remembered = :remembered, modified = :now
                WHERE pool_id = :pool AND sub = :sub AND device_key = :device
                """)
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("device", deviceKey)
            .bind("remembered", remembered ? 1 : 0)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  /**
   * @return false when the user has no such device
   */
  public static boolean delete(Handle handle, String poolId, String sub, String deviceKey) {
    return handle
            .createUpdate(
                "DELETE FROM device WHERE pool_id = :pool AND sub = :sub AND device_key = :device")
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("device", deviceKey)
            .execute()
        == 1;
  }
}
