package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.*;
import dev.gatehouse.testkit.Differs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table, through every operation that it governs. */
@NullUnmarked
class UnsupportedSettingsTest {
  private static final String PASSWORD = "P@ssw0rd-1";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool =
      fixture.pool(
          CreateUserPoolRequest.builder()
              .userPoolTier(UserPoolTierType.PLUS)
              .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL)));
  private final String client = fixture.client(pool);

  @AfterEach
  void close() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  @Differs(
      number = 11,
      in = "Settings that are not honoured",
      cognito = "Every setting of a pool acts.",
      here =
          "Those listed in docs/operations.md are stored and described, and the operations that they govern are refused by name.",
      why = "A setting that protects, and that nobody reads, is worse than a refusal.")
  void aSettingBlocksEveryOperationThatItGoverns(UnsupportedSettings row) {
    fixture.confirmed(pool, "ada", PASSWORD, UsersFixture.attributes("email", "ada@example.com"));
    AuthenticationResultType tokens =
        fixture
            .call(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, client, "ada", PASSWORD))
            .authenticationResult();
    set(row);
    assertThat(row.operations())
        .isNotEmpty()
        .allSatisfy(operation ->
            assertThat(refusal(operation, tokens))
                .matches("(InvalidUserPoolConfiguration|InvalidParameter)Exception: .*")
                .contains("setting " + row.setting() + " is stored but not served"));
    assertThat(fixture.user(pool, "ada").enabled()).as("AdminGetUser is not governed").isTrue();
  }

  private void set(UnsupportedSettings row) {
    UpdateUserPoolRequest.Builder update =
        UpdateUserPoolRequest.builder()
            .userPoolId(pool)
            .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL));
    switch (row) {
      case THREAT_PROTECTION ->
          update.userPoolAddOns(
              UserPoolAddOnsType.builder()
                  .advancedSecurityMode(AdvancedSecurityModeType.ENFORCED)
                  .build());
      case CONFIRM_WITH_LINK ->
          update.verificationMessageTemplate(
              VerificationMessageTemplateType.builder()
                  .defaultEmailOption(DefaultEmailOptionType.CONFIRM_WITH_LINK)
                  .build());
    }
    fixture.call(CognitoIdpOperations.UPDATE_USER_POOL, update.build());
  }

  /** What the operation answers; unknown to this test until somebody says how it is called. */
  private String refusal(String operation, AuthenticationResultType tokens) {
    return switch (operation) {
      case "InitiateAuth",
          "AdminInitiateAuth",
          "RespondToAuthChallenge",
          "AdminRespondToAuthChallenge",
          "GetTokensFromRefreshToken" ->
          signIn(operation, tokens);
      case "GetUserAttributeVerificationCode", "UpdateUserAttributes", "ChangePassword" ->
          ofTheBearer(operation, tokens.accessToken());
      case "AdminCreateUser",
          "AdminResetUserPassword",
          "AdminUpdateUserAttributes",
          "AdminConfirmSignUp" ->
          ofTheAdministrator(operation);
      default -> unsigned(operation);
    };
  }

  private String signIn(String operation, AuthenticationResultType tokens) {
    return switch (operation) {
      case "InitiateAuth" ->
          fixture.refused(
              CognitoIdpOperations.INITIATE_AUTH,
              InitiateAuthRequest.builder()
                  .clientId(client)
                  .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                  .authParameters(Map.of("REFRESH_TOKEN", tokens.refreshToken()))
                  .build());
      case "AdminInitiateAuth" ->
          fixture.refused(
              CognitoIdpOperations.ADMIN_INITIATE_AUTH,
              UsersFixture.signIn(pool, client, "ada", PASSWORD));
      case "RespondToAuthChallenge" ->
          fixture.refused(
              CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE,
              RespondToAuthChallengeRequest.builder()
                  .clientId(client)
                  .challengeName(ChallengeNameType.PASSWORD_VERIFIER)
                  .challengeResponses(Map.of("USERNAME", "ada"))
                  .build());
      case "AdminRespondToAuthChallenge" ->
          fixture.refused(
              CognitoIdpOperations.ADMIN_RESPOND_TO_AUTH_CHALLENGE,
              AdminRespondToAuthChallengeRequest.builder()
                  .userPoolId(pool)
                  .clientId(client)
                  .challengeName(ChallengeNameType.NEW_PASSWORD_REQUIRED)
                  .challengeResponses(Map.of("USERNAME", "ada", "NEW_PASSWORD", PASSWORD))
                  .build());
      default ->
          fixture.refused(
              CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN,
              GetTokensFromRefreshTokenRequest.builder()
                  .clientId(client)
                  .refreshToken(tokens.refreshToken())
                  .build());
    };
  }

  private String ofTheBearer(String operation, String accessToken) {
    return switch (operation) {
      case "GetUserAttributeVerificationCode" ->
          fixture.refused(
              CognitoIdpOperations.GET_USER_ATTRIBUTE_VERIFICATION_CODE,
              GetUserAttributeVerificationCodeRequest.builder()
                  .accessToken(accessToken)
                  .attributeName("email")
                  .build());
      case "UpdateUserAttributes" ->
          fixture.refused(
              CognitoIdpOperations.UPDATE_USER_ATTRIBUTES,
              UpdateUserAttributesRequest.builder()
                  .accessToken(accessToken)
                  .userAttributes(UsersFixture.attributes("email", "other@example.com"))
                  .build());
      default ->
          fixture.refused(
              CognitoIdpOperations.CHANGE_PASSWORD,
              ChangePasswordRequest.builder()
                  .accessToken(accessToken)
                  .previousPassword(PASSWORD)
                  .proposedPassword("An0ther-password")
                  .build());
    };
  }

  private String ofTheAdministrator(String operation) {
    return switch (operation) {
      case "AdminCreateUser" ->
          fixture.refused(
              CognitoIdpOperations.ADMIN_CREATE_USER,
              AdminCreateUserRequest.builder().userPoolId(pool).username("jan").build());
      case "AdminResetUserPassword" ->
          fixture.refused(
              CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD,
              AdminResetUserPasswordRequest.builder().userPoolId(pool).username("ada").build());
      case "AdminUpdateUserAttributes" ->
          fixture.refused(
              CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES,
              AdminUpdateUserAttributesRequest.builder()
                  .userPoolId(pool)
                  .username("ada")
                  .userAttributes(UsersFixture.attributes("email", "other@example.com"))
                  .build());
      default ->
          fixture.refused(
              CognitoIdpOperations.ADMIN_CONFIRM_SIGN_UP,
              AdminConfirmSignUpRequest.builder().userPoolId(pool).username("ada").build());
    };
  }

  private String unsigned(String operation) {
    return switch (operation) {
      case "SignUp" ->
          fixture.refused(
              CognitoIdpOperations.SIGN_UP,
              SignUpRequest.builder()
                  .clientId(client)
                  .username("jan")
                  .password(PASSWORD)
                  .userAttributes(UsersFixture.attributes("email", "jan@example.com"))
                  .build());
      case "ConfirmSignUp" ->
          fixture.refused(
              CognitoIdpOperations.CONFIRM_SIGN_UP,
              ConfirmSignUpRequest.builder()
                  .clientId(client)
                  .username("ada")
                  .confirmationCode("123456")
                  .build());
      case "ResendConfirmationCode" ->
          fixture.refused(
              CognitoIdpOperations.RESEND_CONFIRMATION_CODE,
              ResendConfirmationCodeRequest.builder().clientId(client).username("ada").build());
      case "ForgotPassword" ->
          fixture.refused(
              CognitoIdpOperations.FORGOT_PASSWORD,
              ForgotPasswordRequest.builder().clientId(client).username("ada").build());
      case "ConfirmForgotPassword" ->
          fixture.refused(
              CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD,
              ConfirmForgotPasswordRequest.builder()
                  .clientId(client)
                  .username("ada")
                  .password(PASSWORD)
                  .confirmationCode("123456")
                  .build());
      default ->
          throw new AssertionError(
              "a governed operation that this test does not call: " + operation);
    };
  }
}
