package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what travels through a stranger's hands and comes back, such as the flow state in Session
 * and SECRET_BLOCK: AES-256-GCM with a random nonce (NIST SP 800-38D §8.2.2; its limit of 2^32
 * texts a key is kept by changing the key daily).
 *
 * <p>Form: version 1 (1 byte) ‖ key id (4) ‖ nonce (12) ‖ ciphertext and tag. Authenticated
 * besides: version, key id, and the context, each of its texts with its length, so that a text
 * sealed for one pool, client or kind opens for no other.
 */
public final class Sealer {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 5;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** What sealing adds to a text, in bytes. */
  public static final int OVERHEAD = HEADER_BYTES + NONCE_BYTES + TAG_BYTES;

  private final SecureRandom random;

  public Sealer(SecureRandom random) {
    this.random = random;
  }

  /**
   * Seals with the ring's current key.
   *
   * @param context where the text belongs: the same list opens it again
   */
  public byte[] seal(KeyRing keys, byte[] text, List<String> context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer sealed = ByteBuffer.allocate(OVERHEAD + text.length);
    sealed.put(VERSION).putInt(keys.current().id()).put(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.current(), nonce, context);
      return sealed.put(cipher.doFinal(text)).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    }
  }

  /**
   * Opens what {@link #seal} made. Empty for everything else: another version, a key that is gone,
   * another context, altered bytes.
   */
  public Optional<byte[]> open(KeyRing keys, byte[] sealed, List<String> context) {
    if (sealed.length < OVERHEAD || sealed[0] != VERSION) {
      return Optional.empty();
    }
    Optional<SealKey> key = keys.find(ByteBuffer.wrap(sealed).getInt(1));
    if (key.isEmpty()) {
      return Optional.empty();
    }
    int begin = HEADER_BYTES + NONCE_BYTES;
    try {
      byte[] nonce = Arrays.copyOfRange(sealed, HEADER_BYTES, begin);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key.get(), nonce, context);
      return Optional.of(cipher.doFinal(sealed, begin, sealed.length - begin));
    } catch (AEADBadTagException altered) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    }
  }

  private static Cipher cipher(int mode, SealKey key, byte[] nonce, List<String> context)
      throws GeneralSecurityException {
    byte[] raw = key.key().bytes();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode, new SecretKeySpec(raw, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
      cipher.updateAAD(ByteBuffer.allocate(HEADER_BYTES).put(VERSION).putInt(key.id()).array());
      for (String text : context) {
        byte[] bytes = text.getBytes(UTF_8);
        cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        cipher.updateAAD(bytes);
      }
      return cipher;
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }
}
