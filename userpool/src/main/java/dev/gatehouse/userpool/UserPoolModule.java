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
import dev.gatehouse.store.Vault;
import dev.gatehouse.triggers.Functions;
import dev.gatehouse.triggers.kms.DataKeys;
import dev.gatehouse.userpool.api.AttributeWriting;
import dev.gatehouse.userpool.api.CodeSending;
import dev.gatehouse.userpool.api.DeviceRecords;
import dev.gatehouse.userpool.api.MfaPreferences;
import dev.gatehouse.userpool.auth.AuthEngine;
import dev.gatehouse.userpool.auth.AuthModule;
import dev.gatehouse.userpool.auth.AutoSignIn;
import dev.gatehouse.userpool.auth.Migration;
import dev.gatehouse.userpool.auth.RefreshFlow;
import dev.gatehouse.userpool.auth.TokenSetup;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Devices;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.SoftwareTokens;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.imports.ImportModule;
import dev.gatehouse.userpool.imports.ImportWorker;
import dev.gatehouse.userpool.imports.Uploads;
import dev.gatehouse.userpool.passkey.PasskeyRegistration;
import dev.gatehouse.userpool.passkey.PasskeyVerifier;
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
import dev.gatehouse.userpool.trigger.CustomSenders;
import dev.gatehouse.userpool.trigger.LambdaTriggers;
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

  /**
   * What triggers reach.
   *
   * @param keys what codes for a pool's own senders are encrypted under
   */
  public record Lambda(Functions functions, DataKeys keys) {}

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
  final Migration migration;
  final SoftwareTokens softwareTokens;
  final Devices devices;
  final AuthEngine engine;
  final TokenSetup tokenSetup;
  final AutoSignIn autoSignIn;
  final PasskeyRegistration passkeyRegistration;
  final MfaPreferences mfaPreferences;
  final AuthEvents events;
  final PageTokens pageTokens;
  final DeviceRecords deviceRecords;
  final PoolWriting poolWriting;
  final PoolCreation poolCreation;
  final AttributeWriting attributeWriting;
  final ImportModule imports;

  /**
   * @param lambda what pools' triggers call
   */
  public UserPoolModule(
      Ground ground, UserPoolConfig config, Issuers issuers, Postbox postbox, Lambda lambda) {
    this(
        ground,
        config,
        issuers,
        postbox,
        new LambdaTriggers(
            lambda.functions(),
            new CustomSenders(lambda.functions(), lambda.keys(), ground.ids()),
            LambdaTriggers.PATIENCE));
  }

  private UserPoolModule(
      Ground ground,
      UserPoolConfig config,
      Issuers issuers,
      Postbox postbox,
      LambdaTriggers lambda) {
    this(ground, config, issuers, postbox, lambda, lambda);
  }

  UserPoolModule(
      Ground ground,
      UserPoolConfig config,
      Issuers issuers,
      Postbox postbox,
      Triggers triggers,
      CustomAuthTriggers customAuth) {
    this.ground = ground;
    this.config = config;
    this.postbox = postbox;
    this.issuers = issuers;
    this.triggers = triggers;
    this.pools = new Pools(ground.database(), ground.vault(), ground.changes());
    this.poolChecks = new PoolChecks(config.tierGates());
    this.signingKeys = signingKeys(ground);
    this.decoys = new Decoys(ground.vault());
    this.users = new Users(decoys);
    this.passwords = passwords(ground);
    this.codes = new Codes(ground.vault(), ground.clock(), ground.ids());
    this.messages = new Messages(postbox, triggers, ground.clock());
    this.codeSending = new CodeSending(ground.database(), codes, decoys, messages, ground.clock());
    this.refreshTokens = new RefreshTokens(ground.vault());
    TokenIssuer tokens = tokenIssuer(ground, config, signingKeys, refreshTokens, issuers);
    this.accessTokens =
        new AccessTokens(pools, signingKeys, ground.verifier(), ground.database(), ground.clock());
    this.refreshFlow = refreshFlow(ground, config, refreshTokens, tokens, triggers);
    this.migration =
        new Migration(
            ground.database(), users, passwords, messages, triggers, ground.clock(), ground.ids());
    this.softwareTokens = new SoftwareTokens(ground.vault());
    this.devices = new Devices(ground.vault(), ground.ids());
    this.events = new AuthEvents(ground.clock(), ground.ids());
    PasskeyVerifier passkeyVerifier = new PasskeyVerifier();
    this.passkeyRegistration =
        new PasskeyRegistration(ground.database(), passkeyVerifier, ground.clock(), ground.ids());
    AuthModule auth =
        new AuthModule(ground, parts(passkeyVerifier, tokens, customAuth), refreshFlow);
    this.engine = auth.engine();
    this.tokenSetup = auth.tokenSetup();
    this.autoSignIn = auth.autoSignIn();
    this.mfaPreferences = new MfaPreferences(ground.database(), ground.clock());
    this.poolCreation =
        new PoolCreation(ground.database(), ground.vault(), signingKeys, ground.clock());
    this.poolWriting = new PoolWriting(pools, ground.database(), ground.clock());
    this.attributeWriting = new AttributeWriting(ground.database(), codes, messages);
    this.pageTokens = new PageTokens(ground.vault(), ground.clock(), Duration.ofHours(1));
    this.imports = new ImportModule(ground, pools, issuers);
    this.deviceRecords =
        new DeviceRecords(ground.database(), ground.vault(), pageTokens, ground.clock());
  }

  /** What the sign-in engine needs; all that is a field has been made before. */
  private AuthModule.Parts parts(
      PasskeyVerifier passkeyVerifier, TokenIssuer tokens, CustomAuthTriggers customAuth) {
    return new AuthModule.Parts(
        pools,
        poolChecks,
        users,
        passwords,
        decoys,
        codes,
        softwareTokens,
        devices,
        passkeyVerifier,
        messages,
        tokens,
        accessTokens,
        triggers,
        customAuth,
        migration,
        config.lockOut(),
        events);
  }

  private static SigningKeys signingKeys(Ground ground) {
    return new SigningKeys(
        ground.database(),
        ground.vault(),
        ground.rs256(),
        ground.keyStock(),
        ground.changes(),
        ground.clock());
  }

  private static Passwords passwords(Ground ground) {
    return new Passwords(
        ground.hasher(),
        ground.srp(),
        ground.vault(),
        ground.database(),
        ground.clock(),
        ground.ids());
  }

  private static TokenIssuer tokenIssuer(
      Ground ground,
      UserPoolConfig config,
      SigningKeys signingKeys,
      RefreshTokens refreshTokens,
      Issuers issuers) {
    return new TokenIssuer(
        signingKeys,
        ground.signer(),
        refreshTokens,
        issuers,
        ground.database(),
        config.sessionClaim(),
        ground.clock(),
        ground.ids());
  }

  private static RefreshFlow refreshFlow(
      Ground ground,
      UserPoolConfig config,
      RefreshTokens refreshTokens,
      TokenIssuer tokens,
      Triggers triggers) {
    return new RefreshFlow(
        ground.database(),
        refreshTokens,
        tokens,
        triggers,
        config.refreshReuse(),
        ground.clock(),
        ground.meter());
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

  /** Where the files of import jobs are put. */
  public Uploads uploads() {
    return imports.uploads();
  }

  /** Runs import jobs; to be started, and closed before the database is. */
  public ImportWorker importWorker() {
    return imports.worker();
  }

  public Pools pools() {
    return pools;
  }

  public SigningKeys signingKeys() {
    return signingKeys;
  }
}
