package dev.gatehouse.userpool.auth;

import dev.gatehouse.crypto.Totp;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.FlowState.MfaSetup;
import dev.gatehouse.userpool.auth.FlowState.MfaSetup.Stage;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.MfaPreference;
import dev.gatehouse.userpool.directory.SoftwareTokens;
import dev.gatehouse.userpool.directory.SoftwareTokens.State;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Registers software tokens (auth.md §6): by access token, where the new secret waits in a row; and
 * by the session of MFA_SETUP, which carries it sealed.
 */
public final class TokenSetup {
  private final Database database;
  private final Pools pools;
  private final Sessions sessions;
  private final SoftwareTokens softwareTokens;
  private final Clock clock;
  private final Ids ids;

  TokenSetup(
      Database database,
      Pools pools,
      Sessions sessions,
      SoftwareTokens softwareTokens,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.pools = pools;
    this.sessions = sessions;
    this.softwareTokens = softwareTokens;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * A new shared secret.
   *
   * @param session null when it was asked for by access token
   */
  public record Associated(Secret secretCode, @Nullable String session) {}

  /**
   * Draws a secret for a signed-in user; it waits for its first code, and what is in force stays.
   *
   * @throws dev.gatehouse.kernel.Refusal SOFTWARE_TOKEN_NOT_ENABLED
   */
  public Associated associate(Pool pool, User user) {
    refuseUnlessEnabled(pool);
    Secret secret = Secret.of(ids.bytes(SoftwareTokens.SECRET_BYTES));
    byte[] sealed = softwareTokens.seal(pool.id(), user.sub(), State.PENDING, secret);
    database.write(handle -> {
      SoftwareTokens.put(handle, pool.id(), user.sub(), State.PENDING, sealed, 0);
      return user;
    });
    return new Associated(Totp.base32(secret), null);
  }

  /**
   * Draws a secret within a sign-in whose MFA_SETUP is outstanding.
   *
   * @throws dev.gatehouse.kernel.Refusal SESSION_…, SOFTWARE_TOKEN_NOT_ENABLED
   */
  public Associated associate(String session) {
    Sessions.Opened opened = sessions.open(pools, session);
    if (!(opened.state() instanceof MfaSetup state) || state.stage() == Stage.VERIFIED) {
      throw Why.SESSION_INVALID.refusal();
    }
    refuseUnlessEnabled(opened.holder().pool());
    Secret secret = Secret.of(ids.bytes(SoftwareTokens.SECRET_BYTES));
    MfaSetup next =
        new MfaSetup(
            state.progress(),
            state.sub(),
            Stage.ASSOCIATED,
            secret,
            clock.now().plus(opened.holder().client().sessionLife()));
    return new Associated(Totp.base32(secret), sessions.seal(opened.holder(), next));
  }

  /**
   * The first code of the secret that waits: the token is registered, and not yet turned on.
   *
   * @param name {@code FriendlyDeviceName}
   * @throws dev.gatehouse.kernel.Refusal SOFTWARE_TOKEN_…
   */
  public void verify(Pool pool, User bearer, String code, @Nullable String name) {
    refuseUnlessEnabled(pool);
    SoftwareTokens.Row pending =
        database
            .read(handle -> SoftwareTokens.find(handle, pool.id(), bearer.sub(), State.PENDING))
            .orElseThrow(() -> Why.SOFTWARE_TOKEN_ABSENT.refusal());
    Secret secret = softwareTokens.open(pool.id(), bearer.sub(), State.PENDING, pending);
    long step = step(secret, code);
    byte[] sealed = softwareTokens.seal(pool.id(), bearer.sub(), State.ACTIVE, secret);
    register(
        pool,
        bearer.sub(),
        user -> user.mfa().withToken(name),
        handle -> {
          if (!SoftwareTokens.usePending(handle, pool.id(), bearer.sub(), pending.sealed())) {
            throw Why.SOFTWARE_TOKEN_ABSENT.refusal();
          }
          SoftwareTokens.put(handle, pool.id(), bearer.sub(), State.ACTIVE, sealed, step);
        });
  }

  /**
   * The first code of the secret that the session carries: the token is registered and turned on.
   *
   * @return the session to answer MFA_SETUP with
   * @throws dev.gatehouse.kernel.Refusal SESSION_…, SOFTWARE_TOKEN_…
   */
  public String verify(String session, String code, @Nullable String name) {
    Sessions.Opened opened = sessions.open(pools, session);
    if (!(opened.state() instanceof MfaSetup state)
        || state.stage() != Stage.ASSOCIATED
        || state.secret() == null) {
      throw Why.SESSION_INVALID.refusal();
    }
    Pool pool = opened.holder().pool();
    refuseUnlessEnabled(pool);
    long step = step(state.secret(), code);
    byte[] sealed = softwareTokens.seal(pool.id(), state.sub(), State.ACTIVE, state.secret());
    register(
        pool,
        state.sub(),
        user -> {
          // a factor that has come meanwhile is asked for, not set up anew
          if (!pool.mfa().usable(user).isEmpty()) {
            throw Why.SESSION_INVALID.refusal();
          }
          return user.mfa().withToken(name).with(MfaFactor.SOFTWARE_TOKEN_MFA, true);
        },
        handle -> {
          if (!Sessions.use(handle, pool.id(), state)) {
            throw Why.SESSION_USED.refusal();
          }
          SoftwareTokens.put(handle, pool.id(), state.sub(), State.ACTIVE, sealed, step);
        });
    MfaSetup next =
        new MfaSetup(
            state.progress(),
            state.sub(),
            Stage.VERIFIED,
            null,
            clock.now().plus(opened.holder().client().sessionLife()));
    return sessions.seal(opened.holder(), next);
  }

  private interface Preference {
    MfaPreference of(User user);
  }

  private void register(Pool pool, String sub, Preference preference, Evidence.Along along) {
    StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          User before =
              database
                  .read(handle -> UserStore.find(handle, pool.id(), sub))
                  .orElseThrow(() -> Why.USER_UNKNOWN.refusal());
          if (!before.enabled()) {
            throw Why.USER_DISABLED.refusal();
          }
          Instant now = clock.now();
          UserRow after = UserRow.of(before.withMfa(preference.of(before), now));
          boolean done =
              StartOver.writeWhole(database, handle -> written(handle, pool, before, after, along));
          return done ? Optional.of(after) : Optional.empty();
        });
  }

  private static boolean written(
      Handle handle, Pool pool, User before, UserRow after, Evidence.Along along) {
    along.write(handle);
    return Directory.update(handle, pool, before, after);
  }

  private long step(Secret secret, String code) {
    OptionalLong step = Totp.match(secret, code, clock.now());
    return step.orElseThrow(() -> Why.SOFTWARE_TOKEN_MISMATCH.refusal());
  }

  private static void refuseUnlessEnabled(Pool pool) {
    if (!pool.mfa().has(MfaFactor.SOFTWARE_TOKEN_MFA)) {
      throw Why.SOFTWARE_TOKEN_NOT_ENABLED.refusal();
    }
  }
}
