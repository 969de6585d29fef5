package dev.gatehouse.store;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.WriteGuard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * 256 random bits and what is derived from them: a key that seals (AES-256-GCM) and one for each
 * purpose of a keyed hash (HMAC-SHA256). Derivation is HKDF's expansion alone, since the bits are
 * uniform already (RFC 5869 §3.3).
 *
 * <p>Sealed text: version byte 1, key id in four bytes, nonce of 12, ciphertext and tag of 16. The
 * header and the place are its associated data. Nonces are random: good for 2^32 values a key (NIST
 * SP 800-38D §8.3).
 */
final class SealingKey {
  static final int LENGTH = 32;
  private static final byte FORMAT = 1;
  private static final int HEADER = 5;
  private static final int NONCE = 12;
  private static final int TAG = 16;

  private final int id;
  private final SecretKey root;
  private final SecretKey sealing;
  private final Map<String, SecretKey> macKeys = new ConcurrentHashMap<>();

  SealingKey(int id, byte[] bits) {
    if (bits.length != LENGTH) {
      throw new IllegalArgumentException("a sealing key has " + LENGTH + " bytes");
    }
    this.id = id;
    this.root = new SecretKeySpec(bits, "Generic");
    this.sealing = derive("AES", "gatehouse seal 1");
  }

  int id() {
    return id;
  }

  byte[] seal(Ids ids, Place place, byte[] plain) {
    WriteGuard.outside("sealing");
    byte[] nonce = ids.bytes(NONCE);
    byte[] header = ByteBuffer.allocate(HEADER).put(FORMAT).putInt(id).array();
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, header, place);
      ByteBuffer sealed = ByteBuffer.allocate(HEADER + NONCE + plain.length + TAG);
      sealed.put(header).put(nonce);
      cipher.doFinal(ByteBuffer.wrap(plain), sealed);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not to be had", e);
    }
  }

  /** Empty when the text was not sealed by this key for this place, or was altered. */
  Optional<byte[]> open(Place place, byte[] sealed) {
    WriteGuard.outside("opening a sealed value");
    OptionalInt sealedBy = idOf(sealed);
    if (sealedBy.isEmpty() || sealedBy.getAsInt() != id) {
      return Optional.empty();
    }
    ByteBuffer text = ByteBuffer.wrap(sealed);
    byte[] header = new byte[HEADER];
    byte[] nonce = new byte[NONCE];
    text.get(header).get(nonce);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, header, place);
      return Optional.of(cipher.doFinal(sealed, text.position(), text.remaining()));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM is not to be had", e);
    }
  }

  /** The id of the key that made a sealed text; empty when it is none. */
  static OptionalInt idOf(byte[] sealed) {
    return sealed.length < HEADER + NONCE + TAG || sealed[0] != FORMAT
        ? OptionalInt.empty()
        : OptionalInt.of(ByteBuffer.wrap(sealed, 1, 4).getInt());
  }

  /** HMAC-SHA256 over the framed parts. */
  byte[] mac(String purpose, byte[]... parts) {
    WriteGuard.outside("a keyed hash");
    SecretKey key =
        macKeys.computeIfAbsent(purpose, any -> derive("HmacSHA256", "gatehouse mac 1 " + any));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(Framing.of(parts));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA256 is not to be had", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] header, Place place)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, sealing, new GCMParameterSpec(TAG * 8, nonce));
    cipher.updateAAD(header);
    cipher.updateAAD(Framing.of(place.table(), place.poolId(), place.rowKey(), place.column()));
    return cipher;
  }

  private SecretKey derive(String algorithm, String info) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.expandOnly(root, info.getBytes(StandardCharsets.UTF_8), LENGTH));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is not to be had", e);
    }
  }
}
