package dev.gatehouse.userpool.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.store.Vault;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The form of a refresh token: base64url(version ‖ pool-independent zero byte ‖ family id, 16 bytes
 * ‖ generation, 4 bytes ‖ HMAC-SHA256), keyed for the pool and covering pool and client too
 * (design.md §5). Nothing of it is stored; reading one costs a hash.
 */
public final class RefreshTokens {
  private static final byte VERSION = 1;
  private static final byte KEY_ID = 1;
  private static final int FAMILY_BYTES = 16;
  private static final int BODY_BYTES = 2 + FAMILY_BYTES + Integer.BYTES;
  private static final int MAC_BYTES = 32;

  private final Vault vault;

  public RefreshTokens(Vault vault) {
    this.vault = vault;
  }

  /** A token that is ours, whatever has become of its family. */
  public record Presented(String originJti, int generation) {}

  /** The family's token of the generation. */
  public String write(Family family, int generation) {
    byte[] body =
        ByteBuffer.allocate(BODY_BYTES)
            .put(VERSION)
            .put(KEY_ID)
            .put(HexFormat.of().parseHex(family.originJti().replace("-", "")))
            .putInt(generation)
            .array();
    byte[] mac = mac(family.poolId(), family.clientId(), body);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(ByteBuffer.allocate(BODY_BYTES + MAC_BYTES).put(body).put(mac).array());
  }

  /** Empty unless we made the token for this pool and client. */
  public Optional<Presented> read(String poolId, String clientId, String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (bytes.length != BODY_BYTES + MAC_BYTES || bytes[0] != VERSION || bytes[1] != KEY_ID) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOf(bytes, BODY_BYTES);
    byte[] mac = Arrays.copyOfRange(bytes, BODY_BYTES, bytes.length);
    if (!ConstantTime.equal(mac(poolId, clientId, body), mac)) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(body, 2, BODY_BYTES - 2);
    byte[] family = new byte[FAMILY_BYTES];
    buffer.get(family);
    return Optional.of(new Presented(dev.gatehouse.kernel.Ids.uuidOf(family), buffer.getInt()));
  }

  private byte[] mac(String poolId, String clientId, byte[] body) {
    return vault.mac(poolId, "refresh-token", clientId.getBytes(US_ASCII), body);
  }
}
