package dev.gatehouse.userpool.auth;

import dev.gatehouse.store.PoolSecrets;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolModule.Ground;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.SoftwareTokens;
import dev.gatehouse.userpool.directory.Users;
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
      PasskeyVerifier passkeyVerifier,
      Messages messages,
      TokenIssuer tokens,
      AccessTokens accessTokens,
      Triggers triggers,
      LockOut lockOut) {}

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
    NextChallenge next =
        new NextChallenge(ground.database(), sessions, ground.clock(), ground.meter());
    SecondFactor secondFactor = new SecondFactor(next, parts.codes(), parts.messages());
    SignIn signIn =
        new SignIn(
            ground.database(),
            next,
            secondFactor,
            parts.tokens(),
            parts.triggers(),
            parts.lockOut(),
            ground.clock(),
            ground.meter());
    SessionUser sessionUser = new SessionUser(ground.database(), parts.users());
    Steps steps =
        new Steps(
            sessions,
            next,
            signIn,
            secondFactor,
            sessionUser,
            new ProvenAddress(ground.database(), signIn, ground.clock()));
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
      SignIn signIn,
      SecondFactor secondFactor,
      SessionUser sessionUser,
      ProvenAddress provenAddress) {}

  private static AuthEngine engine(
      Ground ground, Parts parts, Steps steps, RefreshFlow refreshFlow) {
    PasswordFlow passwordFlow =
        new PasswordFlow(
            ground.database(),
            parts.users(),
            parts.passwords(),
            steps.sessions(),
            steps.signIn(),
            parts.triggers());
    SrpFlow srpFlow =
        new SrpFlow(
            ground.database(),
            parts.users(),
            parts.passwords(),
            parts.decoys(),
            ground.srp(),
            steps.sessions(),
            steps.signIn(),
            parts.triggers(),
            ground.clock());
    return new AuthEngine(
        passwordFlow,
        srpFlow,
        choiceFlow(ground, parts, steps, passwordFlow, srpFlow),
        refreshFlow,
        new NewPasswordStep(
            ground.database(),
            parts.users(),
            parts.passwords(),
            steps.signIn(),
            ground.clock(),
            ground.ids()),
        new MfaStep(
            ground.database(),
            steps.sessionUser(),
            steps.signIn(),
            steps.secondFactor(),
            steps.provenAddress(),
            parts.codes(),
            parts.softwareTokens(),
            ground.clock()),
        steps.sessions(),
        parts.poolChecks());
  }

  private static ChoiceFlow choiceFlow(
      Ground ground, Parts parts, Steps steps, PasswordFlow passwordFlow, SrpFlow srpFlow) {
    return new ChoiceFlow(
        ground.database(),
        parts.users(),
        steps.sessionUser(),
        new FirstFactors(parts.decoys()),
        passwordFlow,
        srpFlow,
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
