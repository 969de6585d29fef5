package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient.Flow;
import dev.gatehouse.userpool.pool.PoolChecks;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in, for the API and the hosted pages alike. The checks that every flow needs stand
 * here and in {@link SignIn}, once and in order, so that no flow can forget one:
 *
 * <ol>
 *   <li>settings that the server cannot honour ({@link UnsupportedSettings})
 *   <li>the flow is one that this caller and this client may use
 *   <li>the flow's own steps: parameters, SECRET_HASH, name, lock-out, credential ({@link
 *       PasswordFlow}, {@link SrpFlow}, {@link ChoiceFlow})
 *   <li>what follows a right credential ({@link SignIn#passed}): status, new password, MFA,
 *       PostAuthentication, tokens
 * </ol>
 */
public final class AuthEngine {
  private final PasswordFlow passwordFlow;
  private final SrpFlow srpFlow;
  private final CustomFlow customFlow;
  private final ChoiceFlow choiceFlow;
  private final RefreshFlow refreshFlow;
  private final NewPasswordStep newPasswordStep;
  private final MfaStep mfaStep;
  private final DeviceStep deviceStep;
  private final Sessions sessions;
  private final PoolChecks poolChecks;

  AuthEngine(
      PasswordFlow passwordFlow,
      SrpFlow srpFlow,
      CustomFlow customFlow,
      ChoiceFlow choiceFlow,
      RefreshFlow refreshFlow,
      NewPasswordStep newPasswordStep,
      MfaStep mfaStep,
      DeviceStep deviceStep,
      Sessions sessions,
      PoolChecks poolChecks) {
    this.passwordFlow = passwordFlow;
    this.srpFlow = srpFlow;
    this.customFlow = customFlow;
    this.choiceFlow = choiceFlow;
    this.refreshFlow = refreshFlow;
    this.newPasswordStep = newPasswordStep;
    this.mfaStep = mfaStep;
    this.deviceStep = deviceStep;
    this.sessions = sessions;
    this.poolChecks = poolChecks;
  }

  /**
   * Begins a sign-in.
   *
   * @param flow {@code AuthFlow}, a value of the model's enum
   * @param session of a sign-up that USER_AUTH goes on with; null where the client sends none
   */
  public AuthStep begin(AuthRequest request, String flow, @Nullable String session) {
    return refusalAsStep(() -> {
      UnsupportedSettings.check(request.pool(), request.operation());
      return switch (flow) {
        case "USER_SRP_AUTH" -> {
          allowed(request, Flow.SRP, Why.SRP_FLOW_NOT_ENABLED);
          yield srpFlow.begin(request);
        }
        case "USER_PASSWORD_AUTH" -> {
          allowed(request, Flow.PASSWORD, Why.PASSWORD_FLOW_NOT_ENABLED);
          yield passwordFlow.begin(request);
        }
        case "ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH" -> {
          adminOnly(request);
          allowed(request, Flow.ADMIN_PASSWORD, Why.ADMIN_FLOW_NOT_ENABLED);
          yield passwordFlow.begin(request);
        }
        case "CUSTOM_AUTH" -> {
          allowed(request, Flow.CUSTOM, Why.CUSTOM_FLOW_NOT_ENABLED);
          yield customFlow.begin(request);
        }
        case "USER_AUTH" -> {
          poolChecks.checkChoice(request.pool());
          if (!request.client().flows().contains(Flow.CHOICE)) {
            throw Why.FLOW_NOT_ENABLED.refusal(flow);
          }
          yield choiceFlow.begin(request, session);
        }
        case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN" -> refreshFlow.begin(request);
        default -> throw Why.FLOW_NOT_SERVED.refusal(flow);
      };
    });
  }

  /**
   * Goes on with a sign-in.
   *
   * @param challenge {@code ChallengeName}, a value of the model's enum
   * @param session null where the client sends none
   */
  public AuthStep answer(AuthRequest request, String challenge, @Nullable String session) {
    return refusalAsStep(() -> {
      UnsupportedSettings.check(request.pool(), request.operation());
      return switch (challenge) {
        case "PASSWORD_VERIFIER" -> srpFlow.answer(request, session);
        case "DEVICE_SRP_AUTH" -> deviceStep.begin(request, session);
        case "DEVICE_PASSWORD_VERIFIER" -> deviceStep.answer(request, session);
        default -> answerOpened(request, challenge, session);
      };
    });
  }

  private AuthStep answerOpened(AuthRequest request, String challenge, @Nullable String session) {
    if (session == null) {
      throw Why.PARAMETER_MISSING.refusal("Session");
    }
    FlowState opened = sessions.open(request, session);
    if (!challenge.equals(opened.challenge())) {
      throw Why.SESSION_INVALID.refusal();
    }
    return switch (opened) {
      // answered above: clients may answer these without a Session
      case FlowState.PasswordVerifier ignored -> throw Why.SESSION_INVALID.refusal();
      case FlowState.DeviceSrp ignored -> throw Why.SESSION_INVALID.refusal();
      case FlowState.DeviceVerifier ignored -> throw Why.SESSION_INVALID.refusal();
      case FlowState.NewPasswordRequired state -> newPasswordStep.answer(request, state);
      case FlowState.CodeSent state ->
          state.proof().isSecondFactor()
              ? mfaStep.code(request, state)
              : choiceFlow.code(request, state);
      case FlowState.SelectChallenge state -> choiceFlow.select(request, state);
      case FlowState.PasswordAsked state -> choiceFlow.password(request, state);
      // no challenge: a sign-in begins with it
      case FlowState.SignedUp ignored -> throw Why.SESSION_INVALID.refusal();
      case FlowState.SoftwareToken state -> mfaStep.softwareToken(request, state);
      case FlowState.SelectMfa state -> mfaStep.select(request, state);
      case FlowState.MfaSetup state -> mfaStep.setUp(request, state);
      case FlowState.CustomChallenge state -> customFlow.answer(request, state);
    };
  }

  private static void adminOnly(AuthRequest request) {
    if (request.kind() != AuthRequest.Kind.ADMIN) {
      throw Why.FLOW_NOT_SUPPORTED.refusal();
    }
  }

  private static void allowed(AuthRequest request, Flow flow, Why refused) {
    if (!request.client().flows().contains(flow)) {
      throw refused.refusal();
    }
  }

  private static AuthStep refusalAsStep(Supplier<AuthStep> round) {
    try {
      return round.get();
    } catch (Refusal refusal) {
      if (refusal.reason() instanceof UserPoolReason reason) {
        return new AuthStep.Refused(reason);
      }
      throw refusal;
    }
  }

  /** Checks SECRET_HASH over the USERNAME of the same request. */
  static void checkSecretHash(AuthRequest request, Parameters parameters, String username) {
    ClientProof.checkHash(request.client(), parameters.optional("SECRET_HASH"), List.of(username));
  }
}
