package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ChangePasswordRequest;
import dev.gatehouse.model.cognitoidp.ChangePasswordResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.event.AuthEvent.Answer;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import dev.gatehouse.userpool.token.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bearer changes its password; tokens stay valid (users.md §5). Two hashes, and one for each
 * password of the history.
 */
public final class ChangePassword
    implements Operation<ChangePasswordRequest, ChangePasswordResponse> {
  private final AccessTokens accessTokens;
  private final Database database;
  private final Passwords passwords;
  private final AuthEvents events;
  private final Clock clock;
  private final Ids ids;

  public ChangePassword(
      AccessTokens accessTokens,
      Database database,
      Passwords passwords,
      AuthEvents events,
      Clock clock,
      Ids ids) {
    this.accessTokens = accessTokens;
    this.database = database;
    this.passwords = passwords;
    this.events = events;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public ChangePasswordResponse handle(ChangePasswordRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    Pool pool = bearer.pool();
    User user = bearer.user();
    UnsupportedSettings.check(pool, "ChangePassword");
    // 1. counted before anything is compared
    Instant now = clock.now();
    boolean allowed =
        database.write(handle ->
            AttemptStore.count(handle, pool.id(), user.sub(), AttemptLimit.CHANGE_PASSWORD, now));
    if (!allowed) {
      throw Why.ATTEMPTS_EXCEEDED.refusal();
    }
    // 2. the present password; a user without one gives none
    Optional<Account> account =
        database.read(handle -> UserStore.account(handle, pool.id(), user.sub()));
    @Nullable Credential present = account.map(Account::credential).orElse(null);
    String previous = request.previousPassword() == null ? "" : request.previousPassword();
    if (present == null ? !previous.isEmpty() : !passwords.matches(present, Secret.of(previous))) {
      wrongPassword(pool, user, Origin.of(context));
      throw Why.WRONG_CREDENTIALS.refusal();
    }
    // 3. the new one
    Secret proposed = Secret.of(request.proposedPassword());
    passwords.checkPolicy(pool, proposed);
    passwords.checkHistory(pool, user.sub(), present, proposed);
    Credential credential = passwords.make(pool, user.sub(), user.username(), proposed);
    String entry = ids.uuid();
    Recording recording =
        recording(pool, user, Response.PASS, Answer.PASSWORD_RIGHT, Origin.of(context));
    database.write(handle -> {
      boolean same =
          UserStore.account(handle, pool.id(), user.sub())
              .filter(there ->
                  present == null
                      ? there.credential() == null
                      : there.credential() != null
                          && there.credential().setAt().equals(present.setAt()))
              .isPresent();
      if (!same) {
        // replaced between reading and writing: what was shown is not the password any more
        throw Why.WRONG_CREDENTIALS.refusal();
      }
      recording.write(handle);
      UserStore.setCredential(handle, pool.id(), user.sub(), credential);
      if (present != null) {
        UserStore.remember(handle, pool.id(), user.sub(), present, entry);
      }
      // a code that was to replace the former password is not for this one
      CodeStore.cancel(handle, pool.id(), user.sub(), Purpose.RESET_PASSWORD);
      return user;
    });
    return ChangePasswordResponse.builder().build();
  }

  private Recording recording(
      Pool pool, User user, Response response, Answer answer, Origin origin) {
    return events.record(pool, user.sub(), Kind.PASSWORD_CHANGE, response, List.of(answer), origin);
  }

  private void wrongPassword(Pool pool, User user, Origin origin) {
    if (pool.recordsEvents()) {
      Recording recording = recording(pool, user, Response.FAIL, Answer.PASSWORD_WRONG, origin);
      database.write(handle -> {
        recording.write(handle);
        return user;
      });
    }
  }
}
