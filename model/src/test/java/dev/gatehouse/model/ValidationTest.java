package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.ChangePasswordRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CognitoIdpRules;
import dev.gatehouse.model.cognitoidp.ConfirmDeviceRequest;
import dev.gatehouse.model.cognitoidp.CreateIdentityProviderRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolDomainRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import dev.gatehouse.model.cognitoidp.IdentityProviderTypeType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolsRequest;
import dev.gatehouse.model.cognitoidp.PasswordPolicyType;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.model.sts.AssumeRoleRequest;
import dev.gatehouse.model.sts.StsOperations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationTest {
  private static final String CLIENT = "0123456789abcdefghijklmnop";

  private static <I> String message(OperationModel<I, ?> operation, I request) {
    List<Violation> violations = operation.validator().validate(request);
    return violations.isEmpty() ? "" : Violations.message(violations);
  }

  private static SignUpRequest.Builder signUp() {
    return SignUpRequest.builder().clientId(CLIENT).username("u").password("secret");
  }

  private static String message(SignUpRequest.Builder request) {
    return message(CognitoIdpOperations.SIGN_UP, request.build());
  }

  @Test
  void letsAValidRequestPass() {
    assertThat(message(signUp())).isEmpty();
    assertThat(
            message(
                signUp()
                    .userAttributes(List.of(AttributeType.builder().name("email").build()))
                    .clientMetadata(Map.of("k", "v"))))
        .isEmpty();
  }

  @Test
  void listsTheValuesOfAnEnum() {
    String message =
        message(
            CognitoIdpOperations.INITIATE_AUTH,
            InitiateAuthRequest.builder()
                .authFlow(AuthFlowType.of("FOO"))
                .clientId(CLIENT)
                .build());

    assertThat(message)
        .startsWith(
            "1 validation error detected: Value 'FOO' at 'authFlow' failed to satisfy constraint:"
                + " Member must satisfy enum value set: [")
        .contains("USER_SRP_AUTH", "USER_PASSWORD_AUTH")
        .endsWith("]");
  }

  @Test
  void namesAnAbsentMember() {
    assertThat(
            message(CognitoIdpOperations.LIST_USER_POOLS, ListUserPoolsRequest.builder().build()))
        .isEqualTo(
            "1 validation error detected: Value null at 'maxResults' failed to satisfy constraint:"
                + " Member must not be null");
  }

  @Test
  void saysOnlyThatASensitiveMemberIsAbsent() {
    assertThat(message(CognitoIdpOperations.GET_USER, GetUserRequest.builder().build()))
        .isEqualTo(
            "1 validation error detected: Value at 'accessToken' failed to satisfy constraint:"
                + " Member must not be null");
  }

  @Test
  void reportsAllViolationsInTheModelsOrder() {
    assertThat(
            message(
                CognitoIdpOperations.ADMIN_CREATE_USER,
                AdminCreateUserRequest.builder()
                    .userPoolId("no pool")
                    .username("")
                    .temporaryPassword(" x")
                    .build()))
        .isEqualTo(
            "4 validation errors detected: "
                + "Value 'no pool' at 'userPoolId' failed to satisfy constraint: Member must satisfy"
                + " regular expression pattern: [\\w-]+_[0-9a-zA-Z]+; "
                + "Value at 'username' failed to satisfy constraint: Member must have length greater"
                + " than or equal to 1; "
                + "Value at 'username' failed to satisfy constraint: Member must satisfy regular"
                + " expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+; "
                + "Value at 'temporaryPassword' failed to satisfy constraint: Member must satisfy"
                + " regular expression pattern: ^[\\S]+.*[\\S]+$");
  }

  @Test
  void checksLengthBeforePattern() {
    String message = message(signUp().username(" ".repeat(129)));

    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value at 'username' failed to satisfy constraint: Member"
                + " must have length less than or equal to 128");
  }

  @Test
  void countsUnicodeCharacters() {
    assertThat(message(signUp().username("\ud83d\ude00".repeat(128)))).isEmpty();
    assertThat(message(signUp().username("\ud83d\ude00".repeat(129)))).contains("'username'");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "x", " secret", "secret ", "a\nb", "\tsecret"})
  void neverShowsAPassword(String password) {
    String message = message(signUp().password(password));

    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value at 'password' failed to satisfy constraint: Member"
                + " must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$");
  }

  @Test
  void letsInnerBlanksOfAPasswordPass() {
    assertThat(message(signUp().password("correct horse battery"))).isEmpty();
    assertThat(message(signUp().password("x".repeat(256)))).isEmpty();
    assertThat(message(signUp().password("x".repeat(257)))).contains("less than or equal to 256");
  }

  @Test
  void leavesAnEmptyOptionalPasswordToThePool() {
    assertThat(message(signUp().password(""))).isEmpty();
    assertThat(message(signUp().password(null))).isEmpty();
    assertThat(
            message(
                CognitoIdpOperations.CHANGE_PASSWORD,
                ChangePasswordRequest.builder().accessToken("a").proposedPassword("").build()))
        .contains("Value at 'proposedPassword'");
  }

  @Test
  void neverShowsASession() {
    String session = "S".repeat(2049);
    String message =
        message(
            CognitoIdpOperations.INITIATE_AUTH,
            InitiateAuthRequest.builder()
                .authFlow(AuthFlowType.USER_AUTH)
                .clientId(CLIENT)
                .session(session)
                .build());

    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value at 'session' failed to satisfy constraint: Member"
                + " must have length less than or equal to 2048");
  }

  @Test
  void writesPathsThroughStructuresAndRanges() {
    String message =
        message(
            CognitoIdpOperations.CREATE_USER_POOL,
            CreateUserPoolRequest.builder()
                .poolName("p")
                .policies(
                    UserPoolPolicyType.builder()
                        .passwordPolicy(PasswordPolicyType.builder().minimumLength(5).build())
                        .build())
                .build());

    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength'"
                + " failed to satisfy constraint: Member must have value greater than or equal to 6");
  }

  @Test
  void lowersOnlyTheFirstLetterInPaths() {
    String message =
        message(
            CognitoIdpOperations.UPDATE_USER_POOL,
            UpdateUserPoolRequest.builder()
                .userPoolId("eu-west-1_a")
                .smsVerificationMessage("no code")
                .build());

    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value 'no code' at 'smsVerificationMessage' failed to"
                + " satisfy constraint: Member must satisfy regular expression pattern:"
                + " .*\\{####\\}.*");
    assertThat(
            message(
                CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                CreateUserPoolClientRequest.builder()
                    .userPoolId("eu-west-1_a")
                    .clientName("c")
                    .callbackURLs(List.of(""))
                    .build()))
        .isEqualTo(
            "1 validation error detected: Value '[]' at 'callbackURLs' failed to satisfy"
                + " constraint: Member must satisfy constraint: [Member must have length less than or"
                + " equal to 1024, Member must have length greater than or equal to 1, Member must"
                + " satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+]");
  }

  @Test
  void leavesTheFormOfADomainToTheOperation() {
    var custom =
        CreateUserPoolDomainRequest.builder().userPoolId("eu-west-1_a").domain("auth.example.com");

    assertThat(message(CognitoIdpOperations.CREATE_USER_POOL_DOMAIN, custom.build())).isEmpty();
    assertThat(
            message(
                CognitoIdpOperations.CREATE_USER_POOL_DOMAIN,
                custom.domain("d".repeat(64)).build()))
        .contains("'domain'", "less than or equal to 63");
    assertThat(Violations.message(CognitoIdpRules.DOMAIN_TYPE.violations("domain", "a.b")))
        .isEqualTo(
            "1 validation error detected: Value 'a.b' at 'domain' failed to satisfy constraint:"
                + " Member must satisfy regular expression pattern:"
                + " ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$");
  }

  @ParameterizedTest
  @ValueSource(strings = {"My_Idp", "ab", "a b", "_ab", "", "abcdefghijklmnopqrstuvwxyz0123456"})
  void refusesTheseProviderNames(String name) {
    assertThat(provider(name)).contains("'" + name + "' at 'providerName'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Okta", "abc", "a_b", "\u00e9\u00e9\u00e9"})
  void letsTheseProviderNamesPass(String name) {
    assertThat(provider(name)).isEmpty();
  }

  private static String provider(String name) {
    return message(
        CognitoIdpOperations.CREATE_IDENTITY_PROVIDER,
        CreateIdentityProviderRequest.builder()
            .userPoolId("eu-west-1_a")
            .providerName(name)
            .providerType(IdentityProviderTypeType.OIDC)
            .providerDetails(Map.of())
            .build());
  }

  @Test
  void hidesAllBelowASensitiveStructure() {
    String message =
        message(
            signUp()
                .userContextData(
                    dev.gatehouse.model.cognitoidp.UserContextDataType.builder()
                        .ipAddress("x".repeat(131_073))
                        .build()));

    assertThat(message)
        .isEqualTo(
            "1 validation error detected: Value at 'userContextData.ipAddress' failed to satisfy"
                + " constraint: Member must have length less than or equal to 131072");
  }

  @Test
  void validatesSts() {
    assertThat(
            message(
                StsOperations.ASSUME_ROLE,
                AssumeRoleRequest.builder()
                    .roleArn("x")
                    .roleSessionName("a b")
                    .durationSeconds(899)
                    .build()))
        .isEqualTo(
            "3 validation errors detected: "
                + "Value 'x' at 'roleArn' failed to satisfy constraint: Member must have length"
                + " greater than or equal to 20; "
                + "Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy"
                + " regular expression pattern: [\\w+=,.@-]*; "
                + "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have"
                + " value greater than or equal to 900");
  }

  @Test
  void findsNothingInARequestWithoutConstraints() {
    assertThat(
            message(
                CognitoIdpOperations.CONFIRM_DEVICE,
                ConfirmDeviceRequest.builder().accessToken("a").deviceKey("eu-west-1_a").build()))
        .isEmpty();
  }
}
