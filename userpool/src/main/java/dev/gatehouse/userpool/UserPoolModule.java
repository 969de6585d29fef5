package dev.gatehouse.userpool;

import dev.gatehouse.crypto.PasswordHasher;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.jose.KeyStock;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.TokenSigner;
import dev.gatehouse.jose.TokenVerifier;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.store.PoolSecrets;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.api.AttributeWriting;
import dev.gatehouse.userpool.api.CodeSending;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.NewPasswordStep;
import dev.gatehouse.userpool.auth.PasswordFlow;
import dev.gatehouse.userpool.auth.RefreshFlow;
import dev.gatehouse.userpool.auth.Sessions;
import dev.gatehouse.userpool.auth.SignIn;
import dev.gatehouse.userpool.auth.SrpFlow;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolCreation;
import dev.gatehouse.userpool.pool.PoolRemoval;
import dev.gatehouse.userpool.pool.PoolWriting;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.RefreshTokens;
import dev.gatehouse.userpool.token.SigningKeys;
import dev.gatehouse.userpool.token.TokenIssuer;
import java.time.Duration;

/**
 * The capability put together: its parts by constructor, in the order in which they need one
 * another.
 */
public final class UserPoolModule {
  /** What the capability needs of the ground. */
  public record Ground(
      Database database,
      Vault vault,
      ConfigChanges changes,
      Clock clock,
      Ids ids,
      Meter meter,
      PasswordHasher hasher,
      Srp6a srp,
      Rs256 rs256,
      KeyStock keyStock,
      TokenSigner signer,
      TokenVerifier verifier) {}

  final Ground ground;
  final UserPoolConfig config;
  private final Postbox postbox;
  final Pools pools;
  final PoolChecks poolChecks;
  final SigningKeys signingKeys;
  final Issuers issuers;
  final Triggers triggers;
  final Decoys decoys;
  final Users users;
  final Passwords passwords;
  final Codes codes;
  final Messages messages;
  final CodeSending codeSending;
  final RefreshTokens refreshTokens;
  final AccessTokens accessTokens;
  final RefreshFlow refreshFlow;
  final AuthEngine engine;
  final PageTokens pageTokens;
  final PoolWriting poolWriting;
  final PoolCreation poolCreation;
  final AttributeWriting attributeWriting;

  public UserPoolModule(Ground ground, UserPoolConfig config, Issuers issuers, Postbox postbox) {
    this.ground = ground;
    this.config = config;
    this.postbox = postbox;
    this.issuers = issuers;
    this.triggers = new UnservedTriggers();
    this.pools = new Pools(ground.database(), ground.vault(), ground.changes());
    this.poolChecks = new PoolChecks(config.tierGates());
    this.signingKeys =
        new SigningKeys(
            ground.database(),
            ground.vault(),
            ground.rs256(),
            ground.keyStock(),
            ground.changes(),
            ground.clock());
    this.decoys = new Decoys(ground.vault());
    this.users = new Users(decoys);
    this.passwords =
        new Passwords(
            ground.hasher(),
            ground.srp(),
            ground.vault(),
            ground.database(),
            ground.clock(),
            ground.ids());
    this.codes = new Codes(ground.vault(), ground.clock(), ground.ids());
    this.messages = new Messages(postbox, triggers, ground.clock());
    this.codeSending = new CodeSending(ground.database(), codes, decoys, messages, ground.clock());
    this.refreshTokens = new RefreshTokens(ground.vault());
    TokenIssuer tokens =
        new TokenIssuer(
            signingKeys,
            ground.signer(),
            refreshTokens,
            issuers,
            ground.database(),
            config.sessionClaim(),
            ground.clock(),
            ground.ids());
    this.accessTokens =
        new AccessTokens(pools, signingKeys, ground.verifier(), ground.database(), ground.clock());
    this.refreshFlow =
        new RefreshFlow(
            ground.database(),
            refreshTokens,
            tokens,
            triggers,
            config.refreshReuse(),
            ground.clock(),
            ground.meter());
    this.engine = engine(ground, tokens);
    this.poolCreation =
        new PoolCreation(ground.database(), ground.vault(), signingKeys, ground.clock());
    this.poolWriting = new PoolWriting(pools, ground.database(), ground.clock());
    this.attributeWriting = new AttributeWriting(ground.database(), codes, messages);
    this.pageTokens = new PageTokens(ground.vault(), ground.clock(), Duration.ofHours(1));
  }

  private AuthEngine engine(Ground ground, TokenIssuer tokens) {
    Sessions sessions =
        new Sessions(
            ground.database(),
            new PoolSecrets(
                ground.database(), ground.vault(), ground.changes(), ground.ids(), ground.clock()),
            ground.clock(),
            ground.ids());
    SignIn signIn =
        new SignIn(
            ground.database(),
            sessions,
            tokens,
            triggers,
            config.lockOut(),
            ground.clock(),
            ground.meter());
    return new AuthEngine(
        new PasswordFlow(ground.database(), users, passwords, signIn, triggers),
        new SrpFlow(
            ground.database(),
            users,
            passwords,
            decoys,
            ground.srp(),
            sessions,
            signIn,
            triggers,
            ground.clock()),
        refreshFlow,
        new NewPasswordStep(
            ground.database(),
            users,
            passwords,
            signIn,
            tokens,
            triggers,
            ground.clock(),
            ground.ids(),
            ground.meter()),
        sessions);
  }

  /** The documents at {@code /{poolId}/.well-known/}. */
  public Discovery discovery() {
    return new Discovery(pools, signingKeys, issuers);
  }

  public Seeding seeding() {
    return new Seeding(
        pools,
        poolCreation,
        poolChecks,
        passwords,
        ground.database(),
        ground.clock(),
        ground.ids());
  }

  public PoolRemoval poolRemoval() {
    return new PoolRemoval(ground.database(), postbox);
  }

  public Housekeeping housekeeping() {
    return new Housekeeping(ground.database(), poolRemoval(), ground.clock());
  }

  public Pools pools() {
    return pools;
  }

  public SigningKeys signingKeys() {
    return signingKeys;
  }
}
