package dev.gatehouse.userpool.token;

import dev.gatehouse.jose.KeyStock;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.SelfSignedCertificate;
import dev.gatehouse.jose.SigningKey;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolStore;
import dev.gatehouse.userpool.token.SigningKeyStore.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The key that signs a pool's SAML requests, and its certificate (userpool.md §22). It is made when
 * it is first asked for, and stays: identity providers keep the certificate. It signs no tokens and
 * is not in the pool's JWKS.
 */
public final class SigningCertificates {
  private static final Duration VALID = Duration.ofDays(3650);

  private final Database database;
  private final Vault vault;
  private final Rs256 rs256;
  private final KeyStock stock;
  private final Clock clock;

  public SigningCertificates(
      Database database, Vault vault, Rs256 rs256, KeyStock stock, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.rs256 = rs256;
    this.stock = stock;
    this.clock = clock;
  }

  /**
   * The pool's certificate in DER, always the same.
   *
   * @throws dev.gatehouse.kernel.Refusal POOL_UNKNOWN when the pool was deleted meanwhile
   */
  public byte[] of(Pool pool) {
    Row row = find(pool).orElseGet(() -> make(pool));
    SigningKey key =
        rs256.load(
            row.kid(),
            Secret.of(vault.open(SigningKeys.place(pool.id(), row.kid()), row.sealed())));
    return SelfSignedCertificate.der(rs256, key, pool.id(), row.signs(), row.signs().plus(VALID));
  }

  private Optional<Row> find(Pool pool) {
    return database.read(handle -> SigningKeyStore.saml(handle, pool.id()));
  }

  /** Of several that make it at once the first one's stays. */
  private Row make(Pool pool) {
    SigningKey key = stock.take();
    Instant now = clock.now().truncatedTo(ChronoUnit.SECONDS);
    Row row =
        new Row(
            pool.id(),
            SigningKeyStore.SAML,
            SigningKeyStore.SAML,
            now,
            null,
            key.publicJwk().spki(),
            vault.seal(SigningKeys.place(pool.id(), SigningKeyStore.SAML), key.pkcs8()));
    database.write(handle -> {
      if (!PoolStore.hold(handle, pool.id())) {
        throw Why.POOL_UNKNOWN.refusal(pool.id());
      }
      SigningKeyStore.insert(handle, row);
      return row;
    });
    return find(pool).orElseThrow(() -> Why.POOL_UNKNOWN.refusal(pool.id()));
  }
}
