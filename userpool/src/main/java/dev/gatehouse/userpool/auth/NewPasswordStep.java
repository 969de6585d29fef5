package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
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
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.TokenContent;
import dev.gatehouse.userpool.token.TokenIssuer;
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
  private final TokenIssuer tokens;
  private final Triggers triggers;
  private final Clock clock;
  private final Ids ids;
  private final Meter meter;

  public NewPasswordStep(
      Database database,
      Users users,
      Passwords passwords,
      SignIn signIn,
      TokenIssuer tokens,
      Triggers triggers,
      Clock clock,
      Ids ids,
      Meter meter) {
    this.database = database;
    this.users = users;
    this.passwords = passwords;
    this.signIn = signIn;
    this.tokens = tokens;
    this.triggers = triggers;
    this.clock = clock;
    this.ids = ids;
    this.meter = meter;
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
    // 5. the triggers
    User changed =
        user.withAttributes(attributes, clock.now()).withStatus(UserStatus.CONFIRMED, clock.now());
    triggers.postAuthentication(signIn.event(request, known));
    triggers.preTokenGeneration(
        signIn.event(request, known), "TokenGeneration_NewPasswordChallenge");
    // 6. one write: the step is used up, user and password are changed, the sign-in begins
    Family family = tokens.newFamily(pool, request.client(), changed, request.origin());
    TokenContent content = tokens.content(family);
    UserRow row = UserRow.of(changed);
    String entry = ids.uuid();
    database.write(handle -> {
      signIn.use(handle, request, SignIn.Evidence.answering(state));
      if (!Directory.update(handle, pool, user, row)) {
        throw Why.SESSION_USED.refusal();
      }
      UserStore.setCredential(handle, pool.id(), user.sub(), credential);
      UserStore.remember(handle, pool.id(), user.sub(), temporary, entry);
      CodeStore.cancel(handle, pool.id(), user.sub(), Purpose.RESET_PASSWORD);
      signIn.begin(handle, request, family, UserStatus.CONFIRMED);
      return family;
    });
    meter.count("sign_ins_total", "result", "ok");
    return new AuthStep.Authenticated(
        tokens.issue(pool, request.client(), changed, family, content));
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
