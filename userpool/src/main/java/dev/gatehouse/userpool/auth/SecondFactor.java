package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.MfaPreference;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.MfaPolicy;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Decides which second factor is asked for after the password (auth.md §6), and asks. */
final class SecondFactor {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DIGITS = 6;

  private final NextChallenge next;
  private final Codes codes;
  private final Messages messages;

  SecondFactor(NextChallenge next, Codes codes, Messages messages) {
    this.next = next;
    this.codes = codes;
    this.messages = messages;
  }

  /**
   * @return empty when nothing more is to be asked
   * @throws dev.gatehouse.kernel.Refusal NO_MFA_METHOD, LEVEL_UNREACHABLE, CODE_DELIVERY_FAILED
   */
  Optional<AuthStep> ask(AuthRequest request, Subject.Known known, Evidence evidence) {
    MfaPolicy policy = request.pool().mfa();
    User user = known.account().user();
    // 0. a level that is to be reached, whatever the pool asks for
    if (evidence.progress().belowTarget()) {
      return Optional.of(stepUp(request, user, evidence));
    }
    // 1. only a password alone calls for more, and only where the pool has MFA
    if (policy.mode() == MfaPolicy.Mode.OFF || !evidence.progress().passwordAlone()) {
      return Optional.empty();
    }
    List<MfaFactor> usable = policy.usable(user);
    // 2. the user's preference
    MfaFactor preferred = user.mfa().preferred();
    if (preferred != null && usable.contains(preferred)) {
      return Optional.of(challenge(request, user, evidence, preferred));
    }
    // 3. without one: the only factor, or the choice
    if (usable.size() == 1) {
      return Optional.of(challenge(request, user, evidence, usable.getFirst()));
    }
    if (!usable.isEmpty()) {
      return Optional.of(select(request, user, evidence, usable));
    }
    // 4. none usable
    return policy.required() ? Optional.of(setUp(request, user, evidence)) : Optional.empty();
  }

  /** Asks for one of the factors that bring the level (new-2026.md §2.3). */
  private AuthStep stepUp(AuthRequest request, User user, Evidence evidence) {
    Progress progress = evidence.progress();
    List<MfaFactor> ways =
        request.pool().mfa().usable(user).stream()
            .filter(factor -> Levels.with(progress.proofs(), Proof.of(factor)) >= progress.target())
            .toList();
    MfaFactor preferred = user.mfa().preferred();
    if (ways.isEmpty()) {
      throw Why.LEVEL_UNREACHABLE.refusal();
    }
    if (preferred != null && ways.contains(preferred)) {
      return challenge(request, user, evidence, preferred);
    }
    return ways.size() == 1
        ? challenge(request, user, evidence, ways.getFirst())
        : select(request, user, evidence, ways);
  }

  /** Asks for this factor. */
  AuthStep challenge(AuthRequest request, User user, Evidence evidence, MfaFactor factor) {
    String attribute = factor.attribute();
    if (attribute != null) {
      String address = Objects.requireNonNull(user.attribute(attribute));
      return code(request, user, evidence, factor, address, null);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("USER_ID_FOR_SRP", user.username());
    MfaPreference mfa = user.mfa();
    if (mfa.tokenName() != null) {
      parameters.put("FRIENDLY_DEVICE_NAME", mfa.tokenName());
    }
    return next.ask(
        request,
        evidence,
        new FlowState.SoftwareToken(evidence.progress(), user.sub(), next.expires(request)),
        parameters);
  }

  /** Sends a code to an address that the user has not yet, to set it up as a factor. */
  AuthStep setUpEmail(AuthRequest request, User user, Evidence evidence, String address) {
    String newAddress = address.equals(user.attribute("email")) ? null : address;
    return code(request, user, evidence, MfaFactor.EMAIL_OTP, address, newAddress);
  }

  private AuthStep code(
      AuthRequest request,
      User user,
      Evidence evidence,
      MfaFactor factor,
      String address,
      @Nullable String newAddress) {
    Instant expires = next.expires(request);
    String attribute = Objects.requireNonNull(factor.attribute());
    Codes.NewCode code =
        codes.drawForSignIn(request.pool().id(), user.sub(), attribute, address, DIGITS, expires);
    Outgoing message =
        messages.signIn(
            request.pool(),
            user,
            code,
            new Messages.Cause(
                Messages.Occasion.AUTHENTICATION, request.client(), request.clientMetadata()));
    FlowState.CodeSent state =
        new FlowState.CodeSent(
            evidence.progress(),
            user.sub(),
            factor.name(),
            Proof.of(factor),
            attribute,
            newAddress,
            code.row().mac(),
            expires);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("CODE_DELIVERY_DELIVERY_MEDIUM", message.destination().medium().name());
    parameters.put("CODE_DELIVERY_DESTINATION", message.destination().masked());
    parameters.put("USER_ID_FOR_SRP", user.username());
    return next.ask(request, evidence, state, parameters, message);
  }

  private AuthStep select(
      AuthRequest request, User user, Evidence evidence, List<MfaFactor> usable) {
    String choice = JSON.writeValueAsString(usable.stream().map(MfaFactor::name).toList());
    Map<String, String> parameters = new LinkedHashMap<>();
    // clients read the first name, the vendor's documentation has the second (auth.md §5)
    parameters.put("MFAS_CAN_CHOOSE", choice);
    parameters.put("MFAS_CAN_SELECT", choice);
    parameters.put("USER_ID_FOR_SRP", user.username());
    return next.ask(
        request,
        evidence,
        new FlowState.SelectMfa(evidence.progress(), user.sub(), next.expires(request)),
        parameters);
  }

  private AuthStep setUp(AuthRequest request, User user, Evidence evidence) {
    List<MfaFactor> settable = request.pool().mfa().settable();
    if (settable.isEmpty()) {
      throw Why.NO_MFA_METHOD.refusal();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put(
        "MFAS_CAN_SETUP", JSON.writeValueAsString(settable.stream().map(MfaFactor::name).toList()));
    parameters.put("USER_ID_FOR_SRP", user.username());
    return next.ask(
        request,
        evidence,
        new FlowState.MfaSetup(
            evidence.progress(),
            user.sub(),
            FlowState.MfaSetup.Stage.OFFERED,
            null,
            next.expires(request)),
        parameters);
  }
}
