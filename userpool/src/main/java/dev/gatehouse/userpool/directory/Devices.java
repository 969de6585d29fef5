package dev.gatehouse.userpool.directory;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Base64;
import java.util.Optional;

/** Makes device keys, and seals and opens the verifiers of devices; outside a write. */
public final class Devices {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int GROUP_LETTERS = 8;

  /** N has 384 bytes, and a number may bring a sign byte. */
  private static final int LONGEST_VERIFIER = 385;

  private static final int LONGEST_SALT = 64;

  private final Vault vault;
  private final Ids ids;

  public Devices(Vault vault, Ids ids) {
    this.vault = vault;
    this.ids = ids;
  }

  /** A key that no device has yet, and the group of the user's devices. */
  public NewDevice offer(Pool pool, String sub) {
    return new NewDevice(pool.region() + "_" + ids.uuid(), groupKey(pool.id(), sub));
  }

  /** {@code DeviceGroupKey}: the same for all devices of a user. */
  public String groupKey(String poolId, String sub) {
    byte[] mac = vault.mac(poolId, "device-group", sub.getBytes(US_ASCII));
    StringBuilder result = new StringBuilder("-");
    for (int i = 0; i < GROUP_LETTERS; i++) {
      result.append(ALPHABET.charAt(Byte.toUnsignedInt(mac[i]) % ALPHABET.length()));
    }
    return result.toString();
  }

  /** A device's salt and sealed verifier. */
  public record Sealed(byte[] salt, byte[] verifier) {}

  /**
   * Reads {@code DeviceSecretVerifierConfig} and seals the verifier for its row. Whether it belongs
   * to the device's secret shows at the next sign-in only.
   *
   * @param passwordVerifier base64 of the number's pad() bytes
   * @param salt base64 likewise
   * @return empty for what is not base64, or no number that SRP can reckon with
   */
  public Optional<Sealed> seal(
      String poolId, String sub, String deviceKey, String passwordVerifier, String salt) {
    byte[] verifierBytes;
    byte[] saltBytes;
    try {
      verifierBytes = Base64.getDecoder().decode(passwordVerifier);
      saltBytes = Base64.getDecoder().decode(salt);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (verifierBytes.length > LONGEST_VERIFIER
        || saltBytes.length == 0
        || saltBytes.length > LONGEST_SALT) {
      return Optional.empty();
    }
    SrpVerifier verifier;
    try {
      verifier = SrpVerifier.of(Secret.of(verifierBytes));
    } catch (IllegalArgumentException outOfRange) {
      return Optional.empty();
    }
    byte[] sealed = vault.seal(place(poolId, sub, deviceKey), verifier.bytes());
    return Optional.of(new Sealed(saltBytes, sealed));
  }

  /** The device's SRP verifier. */
  public SrpVerifier verifier(Device device) {
    Place place = place(device.poolId(), device.sub(), device.deviceKey());
    return SrpVerifier.of(Secret.of(vault.open(place, device.sealedVerifier())));
  }

  private static Place place(String poolId, String sub, String deviceKey) {
    return new Place("device", poolId, sub + ' ' + deviceKey, "verifier");
  }
}
