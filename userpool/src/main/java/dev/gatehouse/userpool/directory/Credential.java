package dev.gatehouse.userpool.directory;

import java.time.Instant;

/**
 * A user's password in the two forms that sign-in needs: a hash for the clear password, salt and
 * verifier for SRP.
 *
 * @param hash PHC string
 * @param sealedVerifier the SRP verifier, sealed for its row
 * @param setAt when it was set; a temporary password is judged by it
 */
public record Credential(String hash, byte[] salt, byte[] sealedVerifier, Instant setAt) {}
