package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.DeliveryMediumType;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Cause;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.Pool;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What AdminCreateUser tells the new user, and by which medium (users.md §4). */
final class Invitations {
  private final Passwords passwords;
  private final Messages messages;
  private final Ids ids;

  Invitations(Passwords passwords, Messages messages, Ids ids) {
    this.passwords = passwords;
    this.messages = messages;
    this.ids = ids;
  }

  /**
   * The temporary password: as given, else drawn by the pool's policy.
   *
   * @throws dev.gatehouse.kernel.Refusal PASSWORD_POLICY
   */
  Secret temporaryPassword(Pool pool, AdminCreateUserRequest request) {
    return given(pool, request).orElseGet(() -> pool.passwordRules().generate(ids));
  }

  /**
   * The password of a new user; empty where none was given and the pool's users may sign in without
   * one.
   *
   * @throws dev.gatehouse.kernel.Refusal PASSWORD_POLICY
   */
  Optional<Secret> firstPassword(Pool pool, AdminCreateUserRequest request) {
    Optional<Secret> given = given(pool, request);
    return given.isPresent() || pool.passwordless()
        ? given
        : Optional.of(pool.passwordRules().generate(ids));
  }

  private Optional<Secret> given(Pool pool, AdminCreateUserRequest request) {
    String given = request.temporaryPassword();
    if (given == null || given.isEmpty()) {
      return Optional.empty();
    }
    Secret password = Secret.of(given);
    passwords.checkPolicy(pool, password);
    return Optional.of(password);
  }

  /**
   * How the invitation travels. A medium that was asked for needs its attribute. SMS, where none
   * was asked for, is used only if there is a number: clients create users without any address and
   * leave the member out.
   *
   * @throws dev.gatehouse.kernel.Refusal MEDIUM_WITHOUT_ADDRESS
   */
  static List<Medium> mediums(AdminCreateUserRequest request, Map<String, String> attributes) {
    if (MessageActionType.SUPPRESS.equals(request.messageAction())) {
      return List.of();
    }
    List<DeliveryMediumType> desired = request.desiredDeliveryMediums();
    if (desired == null || desired.isEmpty()) {
      return attributes.containsKey(Medium.SMS.attribute()) ? List.of(Medium.SMS) : List.of();
    }
    List<Medium> result =
        desired.stream().distinct().map(medium -> Medium.valueOf(medium.value())).toList();
    for (Medium medium : result) {
      if (!attributes.containsKey(medium.attribute())) {
        throw medium == Medium.SMS
            ? Why.MEDIUM_WITHOUT_ADDRESS.refusal("SMS", "phone number")
            : Why.MEDIUM_WITHOUT_ADDRESS.refusal("email", "email");
      }
    }
    return result;
  }

  /**
   * A password that is drawn anew must reach somebody: it puts the one before out of force.
   *
   * @throws dev.gatehouse.kernel.Refusal MEDIUM_WITHOUT_ADDRESS
   */
  static void refuseUnheard(AdminCreateUserRequest request, List<Medium> mediums) {
    String given = request.temporaryPassword();
    if (mediums.isEmpty() && (given == null || given.isEmpty())) {
      throw Why.MEDIUM_WITHOUT_ADDRESS.refusal("SMS", "phone number");
    }
  }

  /**
   * The messages, sealed.
   *
   * @throws dev.gatehouse.kernel.Refusal CODE_DELIVERY_FAILED, and what CustomMessage brings
   */
  List<Outgoing> prepare(
      Pool pool, User user, List<Medium> mediums, Optional<Secret> password, Cause cause) {
    String shown = shownName(pool, user);
    return mediums.stream()
        .map(medium ->
            password
                .map(text -> messages.invitation(pool, user, medium, shown, text, cause))
                .orElseGet(() -> messages.passwordlessInvitation(pool, user, medium, shown, cause)))
        .toList();
  }

  /** The name to sign in with: nobody types a generated sub. */
  private static String shownName(Pool pool, User user) {
    return pool.usernameAttributes().stream()
        .map(user::attribute)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(user.username());
  }
}
