package dev.gatehouse.userpool.passkey;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's passkey.
 *
 * @param id the credential's id, base64url
 * @param counter the authenticator's signature counter as seen last; 0 = it counts nothing
 * @param relyingPartyId whom it was made for
 * @param publicKey attested credential data in the authenticator's own form: AAGUID, id and key
 * @param transports how browsers reach the authenticator
 * @param attachment {@code platform} or {@code cross-platform}; null = not told
 * @param name {@code FriendlyCredentialName}
 * @param synced whether it may be copied to other devices of its owner
 */
public record Passkey(
    String poolId,
    String sub,
    String id,
    long counter,
    Instant created,
    String relyingPartyId,
    byte[] publicKey,
    List<String> transports,
    @Nullable String attachment,
    String name,
    boolean synced) {
  /** How many a user may have (userpool.md §10). */
  public static final int MOST = 20;

  public Passkey {
    publicKey = publicKey.clone();
    transports = List.copyOf(transports);
  }

  @Override
  public byte[] publicKey() {
    return publicKey.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Passkey passkey
        && poolId.equals(passkey.poolId)
        && id.equals(passkey.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "Passkey[" + id + "]";
  }
}
