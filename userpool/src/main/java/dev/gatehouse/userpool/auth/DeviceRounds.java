package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.auth.FlowState.DeviceSrp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Table {@code device_round}: that a first factor has been passed and its device is to follow, for
 * clients that answer DEVICE_SRP_AUTH without a Session (auth.md §11). At most one for a client,
 * kind of caller, user and device.
 */
public final class DeviceRounds {
  private DeviceRounds() {}

  /**
   * @param session the sealed state
   */
  static void put(Handle handle, AuthRequest request, DeviceSrp state, String session) {
    handle
        .createUpdate(
            """
            INSERT INTO device_round (pool_id, client_id, kind, sub, device_key, flow_id, session, expires)
            VALUES (:pool, :client, :kind, :sub, :device, :flow, :session, :expires)
            ON CONFLICT (pool_id, client_id, kind, sub, device_key)
            DO UPDATE SET flow_id = :flow, session = :session, expires = :expires
            """)
        .bind("pool", request.pool().id())
        .bind("client", request.client().id())
        .bind("kind", request.kind().name())
        .bind("sub", state.sub())
        .bind("device", state.deviceKey())
        .bind("flow", state.flowId())
        .bind("session", session)
        .bind("expires", state.expires().toEpochMilli())
        .execute();
  }

  /** The sealed state that is outstanding for this caller, user and device. */
  static Optional<String> find(
      Handle handle, AuthRequest request, String sub, String deviceKey, Instant now) {
    return handle
        .createQuery(
            """
            SELECT session FROM device_round
            WHERE pool_id = :pool AND client_id = :client AND kind = :kind AND sub = :sub AND device_key = :device
              AND expires > :now
            """)
        .bind("pool", request.pool().id())
        .bind("client", request.client().id())
        .bind("kind", request.kind().name())
        .bind("sub", sub)
        .bind("device", deviceKey)
        .bind("now", now.toEpochMilli())
        .mapTo(String.class)
        .findOne();
  }

  /**
   * Takes the round away: it is good once.
   *
   * @return false when it was taken before, or a later sign-in has replaced it
   */
  static boolean take(Handle handle, AuthRequest request, DeviceSrp state) {
    return handle
            .createUpdate(
                """
                DELETE FROM device_round
                WHERE pool_id = :pool AND client_id = :client AND kind = :kind AND sub = :sub AND device_key = :device
                  AND flow_id = :flow
                """)
            .bind("pool", request.pool().id())
            .bind("client", request.client().id())
            .bind("kind", request.kind().name())
            .bind("sub", state.sub())
            .bind("device", state.deviceKey())
            .bind("flow", state.flowId())
            .execute()
        == 1;
  }

  /** Takes away what has expired; at most {@code most} in one go. */
  public static int sweep(Handle handle, Instant now, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM device_round WHERE (pool_id, client_id, kind, sub, device_key) IN (
              SELECT pool_id, client_id, kind, sub, device_key FROM device_round WHERE expires < :now LIMIT :most)
            """)
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .execute();
  }
}
