package dev.gatehouse.userpool.directory;

import java.time.Instant;

/**
 * A user's password in the two forms that sign-in needs: a hash for the clear password, salt and
 * verifier for SRP. One that was imported has the hash alone, of another system's kind, until its
 * owner first shows the clear password ({@link Passwords#adopt}).
 *
 * @param hash PHC string, or an imported hash
 * @param sealedVerifier the SRP verifier, sealed for its row
 * @param setAt when it was set; a temporary password is judged by it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Credential(String hash, byte[] salt, byte[] sealedVerifier, Instant setAt) {
  /** What stands in the columns of an imported hash: no sealed value is as short. */
  private static final int NOTHING = 1;

  /** An imported hash, without verifier. */
  public static Credential imported(String hash, Instant setAt) {
    return new Credential(hash, new byte[NOTHING], new byte[NOTHING], setAt);
  }

  /** Whether SRP is possible. */
  public boolean hasVerifier() {
    return sealedVerifier.length > NOTHING;
  }
}
