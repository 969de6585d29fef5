package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The AWS Encryption SDK's message format, version 2, in the algorithm suite 0x0478: AES-256-GCM
 * under a key derived by HKDF-SHA512, committed to, without a signature. One frame, for short
 * texts. Source: "AWS Encryption SDK message format reference" and its public specification
 * (data-format/message-header.md, message-body.md; algorithm-suites.md).
 */
public final class EncryptionSdkMessage {
  private static final byte VERSION = 2;
  private static final short SUITE = 0x0478;
  private static final byte FRAMED = 2;
  private static final int FRAME_BYTES = 4096;
  private static final int FINAL_FRAME = 0xFFFFFFFF;
  private static final int FIRST = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final String PROVIDER = "aws-kms";

  /** The suite, and what the key is for. */
  private static final byte[] DERIVE = {4, 0x78, 'D', 'E', 'R', 'I', 'V', 'E', 'K', 'E', 'Y'};

  private static final byte[] COMMIT = "COMMITKEY".getBytes(UTF_8);
  private static final byte[] FINAL_CONTENT = "AWSKMSEncryptionClient Final Frame".getBytes(UTF_8);

  /** How many random bytes a message needs. */
  public static final int ID_BYTES = 32;

  /** The longest text of one frame. */
  public static final int MOST_BYTES = FRAME_BYTES;

  private EncryptionSdkMessage() {}

  /**
   * A data key as KMS made it.
   *
   * @param keyArn the key that it is encrypted under
   * @param plaintext 32 bytes
   * @param encrypted what KMS decrypts to it
   */
  public record DataKey(String keyArn, Secret plaintext, byte[] encrypted) {}

  /**
   * Encrypts.
   *
   * @param id random, never used twice with one data key
   * @param context authenticated, and readable by everybody
   * @throws IllegalArgumentException when the text is longer than one frame
   */
  public static byte[] encrypt(DataKey key, byte[] id, Map<String, String> context, byte[] text) {
    if (text.length > MOST_BYTES || id.length != ID_BYTES) {
      throw new IllegalArgumentException("not a message of one frame");
    }
    // 1. key derivation: the message id is the salt; one key to encrypt, one to commit to
    byte[] dataKey = key.plaintext().bytes();
    byte[] derived = Hkdf.sha512(dataKey, id, DERIVE, KEY_BYTES);
    byte[] commitment = Hkdf.sha512(dataKey, id, COMMIT, KEY_BYTES);
    // 2. header body
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(VERSION);
    putShort(message, SUITE);
    message.writeBytes(id);
    putShortField(message, serialized(context));
    putShort(message, 1);
    putShortField(message, PROVIDER.getBytes(UTF_8));
    putShortField(message, key.keyArn().getBytes(UTF_8));
    putShortField(message, key.encrypted());
    message.write(FRAMED);
    putInt(message, FRAME_BYTES);
    message.writeBytes(commitment);
    // 3. header authentication: the tag over the header body, under a nonce of zeros
    byte[] header = message.toByteArray();
    message.writeBytes(seal(derived, new byte[NONCE_BYTES], header, new byte[0]));
    // 4. the final frame; its nonce is its number
    byte[] nonce =
        ByteBuffer.allocate(NONCE_BYTES).putInt(NONCE_BYTES - Integer.BYTES, FIRST).array();
    byte[] authenticated =
        ByteBuffer.allocate(ID_BYTES + FINAL_CONTENT.length + Integer.BYTES + Long.BYTES)
            .put(id)
            .put(FINAL_CONTENT)
            .putInt(FIRST)
            .putLong(text.length)
            .array();
    putInt(message, FINAL_FRAME);
    putInt(message, FIRST);
    message.writeBytes(nonce);
    putInt(message, text.length);
    message.writeBytes(seal(derived, nonce, authenticated, text));
    return message.toByteArray();
  }

  /** Count, then names and values with their lengths, by the order of the names' bytes. */
  private static byte[] serialized(Map<String, String> context) {
    if (context.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    putShort(result, context.size());
    new TreeMap<>(context)
        .forEach((name, value) -> {
          putShortField(result, name.getBytes(UTF_8));
          putShortField(result, value.getBytes(UTF_8));
        });
    return result.toByteArray();
  }

  private static byte[] seal(byte[] key, byte[] nonce, byte[] authenticated, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
      cipher.updateAAD(authenticated);
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-256-GCM", e);
    }
  }

  private static void putShort(ByteArrayOutputStream to, int value) {
    to.write(value >>> Byte.SIZE);
    to.write(value);
  }

  private static void putInt(ByteArrayOutputStream to, int value) {
    putShort(to, value >>> Short.SIZE);
    putShort(to, value);
  }

  private static void putShortField(ByteArrayOutputStream to, byte[] bytes) {
    putShort(to, bytes.length);
    to.writeBytes(bytes);
  }
}
