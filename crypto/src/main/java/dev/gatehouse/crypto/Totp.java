package dev.gatehouse.crypto;

import dev.gatehouse.kernel.Secret;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Time-based one-time passwords (RFC 6238) as authenticator apps make them: HMAC-SHA-1, steps of 30
 * seconds, six digits.
 */
public final class Totp {
  /** Seconds of one time step. */
  public static final int STEP_SECONDS = 30;

  /** How many steps before and after the present one are accepted (RFC 6238 §5.2). */
  public static final int WINDOW = 1;

  private static final int MODULUS = 1_000_000;
  private static final char[] BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".toCharArray();

  private Totp() {}

  /** The number of the time step. */
  public static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), (long) STEP_SECONDS);
  }

  /** The six digits of a time step (RFC 4226 §5.3). */
  public static String code(Secret key, long step) {
    byte[] hash = hmacSha1(key, step);
    int offset = hash[hash.length - 1] & 0x0f;
    int truncated =
        (hash[offset] & 0x7f) << 24
            | (hash[offset + 1] & 0xff) << 16
            | (hash[offset + 2] & 0xff) << 8
            | (hash[offset + 3] & 0xff);
    return String.format(Locale.ROOT, "%06d", truncated % MODULUS);
  }

  /**
   * The time step that the presented code is of: the present one or a neighbour. Compares with all
   * of them in constant time; of two equal codes the later step counts.
   */
  public static OptionalLong match(Secret key, String presented, Instant now) {
    Secret given = Secret.of(presented);
    OptionalLong found = OptionalLong.empty();
    for (long step = step(now) - WINDOW; step <= step(now) + WINDOW; step++) {
      if (Secret.of(code(key, step)).matches(given)) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  /** The key as authenticator apps take it: Base32 without padding (RFC 4648 §6). */
  public static Secret base32(Secret key) {
    byte[] bytes = key.bytes();
    StringBuilder text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte value : bytes) {
      buffer = buffer << 8 | (value & 0xff);
      bits += 8;
      while (bits >= 5) {
        text.append(BASE32[buffer >> (bits - 5) & 31]);
        bits -= 5;
      }
    }
    if (bits > 0) {
      text.append(BASE32[buffer << (5 - bits) & 31]);
    }
    return Secret.of(text.toString());
  }

  private static byte[] hmacSha1(Secret key, long step) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.bytes(), "HmacSHA1"));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-1 is part of every JDK", e);
    }
  }
}
