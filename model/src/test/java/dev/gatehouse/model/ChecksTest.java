package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolDomainRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolsRequest;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChecksTest {
  @Test
  void anUnknownEnumValueIsNamedWithTheSet() {
    List<String> violations =
        CognitoIdpOperations.INITIATE_AUTH.violations(
            InitiateAuthRequest.builder().authFlow(new AuthFlowType("FOO")).clientId("c").build());
    assertThat(Checks.message(violations))
        .startsWith(
            "1 validation error detected: Value 'FOO' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [")
        .contains("USER_SRP_AUTH");
  }

  @Test
  void aMissingMemberIsNull() {
    assertThat(
            Checks.message(
                CognitoIdpOperations.LIST_USER_POOLS.violations(
                    ListUserPoolsRequest.builder().build())))
        .isEqualTo(
            "1 validation error detected: Value null at 'maxResults' failed to satisfy constraint: Member must not be null");
  }

  @Test
  void allViolationsAreInOneMessageAndSensitiveValuesAreNot() {
    List<String> violations =
        CognitoIdpOperations.SIGN_UP.violations(
            SignUpRequest.builder()
                .clientId("spaced id")
                .username("u ser")
                .password(" secretive ")
                .userAttributes(
                    List.of(AttributeType.builder().name("n".repeat(33)).value("v").build()))
                .build());
    assertThat(Checks.message(violations))
        .startsWith("4 validation errors detected: ")
        .contains("Value at 'clientId'", "Value at 'username'", "Value at 'password'")
        .contains("'userAttributes.1.member.name'")
        .doesNotContain("secretive", "u ser");
  }

  @Test
  void passwordsMayHoldInnerBlanksOnly() {
    assertThat(signUp("Two words 1!")).isEmpty();
    assertThat(signUp(" Leading1!")).hasSize(1);
    assertThat(signUp("Trailing1! ")).hasSize(1);
    assertThat(signUp("x")).hasSize(1);
  }

  private static List<String> signUp(String password) {
    return CognitoIdpOperations.SIGN_UP.violations(
        SignUpRequest.builder().clientId("c").username("u").password(password).build());
  }

  @Test
  void anOverlongSessionIsRefusedWithoutItsValue() {
    List<String> violations =
        CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE.violations(
            RespondToAuthChallengeRequest.builder()
                .clientId("c")
                .challengeName(dev.gatehouse.model.cognitoidp.ChallengeNameType.PASSWORD_VERIFIER)
                .session("s".repeat(2049))
                .build());
    assertThat(Checks.message(violations))
        .isEqualTo(
            "1 validation error detected: Value at 'session' failed to satisfy constraint: Member must have length less than or equal"
                + " to 2048");
  }

  @Test
  void domainsAreLeftToTheOperation() {
    assertThat(
            CognitoIdpOperations.CREATE_USER_POOL_DOMAIN.violations(
                CreateUserPoolDomainRequest.builder()
                    .domain("auth.example.com")
                    .userPoolId("us-east-1_aB3dE5fG7")
                    .build()))
        .isEmpty();
  }

  @Test
  void recordsHideWhatIsSensitive() {
    assertThat(
            SignUpRequest.builder()
                .clientId("client-1")
                .username("jane")
                .password("P@ssw0rd")
                .userAttributes(
                    List.of(AttributeType.builder().name("email").value("j@x.org").build()))
                .build()
                .toString())
        .doesNotContain("P@ssw0rd", "j@x.org", "jane")
        .contains("email");
  }
}
