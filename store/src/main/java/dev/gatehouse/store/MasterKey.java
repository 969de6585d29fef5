package dev.gatehouse.store;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The key that wraps the data keys: 256 bits, kept outside the database. Without it what is sealed
 * in the database, and in every backup of it, is lost.
 */
public final class MasterKey {
  private static final int WRAPPING = 0;
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  private final Secret bits;
  private final SealingKey key;
  private final String fingerprint;

  private MasterKey(byte[] bits) {
    this.bits = Secret.of(bits);
    this.key = new SealingKey(WRAPPING, bits);
    this.fingerprint = HexFormat.of().formatHex(key.mac("fingerprint"), 0, 16);
  }

  /**
   * The key of the given 32 bytes.
   *
   * @throws IllegalArgumentException for any other number of bytes
   */
  public static MasterKey of(Secret bits) {
    return new MasterKey(bits.bytes());
  }

  /**
   * The key as a file or an environment variable has it: 32 bytes as base64 (either alphabet) or 64
   * hexadecimal digits.
   *
   * @throws StartRefusedException for anything else
   */
  public static MasterKey parse(Secret text) {
    String trimmed = text.text().strip();
    if (HEX.matcher(trimmed).matches()) {
      return new MasterKey(HexFormat.of().parseHex(trimmed));
    }
    try {
      byte[] bits = Base64.getUrlDecoder().decode(trimmed.replace('+', '-').replace('/', '_'));
      if (bits.length == SealingKey.LENGTH) {
        return new MasterKey(bits);
      }
    } catch (IllegalArgumentException notBase64) {
      // Refused below, without a word of what was given.
    }
    throw new StartRefusedException(
        "The master key must be 32 bytes, written as base64 or as 64 hexadecimal digits.");
  }

  /** A new one. */
  public static MasterKey random(Ids ids) {
    return new MasterKey(ids.bytes(SealingKey.LENGTH));
  }

  /** 32 hexadecimal digits that tell keys apart and tell nothing about the key. */
  public String fingerprint() {
    return fingerprint;
  }

  /** The key as {@link #parse} reads it. */
  Secret text() {
    byte[] encoded = Base64.getEncoder().encode(bits.bytes());
    return Secret.of(new String(encoded, StandardCharsets.US_ASCII));
  }

  byte[] wrap(Ids ids, String poolId, int version, byte[] dataKey) {
    return key.seal(ids, place(poolId, version), dataKey);
  }

  Optional<byte[]> unwrap(String poolId, int version, byte[] wrapped) {
    return key.open(place(poolId, version), wrapped);
  }

  private static Place place(String poolId, int version) {
    return new Place("data_key", poolId, Integer.toString(version), "wrapped");
  }

  @Override
  public String toString() {
    return "master key " + fingerprint;
  }
}
