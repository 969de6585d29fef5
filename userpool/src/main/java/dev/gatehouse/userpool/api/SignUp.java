package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.SignUpResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Cause;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.Triggers.PreSignUpReply;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.AutoSignIn;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.auth.Proof;
import dev.gatehouse.userpool.directory.AliasMove;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.NewUsername;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.event.AuthEvent.Kind;
import dev.gatehouse.userpool.event.AuthEvent.Response;
import dev.gatehouse.userpool.event.AuthEvents;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.pool.Schema;
import dev.gatehouse.userpool.token.Origin;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A user registers (users.md §2). One hash, one power of g, one transaction. */
public final class SignUp implements Operation<SignUpRequest, SignUpResponse> {
  private final Pools pools;
  private final Database database;
  private final Passwords passwords;
  private final Codes codes;
  private final Messages messages;
  private final Triggers triggers;
  private final AutoSignIn autoSignIn;
  private final AuthEvents events;
  private final Clock clock;
  private final Ids ids;

  public SignUp(
      Pools pools,
      Database database,
      Passwords passwords,
      Codes codes,
      Messages messages,
      Triggers triggers,
      AutoSignIn autoSignIn,
      AuthEvents events,
      Clock clock,
      Ids ids) {
    this.pools = pools;
    this.database = database;
    this.passwords = passwords;
    this.codes = codes;
    this.messages = messages;
    this.triggers = triggers;
    this.autoSignIn = autoSignIn;
    this.events = events;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public SignUpResponse handle(SignUpRequest request, RequestContext context) {
    // 1. client, its proof, and whether people may register themselves
    AppClient client = pools.requireClient(request.clientId());
    Pool pool = pools.poolOf(client);
    UnsupportedSettings.check(pool, "SignUp");
    ClientProof.checkHash(client, request.secretHash(), List.of(request.username()));
    if (pool.adminCreateUserOnly()) {
      throw Why.SIGN_UP_NOT_PERMITTED.refusal();
    }
    // 2. name, password, attributes
    String sub = ids.uuid();
    Map<String, String> given = AttributeRules.given(request.userAttributes());
    AttributeRules.checkWritable(client, given.keySet());
    NewUsername username = NewUsername.of(pool, request.username(), sub, given);
    Optional<Secret> password = password(pool, request);
    Map<String, String> wanted = AttributeRules.ofNewUser(pool, username.attributes());
    checkAttributes(pool, wanted);
    // 3. PreSignUp
    Map<String, String> metadata = ClientMetadata.of(request.clientMetadata());
    PreSignUpReply reply =
        triggers.preSignUp(
            new Triggers.Event(pool, client, username.username(), wanted, metadata),
            "PreSignUp_SignUp",
            AttributeRules.given(request.validationData()));
    Instant now = clock.now();
    User user =
        User.ofNew(
            pool.id(),
            sub,
            username.username(),
            reply.autoConfirmUser() ? UserStatus.CONFIRMED : UserStatus.UNCONFIRMED,
            withVerified(wanted, reply),
            now);
    // 4. everything secret is made before the write
    Optional<Credential> credential =
        password.map(text -> passwords.make(pool, sub, user.username(), text));
    Optional<Codes.NewCode> code =
        Messages.autoVerified(pool, user.attributes())
            .filter(to -> user.status() == UserStatus.UNCONFIRMED)
            .map(to -> codes.draw(pool.id(), sub, Purpose.SIGN_UP, to.attribute(), to.value()));
    // 5. one write; uniqueness is decided in it
    Recording recording =
        signedUp(pool, sub, Origins.of(client, request.userContextData(), context));
    Cause cause = new Cause(Messages.Occasion.SIGN_UP, client, metadata);
    Composed message = insert(pool, user, credential, code, cause, recording);
    if (message.undeliverable().isPresent()) {
      throw message.undeliverable().get();
    }
    message.outgoing().ifPresent(Outgoing::committed);
    // 6. PostConfirmation; a failure there does not undo the account
    if (user.status() == UserStatus.CONFIRMED) {
      triggers.postConfirmation(
          Triggers.Event.about(pool, client, user, metadata), "PostConfirmation_ConfirmSignUp");
    }
    List<Proof> shown = password.isPresent() ? List.of(Proof.PASSWORD) : List.of();
    return answer(user, message, autoSignIn.session(pool, client, sub, shown));
  }

  /** Writes the account and its message. A function that words the message finds the user there. */
  private Composed insert(
      Pool pool,
      User user,
      Optional<Credential> credential,
      Optional<Codes.NewCode> code,
      Cause cause,
      Recording recording) {
    if (!messages.askFunctions(pool)) {
      Composed message = compose(pool, user, code, cause);
      insert(pool, user, credential, code, message, recording);
      return message;
    }
    insert(pool, user, credential, code, Composed.NOTHING, recording);
    Composed message = compose(pool, user, code, cause);
    message.outgoing().ifPresent(this::insert);
    return message;
  }

  /** An address that the function vouches for leaves whoever had it as an alias. */
  private void insert(
      Pool pool,
      User user,
      Optional<Credential> credential,
      Optional<Codes.NewCode> code,
      Composed message,
      Recording recording) {
    UserRow row = UserRow.of(user);
    StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          AliasMove move =
              Schema.ADDRESSES.stream().anyMatch(user::verified)
                  ? AliasMove.ofVerified(database, pool, user, user.created())
                  : AliasMove.none(pool);
          boolean done =
              StartOver.writeWhole(
                  database,
                  handle -> {
                    if (!move.write(handle)) {
                      return false;
                    }
                    Directory.insert(handle, pool, row);
                    recording.write(handle);
                    credential.ifPresent(
                        made -> UserStore.setCredential(handle, pool.id(), user.sub(), made));
                    code.ifPresent(
                        drawn -> CodeStore.put(handle, pool.id(), user.sub(), drawn.row()));
                    message.outgoing().ifPresent(outgoing -> outgoing.insert(handle));
                    return true;
                  });
          return done ? Optional.of(user) : Optional.empty();
        });
  }

  private void insert(Outgoing outgoing) {
    database.write(handle -> {
      outgoing.insert(handle);
      return outgoing;
    });
  }

  /** The password; none only where a pool's users can sign in without. */
  private Optional<Secret> password(Pool pool, SignUpRequest request) {
    String given = request.password();
    if (given != null && !given.isEmpty()) {
      passwords.checkPolicy(pool, Secret.of(given));
      return Optional.of(Secret.of(given));
    }
    if (!pool.passwordless()) {
      throw Why.PASSWORD_NEEDED.refusal();
    }
    return Optional.empty();
  }

  private Recording signedUp(Pool pool, String sub, Origin origin) {
    return events.record(pool, sub, Kind.SIGN_UP, Response.PASS, List.of(), origin);
  }

  /**
   * The account has all that the pool requires. A preferred username that is an alias would be in
   * force at once: it has to wait for the confirmation (userpool.md §3).
   */
  private static void checkAttributes(Pool pool, Map<String, String> attributes) {
    if (pool.aliasAttributes().contains("preferred_username")
        && attributes.containsKey("preferred_username")) {
      throw Why.PREFERRED_USERNAME_TOO_EARLY.refusal();
    }
    AttributeRules.checkRequired(pool, attributes);
  }

  /** No address is verified but by the function's word, which needs an address. */
  private static Map<String, String> withVerified(
      Map<String, String> wanted, PreSignUpReply reply) {
    Map<String, String> attributes = new LinkedHashMap<>(wanted);
    mark(attributes, "email", "autoVerifyEmail", reply.autoVerifyEmail());
    mark(attributes, "phone_number", "autoVerifyPhone", reply.autoVerifyPhone());
    return attributes;
  }

  private static void mark(
      Map<String, String> attributes, String address, String member, boolean verified) {
    if (attributes.containsKey(address)) {
      attributes.put(address + "_verified", Boolean.toString(verified));
    } else if (verified) {
      throw Why.LAMBDA_OUTPUT_INVALID.refusal(member + " without " + address);
    }
  }

  private static SignUpResponse answer(User user, Composed message, @Nullable String session) {
    return SignUpResponse.builder()
        .userConfirmed(user.status() == UserStatus.CONFIRMED)
        .userSub(user.sub())
        .session(session)
        .codeDeliveryDetails(
            message
                .outgoing()
                .map(outgoing -> Answers.delivery(outgoing.destination()))
                .orElse(null))
        .build();
  }

  /**
   * The message, or why there is none: told after the write, so that the account is kept and its
   * code can be sent later (users.md §2).
   */
  private record Composed(Optional<Outgoing> outgoing, Optional<Refusal> undeliverable) {
    static final Composed NOTHING = new Composed(Optional.empty(), Optional.empty());
  }

  private Composed compose(Pool pool, User user, Optional<Codes.NewCode> code, Cause cause) {
    try {
      return new Composed(
          code.map(drawn -> messages.verification(pool, user, drawn, cause)), Optional.empty());
    } catch (Refusal notSent) {
      return new Composed(Optional.empty(), Optional.of(notSent));
    }
  }
}
