package dev.gatehouse.jose;

import dev.gatehouse.kernel.Secret;
import java.security.PrivateKey;

/**
 * An RSA-2048 key pair that signs tokens. Made and loaded by {@link Rs256}; prints its kid alone.
 */
public final class SigningKey {
  private final PublicJwk publicJwk;
  private final PrivateKey privateKey;
  private final Secret pkcs8;
  private final String header;

  SigningKey(PublicJwk publicJwk, PrivateKey privateKey, Secret pkcs8) {
    this.publicJwk = publicJwk;
    this.privateKey = privateKey;
    this.pkcs8 = pkcs8;
    this.header = TokenHeader.encode(publicJwk.kid());
  }

  public String kid() {
    return publicJwk.kid();
  }

  public PublicJwk publicJwk() {
    return publicJwk;
  }

  /** The private key in PKCS #8, to be sealed. */
  public Secret pkcs8() {
    return pkcs8;
  }

  PrivateKey privateKey() {
    return privateKey;
  }

  /** The token's first part, the same for every token of this key. */
  String header() {
    return header;
  }

  @Override
  public String toString() {
    return "SigningKey[" + kid() + "]";
  }
}
