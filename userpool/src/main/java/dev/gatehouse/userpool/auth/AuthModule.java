package dev.gatehouse.userpool.auth;

import dev.gatehouse.store.PoolSecrets;
import dev.gatehouse.userpool.CustomAuthTriggers;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolModule.Ground;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Devices;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.SoftwareTokens;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.passkey.PasskeyVerifier;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.TokenIssuer;

/** The sign-in engine put together. */
public final class AuthModule {
  /** What the engine needs of the capability. */
  public record Parts(
      Pools pools,
      PoolChecks poolChecks,
      Users users,
      Passwords passwords,
      Decoys decoys,
      Codes codes,
      SoftwareTokens softwareTokens,
      Devices devices,
      PasskeyVerifier passkeyVerifier,
      Messages messages,
      TokenIssuer tokens,
      AccessTokens accessTokens,
      Triggers triggers,
      CustomAuthTriggers customAuth,
      Migration migration,
      LockOut lockOut,
      AuthEvents events) {}

  private final AuthEngine engine;
  private final TokenSetup tokenSetup;
  private final AutoSignIn autoSignIn;

  public AuthModule(Ground ground, Parts parts, RefreshFlow refreshFlow) {
    Sessions sessions =
        new Sessions(
            ground.database(),
            new PoolSecrets(
                ground.database(), ground.vault(), ground.changes(), ground.ids(), ground.clock()),
            ground.clock(),
            ground.ids());
    SignInEvents events = new SignInEvents(parts.events());
    NextChallenge next =
        new NextChallenge(ground.database(), sessions, events, ground.clock(), ground.meter());
    SrpChallenge srpChallenge =
        new SrpChallenge(parts.passwords(), parts.decoys(), ground.srp(), sessions, ground.clock());
    CustomRounds rounds =
        new CustomRounds(
            ground.database(),
            parts.customAuth(),
            new CustomFlowStore(ground.vault()),
            next,
            srpChallenge);
    SessionUser sessionUser = new SessionUser(ground.database(), parts.users(), parts.decoys());
    SecondFactor secondFactor = new SecondFactor(next, parts.codes(), parts.messages());
    DeviceTracking devices = new DeviceTracking(ground.database(), parts.devices(), sessions, next);
    SignIn signIn =
        new SignIn(
            ground.database(),
            next,
            devices,
            secondFactor,
            rounds,
            parts.tokens(),
            parts.triggers(),
            parts.lockOut(),
            events,
            ground.clock(),
            ground.meter());
    ProvenAddress provenAddress = new ProvenAddress(ground.database(), signIn, ground.clock());
    PasswordFlow passwordFlow =
        new PasswordFlow(
            ground.database(),
            parts.users(),
            parts.passwords(),
            sessions,
            signIn,
            parts.migration());
    SrpFlow srpFlow =
        new SrpFlow(
            ground.database(),
            parts.users(),
            srpChallenge,
            sessionUser,
            ground.srp(),
            sessions,
            signIn,
            ground.clock());
    CustomFlow customFlow =
        new CustomFlow(
            ground.database(),
            parts.users(),
            sessions,
            sessionUser,
            rounds,
            parts.customAuth(),
            signIn);
    this.engine =
        new AuthEngine(
            passwordFlow,
            srpFlow,
            customFlow,
            new ChoiceFlow(
                ground.database(),
                parts.users(),
                sessionUser,
                new FirstFactors(parts.decoys()),
                passwordFlow,
                srpChallenge,
                new FirstFactorCode(
                    next,
                    signIn,
                    provenAddress,
                    parts.codes(),
                    parts.messages(),
                    parts.decoys(),
                    ground.clock()),
                new PasskeyFactor(
                    next, signIn, parts.passkeyVerifier(), parts.decoys(), ground.ids()),
                new StepUp(ground.database(), parts.accessTokens(), ground.clock()),
                sessions,
                next,
                signIn,
                parts.triggers()),
            refreshFlow,
            new NewPasswordStep(
                ground.database(),
                parts.users(),
                parts.passwords(),
                signIn,
                ground.clock(),
                ground.ids()),
            new MfaStep(
                ground.database(),
                sessionUser,
                signIn,
                secondFactor,
                provenAddress,
                parts.codes(),
                parts.softwareTokens(),
                ground.clock()),
            new DeviceStep(
                ground.database(),
                parts.users(),
                sessionUser,
                parts.devices(),
                ground.srp(),
                sessions,
                next,
                signIn,
                ground.clock()),
            sessions,
            parts.poolChecks());
    this.autoSignIn = new AutoSignIn(sessions, ground.clock());
    this.tokenSetup =
        new TokenSetup(
            ground.database(),
            parts.pools(),
            sessions,
            parts.softwareTokens(),
            ground.clock(),
            ground.ids());
  }

  public AuthEngine engine() {
    return engine;
  }

  public TokenSetup tokenSetup() {
    return tokenSetup;
  }

  public AutoSignIn autoSignIn() {
    return autoSignIn;
  }
}
