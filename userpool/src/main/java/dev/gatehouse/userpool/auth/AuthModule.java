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
    Steps steps = Steps.of(ground, parts, sessions);
    this.engine = engine(ground, parts, steps, refreshFlow);
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

  /** What several flows share. */
  private record Steps(
      Sessions sessions,
      NextChallenge next,
      SrpChallenge srpChallenge,
      CustomRounds rounds,
      SessionUser sessionUser,
      SecondFactor secondFactor,
      SignIn signIn,
      ProvenAddress provenAddress) {
    static Steps of(Ground ground, Parts parts, Sessions sessions) {
      SignInEvents events = new SignInEvents(parts.events());
      NextChallenge next =
          new NextChallenge(ground.database(), sessions, events, ground.clock(), ground.meter());
      SrpChallenge srpChallenge =
          new SrpChallenge(
              parts.passwords(), parts.decoys(), ground.srp(), sessions, ground.clock());
      CustomRounds rounds =
          new CustomRounds(
              ground.database(),
              parts.customAuth(),
              new CustomFlowStore(ground.vault()),
              next,
              srpChallenge);
      SecondFactor secondFactor = new SecondFactor(next, parts.codes(), parts.messages());
      SignIn signIn =
          new SignIn(
              ground.database(),
              next,
              new DeviceTracking(ground.database(), parts.devices(), sessions, next),
              secondFactor,
              rounds,
              parts.tokens(),
              parts.triggers(),
              parts.lockOut(),
              events,
              ground.clock(),
              ground.meter());
      return new Steps(
          sessions,
          next,
          srpChallenge,
          rounds,
          new SessionUser(ground.database(), parts.users(), parts.decoys()),
          secondFactor,
          signIn,
          new ProvenAddress(ground.database(), signIn, ground.clock()));
    }
  }

  private static AuthEngine engine(
      Ground ground, Parts parts, Steps steps, RefreshFlow refreshFlow) {
    PasswordFlow passwordFlow =
        new PasswordFlow(
            ground.database(),
            parts.users(),
            parts.passwords(),
            steps.sessions(),
            steps.signIn(),
            parts.migration());
    return new AuthEngine(
        passwordFlow,
        new SrpFlow(
            ground.database(),
            parts.users(),
            steps.srpChallenge(),
            steps.sessionUser(),
            ground.srp(),
            steps.sessions(),
            steps.signIn(),
            ground.clock()),
        customFlow(ground, parts, steps),
        choiceFlow(ground, parts, steps, passwordFlow),
        refreshFlow,
        new NewPasswordStep(
            ground.database(),
            parts.users(),
            parts.passwords(),
            steps.signIn(),
            ground.clock(),
            ground.ids()),
        mfaStep(ground, parts, steps),
        deviceStep(ground, parts, steps),
        steps.sessions(),
        parts.poolChecks());
  }

  private static CustomFlow customFlow(Ground ground, Parts parts, Steps steps) {
    return new CustomFlow(
        ground.database(),
        parts.users(),
        steps.sessions(),
        steps.sessionUser(),
        steps.rounds(),
        parts.customAuth(),
        steps.signIn());
  }

  private static ChoiceFlow choiceFlow(
      Ground ground, Parts parts, Steps steps, PasswordFlow passwordFlow) {
    return new ChoiceFlow(
        ground.database(),
        parts.users(),
        steps.sessionUser(),
        new FirstFactors(parts.decoys()),
        passwordFlow,
        steps.srpChallenge(),
        new FirstFactorCode(
            steps.next(),
            steps.signIn(),
            steps.provenAddress(),
            parts.codes(),
            parts.messages(),
            parts.decoys(),
            ground.clock()),
        new PasskeyFactor(
            steps.next(), steps.signIn(), parts.passkeyVerifier(), parts.decoys(), ground.ids()),
        new StepUp(ground.database(), parts.accessTokens(), ground.clock()),
        steps.sessions(),
        steps.next(),
        steps.signIn(),
        parts.triggers());
  }

  private static MfaStep mfaStep(Ground ground, Parts parts, Steps steps) {
    return new MfaStep(
        ground.database(),
        steps.sessionUser(),
        steps.signIn(),
        steps.secondFactor(),
        steps.provenAddress(),
        parts.codes(),
        parts.softwareTokens(),
        ground.clock());
  }

  private static DeviceStep deviceStep(Ground ground, Parts parts, Steps steps) {
    return new DeviceStep(
        ground.database(),
        parts.users(),
        steps.sessionUser(),
        parts.devices(),
        ground.srp(),
        steps.sessions(),
        steps.next(),
        steps.signIn(),
        ground.clock());
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
