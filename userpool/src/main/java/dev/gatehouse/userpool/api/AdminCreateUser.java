package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.AuditNote;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminCreateUserResponse;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Cause;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AliasMove;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.LoginNames;
import dev.gatehouse.userpool.directory.LoginNames.Kind;
import dev.gatehouse.userpool.directory.NewUsername;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.SignInNames;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An administrator creates a user, or sends the invitation of one again (users.md §4). Required
 * attributes may be missing; they are collected when the temporary password is replaced.
 */
public final class AdminCreateUser
    implements Operation<AdminCreateUserRequest, AdminCreateUserResponse> {
  private final Pools pools;
  private final Database database;
  private final Passwords passwords;
  private final Messages messages;
  private final Invitations invitations;
  private final Triggers triggers;
  private final Clock clock;
  private final Ids ids;

  public AdminCreateUser(
      Pools pools,
      Database database,
      Passwords passwords,
      Messages messages,
      Triggers triggers,
      Clock clock,
      Ids ids) {
    this.pools = pools;
    this.database = database;
    this.passwords = passwords;
    this.messages = messages;
    this.invitations = new Invitations(passwords, messages, ids);
    this.triggers = triggers;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public AdminCreateUserResponse handle(AdminCreateUserRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminCreateUser");
    User user =
        MessageActionType.RESEND.equals(request.messageAction())
            ? StartOver.untilDone(Why.CONCURRENT_CHANGE.refusal(), () -> inviteAgain(pool, request))
            : create(pool, request);
    return AdminCreateUserResponse.builder().user(Answers.user(user, name -> true)).build();
  }

  private User create(Pool pool, AdminCreateUserRequest request) {
    // 1. name, attributes, medium, password
    String sub = ids.uuid();
    NewUsername username =
        NewUsername.of(
            pool, request.username(), sub, AttributeRules.given(request.userAttributes()));
    Map<String, String> attributes = AttributeRules.ofNewUser(pool, username.attributes());
    List<Medium> mediums = Invitations.mediums(request, attributes);
    Optional<Secret> password = invitations.firstPassword(pool, request);
    Instant now = clock.now();
    User user =
        User.ofNew(
            pool.id(),
            sub,
            username.username(),
            password.isPresent() ? UserStatus.FORCE_CHANGE_PASSWORD : UserStatus.CONFIRMED,
            attributes,
            now);
    // 2. whether its names are free
    names(pool, user, request);
    // 3. PreSignUp; what it answers does not count here (triggers.md)
    Map<String, String> metadata = ClientMetadata.of(request.clientMetadata());
    triggers.preSignUp(
        new Triggers.Event(pool, null, user.username(), attributes, metadata),
        "PreSignUp_AdminCreateUser",
        AttributeRules.given(request.validationData()));
    // 4. everything secret is made before the write
    Optional<Credential> credential =
        password.map(text -> passwords.make(pool, sub, user.username(), text));
    Cause cause = cause(request);
    boolean afterwards = messages.askFunctions(pool);
    Invitation early =
        afterwards ? Invitation.NONE : invitation(pool, user, mediums, password, cause);
    // 5. one write; uniqueness is decided in it. A function that words the message finds the user
    // there
    UserRow row = UserRow.of(user);
    StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> insert(pool, row, credential, early.messages(), names(pool, user, request)));
    AuditNote.user(sub);
    Invitation invitation = afterwards ? invitation(pool, user, mediums, password, cause) : early;
    if (afterwards) {
      insert(invitation.messages());
    }
    invitation.messages().forEach(Outgoing::committed);
    if (invitation.failure() != null) {
      throw invitation.failure();
    }
    return user;
  }

  private static Cause cause(AdminCreateUserRequest request) {
    return new Cause(
        Messages.Occasion.ADMIN_CREATE_USER, null, ClientMetadata.of(request.clientMetadata()));
  }

  private void insert(List<Outgoing> messages) {
    database.write(handle -> {
      messages.forEach(message -> message.insert(handle));
      return messages;
    });
  }

  /**
   * The messages, or why there are none: a failed delivery is told to the administrator, but does
   * not undo the account (users.md §2); nor does a function that fails after it was made.
   */
  private record Invitation(List<Outgoing> messages, @Nullable Refusal failure) {
    static final Invitation NONE = new Invitation(List.of(), null);
  }

  private Invitation invitation(
      Pool pool, User user, List<Medium> mediums, Optional<Secret> password, Cause cause) {
    try {
      return new Invitation(invitations.prepare(pool, user, mediums, password, cause), null);
    } catch (Refusal refusal) {
      return new Invitation(List.of(), refusal);
    }
  }

  /** Empty when the former owner of a name changed between reading and writing. */
  private Optional<User> insert(
      Pool pool,
      UserRow row,
      Optional<Credential> credential,
      List<Outgoing> messages,
      AliasMove move) {
    try {
      boolean done =
          StartOver.writeWhole(
              database,
              handle -> {
                if (!move.write(handle)) {
                  return false;
                }
                Directory.insert(handle, pool, row);
                credential.ifPresent(
                    made -> UserStore.setCredential(handle, pool.id(), row.user().sub(), made));
                messages.forEach(message -> message.insert(handle));
                return true;
              });
      return done ? Optional.of(row.user()) : Optional.empty();
    } catch (Refusal refusal) {
      // this operation's own words, and for a name that was taken since it was found free
      throw why(refusal) == Why.USERNAME_EXISTS ? Why.USER_ACCOUNT_EXISTS.refusal() : refusal;
    }
  }

  /**
   * What has to move so that the user can have its names.
   *
   * @throws Refusal USER_ACCOUNT_EXISTS; ALIAS_EXISTS where both sides are verified and the call
   *     does not force it
   */
  private AliasMove names(Pool pool, User user, AdminCreateUserRequest request) {
    @Nullable String username = SignInNames.of(pool, user).get(Kind.USERNAME);
    List<AliasMove.Owned> owned =
        database.read(handle -> {
          if (username != null
              && LoginNames.owner(handle, pool.id(), Kind.USERNAME, username).isPresent()) {
            throw Why.USER_ACCOUNT_EXISTS.refusal();
          }
          return AliasMove.owned(handle, pool, user);
        });
    for (AliasMove.Owned name : owned) {
      if (!user.verified(name.attribute()) || !name.owner().verified(name.attribute())) {
        throw Why.USER_ACCOUNT_EXISTS.refusal();
      }
    }
    if (!owned.isEmpty() && !Boolean.TRUE.equals(request.forceAliasCreation())) {
      throw Why.ALIAS_EXISTS.refusal(owned.getFirst().attribute());
    }
    return AliasMove.of(pool, owned, clock.now());
  }

  /**
   * RESEND: a new temporary password, valid from now; the one before stops at once. Empty when the
   * user changed between reading and writing.
   */
  private Optional<User> inviteAgain(Pool pool, AdminCreateUserRequest request) {
    User before = database.read(handle -> Users.require(handle, pool, request.username()));
    if (before.status() != UserStatus.FORCE_CHANGE_PASSWORD) {
      throw Why.RESEND_NOT_POSSIBLE.refusal(request.username());
    }
    List<Medium> mediums = Invitations.mediums(request, before.attributes());
    Invitations.refuseUnheard(request, mediums);
    Secret password = invitations.temporaryPassword(pool, request);
    Credential credential = passwords.make(pool, before.sub(), before.username(), password);
    List<Outgoing> messages =
        invitations.prepare(pool, before, mediums, Optional.of(password), cause(request));
    UserRow row = UserRow.of(before.withStatus(before.status(), clock.now()));
    boolean done =
        database.write(handle -> {
          if (!Directory.update(handle, pool, before, row)) {
            return false;
          }
          UserStore.setCredential(handle, pool.id(), before.sub(), credential);
          messages.forEach(message -> message.insert(handle));
          return true;
        });
    if (!done) {
      return Optional.empty();
    }
    messages.forEach(Outgoing::committed);
    return Optional.of(row.user());
  }

  private static @Nullable Why why(Refusal refusal) {
    return refusal.reason() instanceof UserPoolReason reason ? reason.why() : null;
  }
}
