package dev.gatehouse.userpool.trigger;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.PreTokenGenerationLambdaVersionType;
import dev.gatehouse.model.cognitoidp.PreTokenGenerationVersionConfigType;
import dev.gatehouse.triggers.Functions;
import dev.gatehouse.userpool.CustomAuthTriggers;
import dev.gatehouse.userpool.Triggers;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.TokenContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@link Triggers} as Lambda functions: events and answers of triggers.md §3. */
public final class LambdaTriggers implements Triggers, CustomAuthTriggers {
  /** How long a pool waits for an answer, each time. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private final LambdaCalls calls;
  private final CustomSenders senders;

  /**
   * @param patience {@link #PATIENCE}, but in tests
   */
  public LambdaTriggers(Functions functions, CustomSenders senders, Duration patience) {
    this.calls = new LambdaCalls(functions, patience);
    this.senders = senders;
  }

  @Override
  public PreSignUpReply preSignUp(
      Event event, String triggerSource, Map<String, String> validationData) {
    Optional<String> function = Trigger.PRE_SIGN_UP.of(event.pool());
    if (function.isEmpty()) {
      return PreSignUpReply.NOTHING;
    }
    LambdaEvent sent =
        LambdaEvent.of(event, triggerSource)
            .withAttributes()
            .withValidationData(validationData)
            .withMetadata();
    sent.response
        .put("autoConfirmUser", false)
        .put("autoVerifyEmail", false)
        .put("autoVerifyPhone", false);
    LambdaReply reply = calls.call(Trigger.PRE_SIGN_UP, function.get(), sent);
    return new PreSignUpReply(
        reply.flag("autoConfirmUser"),
        reply.flag("autoVerifyEmail"),
        reply.flag("autoVerifyPhone"));
  }

  @Override
  public void postConfirmation(Event event, String triggerSource) {
    Trigger.POST_CONFIRMATION
        .of(event.pool())
        .ifPresent(function ->
            calls.call(
                Trigger.POST_CONFIRMATION,
                function,
                LambdaEvent.of(event, triggerSource).withAttributes().withMetadata()));
  }

  @Override
  public void preAuthentication(
      Event event, Map<String, String> validationData, boolean userNotFound) {
    Trigger.PRE_AUTHENTICATION
        .of(event.pool())
        .ifPresent(function -> {
          LambdaEvent sent =
              LambdaEvent.of(event, "PreAuthentication_Authentication")
                  .withAttributes()
                  .withValidationData(validationData);
          sent.request.put("userNotFound", userNotFound);
          calls.call(Trigger.PRE_AUTHENTICATION, function, sent);
        });
  }

  @Override
  public void postAuthentication(Event event, boolean newDeviceUsed) {
    Trigger.POST_AUTHENTICATION
        .of(event.pool())
        .ifPresent(function -> {
          LambdaEvent sent =
              LambdaEvent.of(event, "PostAuthentication_Authentication")
                  .withAttributes()
                  .withMetadata();
          sent.request.put("newDeviceUsed", newDeviceUsed);
          calls.call(Trigger.POST_AUTHENTICATION, function, sent);
        });
  }

  @Override
  public TokenContent preTokenGeneration(Event event, String triggerSource, TokenContent content) {
    Optional<String> function = Trigger.PRE_TOKEN_GENERATION.of(event.pool());
    if (function.isEmpty()) {
      return content;
    }
    String version = tokenVersion(event.pool());
    LambdaEvent sent =
        new LambdaEvent(event, version, triggerSource).withAttributes().withMetadata();
    ObjectNode groups = sent.request.putObject("groupConfiguration");
    LambdaEvent.putList(groups, "groupsToOverride", content.groups());
    LambdaEvent.putList(groups, "iamRolesToOverride", content.roles());
    LambdaEvent.putText(groups, "preferredRole", content.preferredRole());
    if (version.equals("1")) {
      sent.awaiting("claimsOverrideDetails");
      return TokenReply.first(
          calls.call(Trigger.PRE_TOKEN_GENERATION, function.get(), sent), content);
    }
    LambdaEvent.putList(sent.request, "scopes", content.scopes());
    sent.awaiting("claimsAndScopeOverrideDetails");
    return TokenReply.later(
        calls.call(Trigger.PRE_TOKEN_GENERATION, function.get(), sent), content);
  }

  private static String tokenVersion(Pool pool) {
    LambdaConfigType lambda = Objects.requireNonNull(pool.settings().lambdaConfig());
    PreTokenGenerationVersionConfigType config = lambda.preTokenGenerationConfig();
    if (config == null || PreTokenGenerationLambdaVersionType.V1_0.equals(config.lambdaVersion())) {
      return "1";
    }
    return PreTokenGenerationLambdaVersionType.V2_0.equals(config.lambdaVersion()) ? "2" : "3";
  }

  @Override
  public MessageTexts customMessage(Event event, String triggerSource, List<MessagePlace> places) {
    Optional<String> function = Trigger.CUSTOM_MESSAGE.of(event.pool());
    if (function.isEmpty()) {
      return MessageTexts.NONE;
    }
    LambdaEvent sent = LambdaEvent.of(event, triggerSource).withAttributes();
    sent.request.put("codeParameter", MessagePlace.CODE.text());
    LambdaEvent.putText(
        sent.request,
        "usernameParameter",
        places.contains(MessagePlace.USERNAME) ? MessagePlace.USERNAME.text() : null);
    sent.withMetadata().awaiting("smsMessage", "emailMessage", "emailSubject");
    return CustomMessageReply.read(
        calls.call(Trigger.CUSTOM_MESSAGE, function.get(), sent), event.pool(), places);
  }

  @Override
  public Optional<Migrated> userMigration(
      Event event,
      String triggerSource,
      @Nullable Secret password,
      Map<String, String> validationData) {
    return Trigger.USER_MIGRATION
        .of(event.pool())
        .flatMap(function -> {
          LambdaEvent sent = LambdaEvent.of(event, triggerSource);
          if (password != null) {
            sent.request.put("password", password.text());
          }
          sent.withValidationData(validationData)
              .withMetadata()
              .awaiting(
                  "userAttributes",
                  "forceAliasCreation",
                  "enableSMSMFA",
                  "finalUserStatus",
                  "messageAction",
                  "desiredDeliveryMediums");
          sent.request.putNull("userAttributes");
          return MigrationReply.read(calls.call(Trigger.USER_MIGRATION, function, sent));
        });
  }

  @Override
  public boolean sends(Pool pool, Medium medium) {
    return senders.serves(pool, medium);
  }

  @Override
  public void send(Event event, Medium medium, String occasion, Secret code) {
    senders.send(event, medium, occasion, code);
  }

  @Override
  public Decision defineAuthChallenge(Event event, List<Round> rounds, boolean userNotFound) {
    LambdaEvent sent = customAuth(event, Trigger.DEFINE_AUTH_CHALLENGE);
    putRounds(sent, rounds);
    sent.request.put("userNotFound", userNotFound);
    sent.awaiting("challengeName", "issueTokens", "failAuthentication");
    LambdaReply reply = call(Trigger.DEFINE_AUTH_CHALLENGE, sent);
    return new Decision(
        reply.text("challengeName"), reply.flag("issueTokens"), reply.flag("failAuthentication"));
  }

  @Override
  public NewChallenge createAuthChallenge(
      Event event, String challengeName, List<Round> rounds, boolean userNotFound) {
    LambdaEvent sent = customAuth(event, Trigger.CREATE_AUTH_CHALLENGE);
    sent.request.put("challengeName", challengeName);
    putRounds(sent, rounds);
    sent.request.put("userNotFound", userNotFound);
    sent.awaiting("publicChallengeParameters", "privateChallengeParameters", "challengeMetadata");
    LambdaReply reply = call(Trigger.CREATE_AUTH_CHALLENGE, sent);
    return new NewChallenge(
        reply.texts("publicChallengeParameters"),
        reply.texts("privateChallengeParameters"),
        reply.text("challengeMetadata"));
  }

  @Override
  public boolean verifyAuthChallengeResponse(
      Event event, Map<String, String> privateParameters, String answer, boolean userNotFound) {
    LambdaEvent sent = customAuth(event, Trigger.VERIFY_AUTH_CHALLENGE_RESPONSE);
    LambdaEvent.putTexts(sent.request, "privateChallengeParameters", privateParameters);
    sent.request.put("challengeAnswer", answer);
    sent.request.put("userNotFound", userNotFound);
    sent.awaiting("answerCorrect");
    return call(Trigger.VERIFY_AUTH_CHALLENGE_RESPONSE, sent).flag("answerCorrect");
  }

  private static LambdaEvent customAuth(Event event, Trigger trigger) {
    return LambdaEvent.of(event, trigger.label() + "_Authentication")
        .withAttributes()
        .withMetadata();
  }

  private static void putRounds(LambdaEvent event, List<Round> rounds) {
    ArrayNode session = event.request.putArray("session");
    for (Round round : rounds) {
      ObjectNode one =
          session
              .addObject()
              .put("challengeName", round.challengeName())
              .put("challengeResult", round.challengeResult());
      LambdaEvent.putText(one, "challengeMetadata", round.challengeMetadata());
    }
  }

  /** A function without which there is no CUSTOM_AUTH. */
  private LambdaReply call(Trigger trigger, LambdaEvent event) {
    String function =
        trigger
            .of(event.about().pool())
            .orElseThrow(() -> Why.CUSTOM_AUTH_NOT_CONFIGURED.refusal());
    return calls.call(trigger, function, event);
  }
}
