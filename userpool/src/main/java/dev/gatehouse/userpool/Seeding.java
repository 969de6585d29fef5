package dev.gatehouse.userpool;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Region;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.Violation;
import dev.gatehouse.model.Violations;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateGroupRequest;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.SeedConfig.ClientSeed;
import dev.gatehouse.userpool.SeedConfig.GroupSeed;
import dev.gatehouse.userpool.SeedConfig.PoolSeed;
import dev.gatehouse.userpool.SeedConfig.UserSeed;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.NewUsername;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.group.Group;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.group.MemberStore;
import dev.gatehouse.userpool.group.Membership;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.ClientSettings;
import dev.gatehouse.userpool.pool.ClientSettings.Secrecy;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolCreation;
import dev.gatehouse.userpool.pool.PoolDocument;
import dev.gatehouse.userpool.pool.PoolSettings;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Applies {@code seed:} at start: creates what is missing and never changes or deletes what is
 * there; a difference between the two is reported by name.
 */
public final class Seeding {
  private static final Pattern POOL_ID =
      Pattern.compile("[a-z]{2}-(gov-)?[a-z]+-[0-9]_[0-9A-Za-z]{1,40}");
  private static final Pattern CLIENT_ID = Pattern.compile("[\\w+]{1,128}");

  private static final UserPoolWords WORDS = new UserPoolWords();

  private final Pools pools;
  private final PoolCreation creation;
  private final PoolChecks checks;
  private final Passwords passwords;
  private final Database database;
  private final Clock clock;
  private final Ids ids;
  private final List<String> differences = new ArrayList<>();

  Seeding(
      Pools pools,
      PoolCreation creation,
      PoolChecks checks,
      Passwords passwords,
      Database database,
      Clock clock,
      Ids ids) {
    this.pools = pools;
    this.creation = creation;
    this.checks = checks;
    this.passwords = passwords;
    this.database = database;
    this.clock = clock;
    this.ids = ids;
  }

  /** A seed that cannot be applied; the message names the entry. */
  public static final class SeedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SeedException(String message) {
      super(message);
    }
  }

  /**
   * Applies the seed.
   *
   * @return what is there but differs from the seed, a line each
   * @throws SeedException when an entry is not valid; what came before it is there
   */
  public List<String> apply(SeedConfig seed) {
    differences.clear();
    for (PoolSeed pool : seed.pools() == null ? List.<PoolSeed>of() : seed.pools()) {
      named("pool " + pool.id(), () -> apply(pool));
    }
    return List.copyOf(differences);
  }

  private static void named(String entry, Runnable action) {
    try {
      action.run();
    } catch (Refusal refusal) {
      String text = WORDS.words(refusal.reason(), CognitoIdpOperations.CREATE_USER_POOL).message();
      throw new SeedException("seed: " + entry + ": " + text);
    }
  }

  /** The same constraints as over the wire. */
  private static <I> void validated(OperationModel<I, ?> operation, I settings) {
    List<Violation> violations = operation.validator().validate(settings);
    if (!violations.isEmpty()) {
      throw new SeedException("seed: " + Violations.message(violations));
    }
  }

  private void apply(PoolSeed seed) {
    if (seed.id() == null || !POOL_ID.matcher(seed.id()).matches() || seed.settings() == null) {
      throw new SeedException(
          "seed: a pool needs an id of the form us-east-1_Example01, and settings");
    }
    validated(CognitoIdpOperations.CREATE_USER_POOL, seed.settings());
    PoolDocument document =
        PoolDocument.ofNew(PoolSettings.ofNew(seed.settings(), Region.ofPool(seed.id())));
    checks.check(document);
    Optional<Pool> present = pools.find(seed.id());
    present
        .filter(pool -> !pool.settings().equals(document.settings()))
        .ifPresent(pool -> differences.add("pool " + seed.id() + " differs from its seed"));
    Pool pool =
        present
            .or(() -> creation.pool(seed.id(), document))
            .orElseThrow(() ->
                new SeedException(
                    "seed: pool " + seed.id() + " was deleted; its id is never given again"));
    for (ClientSeed client : seed.clients() == null ? List.<ClientSeed>of() : seed.clients()) {
      named("client " + client.id(), () -> apply(pool, client));
    }
    for (GroupSeed group : seed.groups() == null ? List.<GroupSeed>of() : seed.groups()) {
      named("group " + group.name(), () -> apply(pool, group));
    }
    for (UserSeed user : seed.users() == null ? List.<UserSeed>of() : seed.users()) {
      named("user " + user.username(), () -> apply(pool, user));
    }
  }

  private void apply(Pool pool, ClientSeed seed) {
    if (seed.id() == null || !CLIENT_ID.matcher(seed.id()).matches() || seed.settings() == null) {
      throw new SeedException("seed: a client needs an id of [A-Za-z0-9_+], and settings");
    }
    validated(
        CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
        seed.settings().toBuilder().userPoolId(pool.id()).build());
    UserPoolClientType settings = ClientSettings.ofNew(seed.settings());
    ClientSettings.check(
        pool, settings, seed.secret() == null ? Secrecy.PUBLIC : Secrecy.CONFIDENTIAL);
    checks.checkClient(pool, settings);
    Optional<AppClient> present = pools.findClient(seed.id());
    if (present.isEmpty()) {
      if (creation.client(pool, seed.id(), settings, seed.secret()).isEmpty()) {
        throw new SeedException("seed: client id " + seed.id() + " is taken");
      }
    } else if (!present.get().poolId().equals(pool.id())
        || !present.get().settings().equals(settings)
        || !sameSecret(present.get(), seed.secret())) {
      differences.add("client " + seed.id() + " differs from its seed");
    }
  }

  private static boolean sameSecret(AppClient client, @Nullable Secret secret) {
    return secret == null
        ? client.secrets().isEmpty()
        : client.secrets().stream().anyMatch(present -> present.value().matches(secret));
  }

  private void apply(Pool pool, GroupSeed seed) {
    if (seed.name() == null) {
      throw new SeedException("seed: a group needs a name");
    }
    validated(
        CognitoIdpOperations.CREATE_GROUP,
        CreateGroupRequest.builder()
            .userPoolId(pool.id())
            .groupName(seed.name())
            .precedence(seed.precedence())
            .roleArn(seed.roleArn())
            .description(seed.description())
            .build());
    Group group =
        Group.ofNew(
            pool.id(),
            seed.name(),
            GroupStore.newIncarnation(ids),
            seed.precedence(),
            seed.roleArn(),
            seed.description(),
            clock.now());
    if (database.<Boolean>write(handle -> GroupStore.insert(handle, group))) {
      return;
    }
    Group present = database.read(handle -> GroupStore.require(handle, pool.id(), seed.name()));
    if (!Objects.equals(present.precedence(), seed.precedence())
        || !Objects.equals(present.roleArn(), seed.roleArn())
        || !Objects.equals(present.description(), seed.description())) {
      differences.add("group " + seed.name() + " of " + pool.id() + " differs from its seed");
    }
  }

  private void apply(Pool pool, UserSeed seed) {
    if (seed.username() == null
        || (seed.password() == null) == (seed.temporaryPassword() == null)) {
      throw new SeedException(
          "seed: a user needs a username, and a password or a temporaryPassword");
    }
    Map<String, String> given = seed.attributes() == null ? Map.of() : seed.attributes();
    Optional<User> present =
        database.read(handle ->
            Users.sub(handle, pool, seed.username())
                .flatMap(sub -> UserStore.find(handle, pool.id(), sub)));
    if (present.isPresent()) {
      if (differs(present.get(), seed, given)) {
        differences.add("user " + seed.username() + " of " + pool.id() + " differs from its seed");
      }
      return;
    }
    create(pool, seed, given);
  }

  /**
   * A user who was taken out of a group is not put into it again: that would undo what an
   * administrator did.
   */
  private boolean differs(User present, UserSeed seed, Map<String, String> given) {
    List<String> memberships =
        database
            .read(handle -> MemberStore.ofUser(handle, present.poolId(), present.sub()))
            .stream()
            .map(Membership::group)
            .toList();
    return !memberships.containsAll(groups(seed))
        || given.entrySet().stream()
            .anyMatch(entry -> !entry.getValue().equals(present.attribute(entry.getKey())));
  }

  private static List<String> groups(UserSeed seed) {
    return seed.groups() == null ? List.of() : seed.groups();
  }

  private void create(Pool pool, UserSeed seed, Map<String, String> given) {
    String sub = ids.uuid();
    NewUsername username = NewUsername.of(pool, seed.username(), sub, given);
    Map<String, String> attributes =
        new LinkedHashMap<>(AttributeRules.ofNewUser(pool, username.attributes()));
    Secret password = seed.password() != null ? seed.password() : seed.temporaryPassword();
    if (password == null) {
      throw new SeedException("seed: user " + seed.username() + " has no password");
    }
    passwords.checkPolicy(pool, password);
    Instant now = clock.now();
    User user =
        User.ofNew(
            pool.id(),
            sub,
            username.username(),
            seed.password() != null ? UserStatus.CONFIRMED : UserStatus.FORCE_CHANGE_PASSWORD,
            attributes,
            now);
    Credential credential = passwords.make(pool, sub, user.username(), password);
    UserRow row = UserRow.of(user);
    database.write(handle -> {
      Directory.insert(handle, pool, row);
      UserStore.setCredential(handle, pool.id(), sub, credential);
      for (String group : groups(seed)) {
        MemberStore.add(handle, GroupStore.require(handle, pool.id(), group), sub);
      }
      return row;
    });
  }
}
