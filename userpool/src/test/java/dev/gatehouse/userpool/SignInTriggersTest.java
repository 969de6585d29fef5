package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.jose.Claims;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthResponse;
import dev.gatehouse.model.cognitoidp.AdminRespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.GetTokensFromRefreshTokenRequest;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.model.cognitoidp.PreTokenGenerationLambdaVersionType;
import dev.gatehouse.model.cognitoidp.PreTokenGenerationVersionConfigType;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.RefreshTokenRotationType;
import dev.gatehouse.testkit.UsedSecrets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The triggers of a sign-in and of a refresh, and what PreTokenGeneration does to tokens. */
@NullUnmarked
class SignInTriggersTest {
  private static final String PASSWORD = "P@ssw0rd-1";
  private static final String INCORRECT = "NotAuthorizedException: Incorrect username or password.";
  private final UsersFixture fixture = new UsersFixture();
  private String pool;
  private String client;

  @AfterEach
  void close() {
    fixture.close();
  }

  private void pool(LambdaConfigType.Builder lambda) {
    pool(lambda, PreventUserExistenceErrorTypes.ENABLED);
  }

  private void pool(LambdaConfigType.Builder lambda, PreventUserExistenceErrorTypes errors) {
    pool = fixture.pool(CreateUserPoolRequest.builder().lambdaConfig(lambda.build()));
    client = client(errors, builder -> {});
    fixture.confirmed(pool, "ada", PASSWORD, UsersFixture.attributes("email", "a@example.com"));
    fixture.functions.sources();
  }

  private String client(
      PreventUserExistenceErrorTypes errors, Consumer<CreateUserPoolClientRequest.Builder> more) {
    CreateUserPoolClientRequest.Builder request =
        CreateUserPoolClientRequest.builder()
            .userPoolId(pool)
            .clientName("c")
            .preventUserExistenceErrors(errors)
            .explicitAuthFlows(
                List.of(
                    ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH,
                    ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH));
    more.accept(request);
    return fixture
        .call(CognitoIdpOperations.CREATE_USER_POOL_CLIENT, request.build())
        .userPoolClient()
        .clientId();
  }

  private AdminInitiateAuthRequest signIn(String name, String password) {
    return UsersFixture.signIn(pool, client, name, password).toBuilder()
        .clientMetadata(Map.of("k", "v"))
        .build();
  }

  private AuthenticationResultType signIn() {
    AuthenticationResultType tokens =
        fixture
            .call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("ada", PASSWORD))
            .authenticationResult();
    UsedSecrets.ofThisRun().add(tokens.accessToken());
    return tokens;
  }

  private static Claims claims(String token) {
    return Claims.parse(Base64.getUrlDecoder().decode(token.split("\\.")[1])).orElseThrow();
  }

  private LambdaConfigType.Builder all() {
    String function = fixture.functions.passive("f");
    return LambdaConfigType.builder()
        .preAuthentication(function)
        .postAuthentication(function)
        .preTokenGeneration(function);
  }

  @Test
  void aSignInRunsThreeInOrderAndMetadataReachesTheFirstAsValidationDataAlone() {
    pool(all());
    signIn();
    List<ObjectNode> events = List.copyOf(fixture.functions.events);
    assertThat(fixture.functions.sources())
        .containsExactly(
            "PreAuthentication_Authentication",
            "PostAuthentication_Authentication",
            "TokenGeneration_Authentication");
    assertThat(events.getFirst().get("request").toString())
        .contains("\"validationData\":{\"k\":\"v\"},\"userNotFound\":false")
        .doesNotContain("clientMetadata");
    assertThat(events.get(1).get("request").toString())
        .endsWith(",\"newDeviceUsed\":false}")
        .doesNotContain("\"k\"");
    assertThat(events.get(2).get("request").toString()).doesNotContain("\"k\"");
    assertThat(events.get(1).get("callerContext").get("clientId").stringValue()).isEqualTo(client);
  }

  @Test
  void aRefusalOfPreAuthenticationDeniesTheRightPasswordAndIsNotCounted() {
    pool(
        LambdaConfigType.builder()
            .preAuthentication(fixture.functions.raising("f", "not from here")));
    for (int i = 0; i < 10; i++) {
      assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("ada", PASSWORD)))
          .isEqualTo(
              "UserLambdaValidationException: PreAuthentication failed with error not from here.");
    }
    fixture.functions.passive("f");
    signIn();
  }

  @Test
  void aWrongPasswordRunsPreAuthenticationAlone() {
    pool(all());
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("ada", "Wr0ng-1!")))
        .isEqualTo(INCORRECT);
    assertThat(fixture.functions.sources()).containsExactly("PreAuthentication_Authentication");
  }

  @Test
  void aNameThatNobodyHasReachesPreAuthenticationWhereTheClientHidesThat() {
    pool(all());
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("eve", PASSWORD)))
        .isEqualTo(INCORRECT);
    assertThat(fixture.functions.last().get("userName").stringValue()).isEqualTo("eve");
    assertThat(fixture.functions.last().get("request").toString())
        .isEqualTo(
            "{\"userAttributes\":{},\"validationData\":{\"k\":\"v\"},\"userNotFound\":true}");
    assertThat(fixture.functions.sources()).containsExactly("PreAuthentication_Authentication");
  }

  @Test
  void aNameThatNobodyHasReachesNothingWhereTheClientTells() {
    pool(all(), PreventUserExistenceErrorTypes.LEGACY);
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("eve", PASSWORD)))
        .startsWith("UserNotFoundException");
    assertThat(fixture.functions.events).isEmpty();
  }

  @Test
  void postAuthenticationMayDenyTheTokens() {
    pool(LambdaConfigType.builder().postAuthentication(fixture.functions.raising("f", "no")));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("ada", PASSWORD)))
        .isEqualTo("UserLambdaValidationException: PostAuthentication failed with error no.");
  }

  @Test
  void aNewPasswordRunsPreAuthenticationFirstAndTheOthersAfterIt() {
    pool(all());
    UsedSecrets.ofThisRun().add("Temp0rary-1!");
    fixture.call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .username("bob")
            .temporaryPassword("Temp0rary-1!")
            .messageAction(MessageActionType.SUPPRESS)
            .build());
    AdminInitiateAuthResponse challenge =
        fixture.call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("bob", "Temp0rary-1!"));
    assertThat(fixture.functions.sources()).containsExactly("PreAuthentication_Authentication");
    fixture.call(
        CognitoIdpOperations.ADMIN_RESPOND_TO_AUTH_CHALLENGE,
        AdminRespondToAuthChallengeRequest.builder()
            .userPoolId(pool)
            .clientId(client)
            .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
            .session(challenge.session())
            .challengeResponses(Map.of("USERNAME", "bob", "NEW_PASSWORD", PASSWORD))
            .clientMetadata(Map.of("later", "yes"))
            .build());
    assertThat(fixture.functions.events)
        .allSatisfy(event ->
            assertThat(event.at("/request/clientMetadata").toString())
                .isEqualTo("{\"later\":\"yes\"}"));
    assertThat(fixture.functions.sources())
        .containsExactly(
            "PostAuthentication_Authentication", "TokenGeneration_NewPasswordChallenge");
  }

  @Test
  void aRefreshRunsTokenGenerationAlone() {
    pool(all());
    String refresh = signIn().refreshToken();
    fixture.functions.sources();
    fixture.call(
        CognitoIdpOperations.ADMIN_INITIATE_AUTH,
        AdminInitiateAuthRequest.builder()
            .userPoolId(pool)
            .clientId(client)
            .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
            .authParameters(Map.of("REFRESH_TOKEN", refresh))
            .clientMetadata(Map.of("k", "v"))
            .build());
    assertThat(fixture.functions.last().get("request").has("clientMetadata")).isFalse();
    assertThat(fixture.functions.sources()).containsExactly("TokenGeneration_RefreshTokens");
    fixture.call(
        CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN,
        GetTokensFromRefreshTokenRequest.builder()
            .clientId(client)
            .refreshToken(refresh)
            .clientMetadata(Map.of("k", "v"))
            .build());
    assertThat(fixture.functions.last().at("/request/clientMetadata").toString())
        .isEqualTo("{\"k\":\"v\"}");
    assertThat(fixture.functions.sources()).containsExactly("TokenGeneration_RefreshTokens");
  }

  @Test
  void aRotationThatTheFunctionRefusesUsesNoTokenUp() {
    pool(all());
    client =
        client(
            PreventUserExistenceErrorTypes.ENABLED,
            builder ->
                builder
                    .explicitAuthFlows(
                        List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                    .refreshTokenRotation(
                        RefreshTokenRotationType.builder()
                            .feature(FeatureType.ENABLED)
                            .retryGracePeriodSeconds(0)
                            .build()));
    String refresh = signIn().refreshToken();
    GetTokensFromRefreshTokenRequest request =
        GetTokensFromRefreshTokenRequest.builder().clientId(client).refreshToken(refresh).build();
    fixture.functions.raising("f", "no");
    for (int i = 0; i < 2; i++) {
      assertThat(fixture.refused(CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, request))
          .isEqualTo("UserLambdaValidationException: PreTokenGeneration failed with error no.");
    }
    fixture.functions.passive("f");
    fixture.call(CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, request);
    fixture.functions.sources();
    assertThat(fixture.refused(CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, request))
        .startsWith("RefreshTokenReuseException");
    assertThat(fixture.functions.events).isEmpty();
  }

  @Test
  void theFirstFormChangesTheIdTokenAndTheGroupsOfBoth() {
    pool(
        LambdaConfigType.builder()
            .preTokenGeneration(
                fixture.functions.answering(
                    "f",
                    response -> {
                      ObjectNode details = response.putObject("claimsOverrideDetails");
                      details
                          .putObject("claimsToAddOrOverride")
                          .put("tenant", "t1")
                          .put("email", "other@example.com")
                          .put("sub", "forged")
                          .put("cognito:username", "forged");
                      details.putArray("claimsToSuppress").add("email_verified").add("aud");
                      ObjectNode groups = details.putObject("groupOverrideDetails");
                      groups.putArray("groupsToOverride").add("g1").add("g2");
                      groups.putArray("iamRolesToOverride").add("arn:aws:iam::1:role/r");
                      groups.put("preferredRole", "arn:aws:iam::1:role/r");
                    })));
    AuthenticationResultType tokens = signIn();
    assertThat(fixture.functions.last().get("version").stringValue()).isEqualTo("1");
    assertThat(fixture.functions.last().get("request").toString())
        .contains(
            "\"groupConfiguration\":{\"groupsToOverride\":[],\"iamRolesToOverride\":[],\"preferredRole\":null}")
        .doesNotContain("scopes");
    Claims id = claims(tokens.idToken());
    Claims access = claims(tokens.accessToken());
    assertThat(id.text("tenant")).contains("t1");
    assertThat(id.text("email")).contains("other@example.com");
    assertThat(id.text("sub")).isEqualTo(access.text("sub"));
    assertThat(id.text("cognito:username")).contains("ada");
    assertThat(id.has("email_verified")).isFalse();
    assertThat(id.text("aud")).contains(client);
    assertThat(id.texts("cognito:groups")).containsExactly("g1", "g2");
    assertThat(access.texts("cognito:groups")).containsExactly("g1", "g2");
    assertThat(id.texts("cognito:roles")).containsExactly("arn:aws:iam::1:role/r");
    assertThat(id.text("cognito:preferred_role")).contains("arn:aws:iam::1:role/r");
    assertThat(access.has("tenant")).isFalse();
  }

  private void later(PreTokenGenerationLambdaVersionType version, Consumer<ObjectNode> fill) {
    pool(
        LambdaConfigType.builder()
            .preTokenGenerationConfig(
                PreTokenGenerationVersionConfigType.builder()
                    .lambdaVersion(version)
                    .lambdaArn(fixture.functions.answering("f", fill))
                    .build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void theLaterFormsChangeBothTokensAndTheScopes(String version) {
    later(
        new PreTokenGenerationLambdaVersionType("V" + version + "_0"),
        response -> {
          ObjectNode details = response.putObject("claimsAndScopeOverrideDetails");
          ObjectNode id = details.putObject("idTokenGeneration");
          id.putObject("claimsToAddOrOverride")
              .put("number", 7)
              .put("gone", "x")
              .putObject("tenant")
              .put("id", 1);
          id.putArray("claimsToSuppress").add("gone").add("email");
          ObjectNode access = details.putObject("accessTokenGeneration");
          access
              .putObject("claimsToAddOrOverride")
              .put("tenant", "t1")
              .put("token_use", "id")
              .put("dev:x", "y");
          access.putArray("scopesToAdd").add("rs/read").add("both");
          access.putArray("scopesToSuppress").add("both").add("phone");
        });
    AuthenticationResultType tokens = signIn();
    assertThat(fixture.functions.last().get("version").stringValue()).isEqualTo(version);
    assertThat(fixture.functions.last().at("/request/scopes").toString())
        .isEqualTo("[\"aws.cognito.signin.user.admin\"]");
    Claims id = claims(tokens.idToken());
    assertThat(new String(id.json(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"number\":7")
        .contains("\"tenant\":{\"id\":1}");
    assertThat(id.has("gone")).isFalse();
    assertThat(id.has("email")).isFalse();
    Claims access = claims(tokens.accessToken());
    assertThat(access.text("tenant")).contains("t1");
    assertThat(access.text("token_use")).contains("access");
    assertThat(access.has("dev:x")).isFalse();
    assertThat(access.text("scope")).contains("aws.cognito.signin.user.admin rs/read");
  }

  @Test
  void theScopeOfTheOwnAccountCanBeTakenAway() {
    later(
        PreTokenGenerationLambdaVersionType.V2_0,
        response ->
            response
                .putObject("claimsAndScopeOverrideDetails")
                .putObject("accessTokenGeneration")
                .putArray("scopesToSuppress")
                .add("aws.cognito.signin.user.admin"));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.GET_USER,
                GetUserRequest.builder().accessToken(signIn().accessToken()).build()))
        .isEqualTo("NotAuthorizedException: Access Token does not have required scopes");
  }

  @Test
  void groupsThatAreNamedWithoutContentAreTakenAway() {
    fixture.functions.passive("f");
    later(
        PreTokenGenerationLambdaVersionType.V2_0,
        response ->
            response.putObject("claimsAndScopeOverrideDetails").putNull("groupOverrideDetails"));
    fixture.call(
        CognitoIdpOperations.CREATE_GROUP,
        dev.gatehouse.model.cognitoidp.CreateGroupRequest.builder()
            .userPoolId(pool)
            .groupName("g")
            .build());
    fixture.call(
        CognitoIdpOperations.ADMIN_ADD_USER_TO_GROUP,
        dev.gatehouse.model.cognitoidp.AdminAddUserToGroupRequest.builder()
            .userPoolId(pool)
            .groupName("g")
            .username("ada")
            .build());
    assertThat(claims(signIn().accessToken()).has("cognito:groups")).isFalse();
    assertThat(
            fixture.functions.last().at("/request/groupConfiguration/groupsToOverride").toString())
        .isEqualTo("[\"g\"]");
    fixture.functions.answering(
        "f", response -> response.putObject("claimsAndScopeOverrideDetails"));
    assertThat(claims(signIn().accessToken()).texts("cognito:groups")).containsExactly("g");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"claimsAndScopeOverrideDetails\":[]}",
        "{\"claimsAndScopeOverrideDetails\":{\"idTokenGeneration\":7}}",
        "{\"claimsAndScopeOverrideDetails\":{\"idTokenGeneration\":{\"claimsToSuppress\":\"x\"}}}",
        "{\"claimsAndScopeOverrideDetails\":{\"idTokenGeneration\":{\"claimsToAddOrOverride\":{\"address\":{\"a\":1}}}}}",
        "{\"claimsAndScopeOverrideDetails\":{\"accessTokenGeneration\":{\"scopesToAdd\":[\"a b\"]}}}",
        "{\"claimsAndScopeOverrideDetails\":{\"groupOverrideDetails\":{\"groupsToOverride\":[1]}}}"
      })
  void whatCannotBeUsedLeavesNoTokenAndNoFamily(String response) {
    pool(
        LambdaConfigType.builder()
            .preTokenGenerationConfig(
                PreTokenGenerationVersionConfigType.builder()
                    .lambdaVersion(PreTokenGenerationLambdaVersionType.V2_0)
                    .lambdaArn(fixture.functions.saying("f", "{\"response\":" + response + "}"))
                    .build()));
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn("ada", PASSWORD)))
        .startsWith("InvalidLambdaResponseException: Invalid lambda function output : ");
    assertThat(families()).isZero();
    fixture.functions.passive("f");
    signIn();
    assertThat(families()).isEqualTo(1);
  }

  private int families() {
    return fixture.database.read(
        handle -> handle.createQuery("SELECT COUNT(*) FROM family").mapTo(Integer.class).one());
  }
}
