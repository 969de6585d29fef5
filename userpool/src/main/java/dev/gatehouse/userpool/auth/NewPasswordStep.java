package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.AttemptStore.Guess;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * NEW_PASSWORD_REQUIRED (auth.md §5): the owner of a temporary password sets one of their own, and
 * what attributes are missing.
 */
public final class NewPasswordStep {
  private final Database database;
  private final Users users;
  private final Passwords passwords;
  private final SignIn signIn;
  private final Clock clock;
  private final Ids ids;

  public NewPasswordStep(
      Database database, Users users, Passwords passwords, SignIn signIn, Clock clock, Ids ids) {
    this.database = database;
    this.users = users;
    this.passwords = passwords;
    this.signIn = signIn;
    this.clock = clock;
    this.ids = ids;
  }

  AuthStep answer(AuthRequest request, FlowState.NewPasswordRequired state) {
    // 1. parameters and the client's proof
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    Secret password = Secret.of(parameters.required("NEW_PASSWORD"));
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. the user of the session, called by any of its names, whose temporary password is still the
    // one that was shown
    Pool pool = request.pool();
    Subject subject = database.read(handle -> users.subject(handle, pool, username));
    signIn.refuseLockedOut(subject);
    if (!(subject instanceof Subject.Known known) || !known.sub().equals(state.sub())) {
      throw Why.SESSION_INVALID.refusal();
    }
    User user = known.account().user();
    Credential temporary = known.account().credential();
    if (!user.enabled()) {
      throw Why.USER_DISABLED.refusal();
    }
    if (user.status() != UserStatus.FORCE_CHANGE_PASSWORD
        || temporary == null
        || !temporary.setAt().equals(state.credentialSetAt())) {
      throw Why.SESSION_USED.refusal();
    }
    // 3. the attributes: those that are missing must come, those that are there may not change
    Map<String, String> attributes =
        attributes(request, user, parameters.withPrefix("userAttributes."));
    // 4. the password, by policy and history
    passwords.checkPolicy(pool, password);
    passwords.checkHistory(pool, user.sub(), temporary, password);
    Credential credential = passwords.make(pool, user.sub(), user.username(), password);
    // 5. one write: the step is used up, user and password are changed
    User changed =
        user.withAttributes(attributes, clock.now()).withStatus(UserStatus.CONFIRMED, clock.now());
    UserRow row = UserRow.of(changed);
    String entry = ids.uuid();
    Instant now = clock.now();
    database.write(handle -> {
      NextChallenge.use(handle, request, Evidence.answering(state, state.progress()));
      if (!Directory.update(handle, pool, user, row)) {
        throw Why.SESSION_USED.refusal();
      }
      if (!AttemptStore.pass(handle, pool.id(), user.sub(), Guess.PASSWORD, now)) {
        throw Why.LOCKED_OUT.refusal();
      }
      UserStore.setCredential(handle, pool.id(), user.sub(), credential);
      UserStore.remember(handle, pool.id(), user.sub(), temporary, entry);
      CodeStore.cancel(handle, pool.id(), user.sub(), Purpose.RESET_PASSWORD);
      return row;
    });
    // 6. all that follows
    Account account = new Account(changed.updated(), credential);
    Progress progress = state.progress().from(parameters).with(Proof.NEW_PASSWORD);
    return signIn.passed(
        request, new Subject.Known(account, known.lockedUntil()), Evidence.beginning(progress));
  }

  private static Map<String, String> attributes(
      AuthRequest request, User user, Map<String, String> given) {
    AttributeRules.checkWritable(request.client(), given.keySet());
    for (Map.Entry<String, String> attribute : given.entrySet()) {
      String present = user.attribute(attribute.getKey());
      if (present != null && !present.equals(attribute.getValue())) {
        throw Why.ATTRIBUTE_ALREADY_PROVIDED.refusal(attribute.getKey());
      }
    }
    Map<String, String> added = AttributeRules.ofNewUser(request.pool(), given);
    Map<String, String> result = new LinkedHashMap<>(user.attributes());
    added.forEach((name, value) -> {
      if (result.putIfAbsent(name, value) == null && Schema.ADDRESSES.contains(name)) {
        result.put(name + "_verified", "false");
      }
    });
    for (String name : request.pool().schema().required()) {
      if (!result.containsKey(name)) {
        throw Why.ATTRIBUTES_MISSING.refusal(name);
      }
    }
    return result;
  }
}
