package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Cause;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.Triggers.Migrated;
import dev.gatehouse.userpool.UserPoolReason;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AliasMove;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.NewUsername;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a user over from the directory that came before, when UserMigration knows the name that
 * nobody has here (triggers.md §3). The password that was typed becomes the user's, whatever the
 * pool's policy; next time the function is not asked.
 */
public final class Migration {
  private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

  private final Database database;
  private final Users users;
  private final Passwords passwords;
  private final Messages messages;
  private final Triggers triggers;
  private final Clock clock;
  private final Ids ids;

  public Migration(
      Database database,
      Users users,
      Passwords passwords,
      Messages messages,
      Triggers triggers,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.users = users;
    this.passwords = passwords;
    this.messages = messages;
    this.triggers = triggers;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * A call with a name that nobody has.
   *
   * @param name as it was typed
   * @param password as it was typed; null at ForgotPassword
   */
  public record Attempt(
      Pool pool,
      AppClient client,
      String triggerSource,
      String name,
      @Nullable Secret password,
      Map<String, String> clientMetadata,
      Map<String, String> validationData) {
    @Override
    public String toString() {
      return "Attempt[" + pool.id() + ", " + triggerSource + "]";
    }
  }

  /**
   * @return the user that there is now; empty when the pool has no such function, and, where the
   *     client hides who exists, when it knows nobody either
   * @throws Refusal MIGRATION_FAILED, and what the function brings
   */
  public Optional<Subject.Known> migrate(Attempt attempt) {
    // 1. the function's word
    if (!configured(attempt.pool()) || known(attempt.pool(), attempt.name()).isPresent()) {
      return Optional.empty();
    }
    Optional<Subject.Known> result =
        triggers
            .userMigration(
                new Triggers.Event(
                    attempt.pool(),
                    attempt.client(),
                    attempt.name(),
                    Map.of(),
                    attempt.clientMetadata()),
                attempt.triggerSource(),
                attempt.password(),
                attempt.validationData())
            .flatMap(migrated -> created(attempt, migrated));
    if (result.isEmpty() && !attempt.client().hidesUsers()) {
      throw Why.MIGRATION_FAILED.refusal(attempt.client().id());
    }
    return result;
  }

  private static boolean configured(Pool pool) {
    LambdaConfigType lambda = pool.settings().lambdaConfig();
    return lambda != null && lambda.userMigration() != null;
  }

  /** What the pool's rules refuse is the operator's to know, not the caller's. */
  private Optional<Subject.Known> created(Attempt attempt, Migrated migrated) {
    try {
      return create(attempt, migrated);
    } catch (Refusal refusal) {
      LOG.warn(
          "UserMigration of pool {} brought a user that cannot be created: {}",
          attempt.pool().id(),
          refusal.reason() instanceof UserPoolReason reason ? reason.why() : "refused");
      return Optional.empty();
    }
  }

  private Optional<Subject.Known> create(Attempt attempt, Migrated migrated) {
    Pool pool = attempt.pool();
    String sub = ids.uuid();
    Instant now = clock.now();
    // 2. the user, by the rules for every new one
    User user = user(attempt, migrated, sub, now);
    boolean reachable = Schema.ADDRESSES.stream().anyMatch(user::verified);
    if (attempt.password() == null && !reachable) {
      throw Why.NO_VERIFIED_CHANNEL.refusal();
    }
    // 3. everything secret is made before the write
    Optional<Credential> credential =
        Optional.ofNullable(attempt.password())
            .map(password -> passwords.make(pool, sub, user.username(), password));
    List<Outgoing> welcome = welcome(attempt, migrated, user);
    UserRow row = UserRow.of(user);
    AliasMove move =
        migrated.takesAlias()
            ? AliasMove.ofVerified(database, pool, user, now)
            : AliasMove.none(pool);
    // 4. one write; uniqueness is decided in it
    try {
      boolean done =
          StartOver.writeWhole(
              database,
              handle -> {
                if (!move.write(handle)) {
                  return false;
                }
                Directory.insert(handle, pool, row);
                credential.ifPresent(made -> UserStore.setCredential(handle, pool.id(), sub, made));
                welcome.forEach(message -> message.insert(handle));
                return true;
              });
      if (!done) {
        throw Why.CONCURRENT_CHANGE.refusal();
      }
      welcome.forEach(Outgoing::committed);
    } catch (Refusal taken) {
      // a sign-in at the same time may have brought the user over
      Optional<Subject.Known> there = known(pool, attempt.name());
      if (there.isEmpty()) {
        throw taken;
      }
      return there;
    }
    return database.read(handle -> users.subjectOf(handle, pool, sub, attempt.name()))
            instanceof Subject.Known known
        ? Optional.of(known)
        : Optional.empty();
  }

  private Optional<Subject.Known> known(Pool pool, String name) {
    return database.read(handle -> users.subject(handle, pool, name)) instanceof Subject.Known known
        ? Optional.of(known)
        : Optional.empty();
  }

  private static User user(Attempt attempt, Migrated migrated, String sub, Instant now) {
    Pool pool = attempt.pool();
    String name = migrated.username() == null ? attempt.name() : migrated.username();
    NewUsername username = NewUsername.of(pool, name, sub, migrated.attributes());
    Map<String, String> attributes =
        new LinkedHashMap<>(AttributeRules.ofNewUser(pool, username.attributes()));
    AttributeRules.checkRequired(pool, attributes);
    for (String address : Schema.ADDRESSES) {
      if (attributes.containsKey(address)) {
        attributes.putIfAbsent(address + "_verified", "false");
      }
    }
    User user = User.ofNew(pool.id(), sub, username.username(), migrated.status(), attributes, now);
    return migrated.smsMfa() && user.attribute(Medium.SMS.attribute()) != null
        ? user.withMfa(user.mfa().with(MfaFactor.SMS_MFA, true), now)
        : user;
  }

  /** Tells the user, without a password, which they have; unless no transport can take it. */
  private List<Outgoing> welcome(Attempt attempt, Migrated migrated, User user) {
    Cause cause =
        new Cause(Messages.Occasion.ADMIN_CREATE_USER, attempt.client(), attempt.clientMetadata());
    List<Outgoing> result = new ArrayList<>();
    for (Medium medium : migrated.welcome()) {
      if (user.attribute(medium.attribute()) != null) {
        try {
          result.add(
              messages.passwordlessInvitation(attempt.pool(), user, medium, attempt.name(), cause));
        } catch (Refusal noTransport) {
          LOG.warn("a user migrated to pool {} cannot be told by {}", user.poolId(), medium);
        }
      }
    }
    return result;
  }
}
