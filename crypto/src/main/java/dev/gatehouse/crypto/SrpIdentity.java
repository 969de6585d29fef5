package dev.gatehouse.crypto;

/**
 * What SRP binds the password to; concatenated without a separator, as Cognito's clients do.
 *
 * @param poolName the part of the pool id after {@code _}; for a device its DeviceGroupKey
 * @param userId USER_ID_FOR_SRP; for a device its DeviceKey
 */
public record SrpIdentity(String poolName, String userId) {
  /** The identity of a user of this pool (auth.md §4). */
  public static SrpIdentity ofUser(String poolId, String userIdForSrp) {
    return new SrpIdentity(poolId.substring(poolId.indexOf('_') + 1), userIdForSrp);
  }

  /** The identity of a remembered device (auth.md §11). */
  public static SrpIdentity ofDevice(String deviceGroupKey, String deviceKey) {
    return new SrpIdentity(deviceGroupKey, deviceKey);
  }
}
