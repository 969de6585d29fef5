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
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.AutoSignIn;
import dev.gatehouse.userpool.auth.ClientProof;
import dev.gatehouse.userpool.auth.Proof;
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
import dev.gatehouse.userpool.event.Origin;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.pool.Schema;
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
    Map<String, String> attributes = attributesOf(pool, username);
    // 3. PreSignUp
    triggers.preSignUp(
        new Triggers.Event(
            pool,
            client,
            username.username(),
            attributes,
            ClientMetadata.of(request.clientMetadata())),
        "PreSignUp_SignUp",
        AttributeRules.given(request.validationData()));
    // 4. everything secret is made before the write
    User user = newUser(pool, sub, username, attributes, clock.now());
    Optional<Credential> credential =
        password.map(text -> passwords.make(pool, sub, username.username(), text));
    Optional<Codes.NewCode> code =
        Messages.autoVerified(pool, attributes)
            .map(to -> codes.draw(pool.id(), sub, Purpose.SIGN_UP, to.attribute(), to.value()));
    Composed message = compose(pool, user, code);
    // 5. one write; uniqueness is decided in it
    UserRow row = UserRow.of(user);
    Recording recording =
        signedUp(pool, sub, Origins.of(client, request.userContextData(), context));
    database.write(handle -> {
      Directory.insert(handle, pool, row);
      recording.write(handle);
      credential.ifPresent(made -> UserStore.setCredential(handle, pool.id(), sub, made));
      code.ifPresent(drawn -> CodeStore.put(handle, pool.id(), sub, drawn.row()));
      message.outgoing().ifPresent(outgoing -> outgoing.insert(handle));
      return sub;
    });
    if (message.undeliverable().isPresent()) {
      throw message.undeliverable().get();
    }
    message.outgoing().ifPresent(Outgoing::committed);
    List<Proof> shown = password.isPresent() ? List.of(Proof.PASSWORD) : List.of();
    return answer(sub, message, autoSignIn.session(pool, client, sub, shown));
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
   * What the account starts with: all that the pool requires, and no address taken as verified. A
   * preferred username that is an alias would be in force at once: it has to wait for the
   * confirmation (userpool.md §3).
   */
  private static Map<String, String> attributesOf(Pool pool, NewUsername username) {
    Map<String, String> attributes =
        new LinkedHashMap<>(AttributeRules.ofNewUser(pool, username.attributes()));
    if (pool.aliasAttributes().contains("preferred_username")
        && attributes.containsKey("preferred_username")) {
      throw Why.PREFERRED_USERNAME_TOO_EARLY.refusal();
    }
    AttributeRules.checkRequired(pool, attributes);
    for (String address : Schema.ADDRESSES) {
      if (attributes.containsKey(address)) {
        attributes.put(address + "_verified", "false");
      }
    }
    return attributes;
  }

  private static User newUser(
      Pool pool, String sub, NewUsername username, Map<String, String> attributes, Instant now) {
    return User.ofNew(pool.id(), sub, username.username(), UserStatus.UNCONFIRMED, attributes, now);
  }

  private static SignUpResponse answer(String sub, Composed message, @Nullable String session) {
    return SignUpResponse.builder()
        .userConfirmed(false)
        .userSub(sub)
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
  private record Composed(Optional<Outgoing> outgoing, Optional<Refusal> undeliverable) {}

  private Composed compose(Pool pool, User user, Optional<Codes.NewCode> code) {
    try {
      return new Composed(
          code.map(drawn -> messages.verification(pool, user, drawn, Messages.Occasion.SIGN_UP)),
          Optional.empty());
    } catch (Refusal noTransport) {
      return new Composed(Optional.empty(), Optional.of(noTransport));
    }
  }
}
