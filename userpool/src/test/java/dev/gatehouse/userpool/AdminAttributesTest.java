package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminDeleteUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AdminUpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.AttributeDataType;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.UserAttributeUpdateSettingsType;
import dev.gatehouse.model.cognitoidp.UsernameAttributeType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.testkit.Shows;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What administrators may change of a user's attributes, and what follows from it. */
@NullUnmarked
class AdminAttributesTest {
  private static final String PASSWORD = "Permanent1!";

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private void update(String pool, String... namesAndValues) {
    fixture.call(CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES, ask(pool, namesAndValues));
  }

  private String refusedUpdate(String pool, String... namesAndValues) {
    return fixture.refused(
        CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES, ask(pool, namesAndValues));
  }

  private static AdminUpdateUserAttributesRequest ask(String pool, String... namesAndValues) {
    return AdminUpdateUserAttributesRequest.builder()
        .userPoolId(pool)
        .username("jan")
        .userAttributes(UsersFixture.attributes(namesAndValues))
        .build();
  }

  private static AdminDeleteUserAttributesRequest without(String pool, String... names) {
    return AdminDeleteUserAttributesRequest.builder()
        .userPoolId(pool)
        .username("jan")
        .userAttributeNames(List.of(names))
        .build();
  }

  private Map<String, String> attributes(String pool) {
    return UsersFixture.map(fixture.user(pool, "jan").userAttributes());
  }

  private String pool(CreateUserPoolRequest.Builder request, List<AttributeType> attributes) {
    String pool = fixture.pool(request);
    fixture.confirmed(pool, "jan", PASSWORD, attributes);
    return pool;
  }

  private static CreateUserPoolRequest.Builder autoVerified() {
    return CreateUserPoolRequest.builder()
        .aliasAttributes(List.of(AliasAttributeType.EMAIL))
        .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL));
  }

  private static final List<AttributeType> OLD =
      UsersFixture.attributes("email", "old@example.com", "email_verified", "true");

  @Test
  @Shows(
      id = "users-06",
      says =
          "Without AttributesRequireVerificationBeforeUpdate the alias is dead until it is verified")
  void aChangedAddressIsInForceAndUnverified() {
    String pool = pool(autoVerified(), OLD);
    update(pool, "email", "new@example.com");
    assertThat(attributes(pool))
        .containsEntry("email", "new@example.com")
        .containsEntry("email_verified", "false");
    assertThat(fixture.sent.last().recipient()).isEqualTo("new@example.com");
    for (String name : List.of("old@example.com", "new@example.com")) {
      assertThat(unknown(pool, name)).isTrue();
    }
  }

  @Test
  @Shows(
      id = "users-06",
      says = "With AttributesRequireVerificationBeforeUpdate the old e-mail stays a sign-in name")
  void anAddressThatMustBeVerifiedFirstWaits() {
    String pool = pool(verifiedFirst(), OLD);
    update(pool, "email", "new@example.com", "email_verified", "false", "name", "Jan");
    assertThat(attributes(pool))
        .containsEntry("email", "old@example.com")
        .containsEntry("email_verified", "true")
        .containsEntry("name", "Jan");
    assertThat(fixture.sent.last().recipient()).isEqualTo("new@example.com");
    assertThat(fixture.user(pool, "old@example.com").username()).isEqualTo("jan");
  }

  @Test
  void theAdministratorsWordVerifies() {
    for (var request : List.of(autoVerified(), verifiedFirst())) {
      String pool = pool(request, OLD);
      update(pool, "email", "new@example.com", "email_verified", "True");
      assertThat(attributes(pool))
          .containsEntry("email", "new@example.com")
          .containsEntry("email_verified", "true");
      assertThat(fixture.user(pool, "new@example.com").username()).isEqualTo("jan");
      assertThat(unknown(pool, "old@example.com")).isTrue();
    }
    assertThat(fixture.sent.letters).isEmpty();
  }

  private static CreateUserPoolRequest.Builder verifiedFirst() {
    return autoVerified()
        .userAttributeUpdateSettings(
            UserAttributeUpdateSettingsType.builder()
                .attributesRequireVerificationBeforeUpdate(List.of(VerifiedAttributeType.EMAIL))
                .build());
  }

  @Test
  void anAliasOfSomebodyElseIsRefusedBeforeAndAfterItsVerification() {
    for (var request : List.of(autoVerified(), verifiedFirst())) {
      String pool = pool(request, OLD);
      fixture.confirmed(
          pool,
          "eva",
          PASSWORD,
          UsersFixture.attributes("email", "eva@example.com", "email_verified", "true"));
      String taken = "AliasExistsException: An account with the given email already exists.";
      assertThat(refusedUpdate(pool, "email", "eva@example.com")).isEqualTo(taken);
      assertThat(refusedUpdate(pool, "email", "eva@example.com", "email_verified", "true"))
          .isEqualTo(taken);
      assertThat(attributes(pool)).containsEntry("email", "old@example.com");
    }
    assertThat(fixture.sent.letters).isEmpty();
  }

  @Test
  @Shows(
      id = "users-09",
      says = "In an e-mail-username pool changing the e-mail changes the sign-in name")
  void theUsernameAttributeIsTheSignInName() {
    String pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .usernameAttributes(List.of(UsernameAttributeType.EMAIL)));
    fixture.confirmed(pool, "jan@example.com", PASSWORD, List.of());
    String sub = fixture.user(pool, "jan@example.com").username();
    fixture.call(
        CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES,
        ask(pool, "email", "new@example.com").toBuilder().username(sub).build());
    String client = fixture.client(pool);
    for (String name : List.of("new@example.com", sub)) {
      assertThat(
              fixture
                  .call(
                      CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                      UsersFixture.signIn(pool, client, name, PASSWORD))
                  .authenticationResult())
          .isNotNull();
    }
    assertThat(unknown(pool, "jan@example.com")).isTrue();
  }

  private boolean unknown(String pool, String name) {
    return fixture
        .refused(
            CognitoIdpOperations.ADMIN_GET_USER,
            dev.gatehouse.model.cognitoidp.AdminGetUserRequest.builder()
                .userPoolId(pool)
                .username(name)
                .build())
        .equals("UserNotFoundException: User does not exist.");
  }

  private static CreateUserPoolRequest.Builder withSchema() {
    return CreateUserPoolRequest.builder()
        .schema(
            List.of(
                SchemaAttributeType.builder()
                    .name("tenant")
                    .attributeDataType(AttributeDataType.STRING)
                    .mutable(false)
                    .build(),
                SchemaAttributeType.builder()
                    .name("note")
                    .attributeDataType(AttributeDataType.STRING)
                    .developerOnlyAttribute(true)
                    .mutable(true)
                    .build(),
                SchemaAttributeType.builder()
                    .name("given_name")
                    .attributeDataType(AttributeDataType.STRING)
                    .mutable(true)
                    .required(true)
                    .build()));
  }

  @Test
  void theSchemaHoldsForAdministratorsToo() {
    String pool =
        pool(withSchema(), UsersFixture.attributes("custom:tenant", "t1", "given_name", "Jan"));
    update(pool, "dev:custom:note", "seen");
    assertThat(attributes(pool)).containsEntry("dev:custom:note", "seen");
    assertThat(refusedUpdate(pool, "custom:tenant", "t2"))
        .isEqualTo("InvalidParameterException: user.custom:tenant: Attribute cannot be updated.\n");
    assertThat(refusedUpdate(pool, "given_name", ""))
        .isEqualTo(
            "InvalidParameterException: user.given_name: Required attribute cannot be deleted.");
    assertThat(refusedUpdate(pool, "custom:no", "x"))
        .startsWith("InvalidParameterException: Attributes did not conform to the schema: ");
    assertThat(refusedUpdate(pool, "email", "no"))
        .isEqualTo("InvalidParameterException: Invalid email address format.");
  }

  @Test
  void deletesWhatMayBeDeleted() {
    String pool =
        pool(
            withSchema(),
            UsersFixture.attributes(
                "custom:tenant",
                "t1",
                "given_name",
                "Jan",
                "email",
                "old@example.com",
                "email_verified",
                "true"));
    fixture.call(CognitoIdpOperations.ADMIN_DELETE_USER_ATTRIBUTES, without(pool, "email"));
    assertThat(attributes(pool)).doesNotContainKeys("email", "email_verified");
    assertThat(refusedDelete(pool, "custom:foo"))
        .isEqualTo(
            "InvalidParameterException: Invalid user attributes: user.custom:foo: Attribute does not exist in the schema.\n");
    assertThat(refusedDelete(pool, "given_name"))
        .isEqualTo(
            "InvalidParameterException: user.given_name: Required attribute cannot be deleted.");
    assertThat(refusedDelete(pool, "custom:tenant"))
        .isEqualTo("InvalidParameterException: user.custom:tenant: Attribute cannot be updated.\n");
    assertThat(attributes(pool)).containsEntry("custom:tenant", "t1");
  }

  private String refusedDelete(String pool, String name) {
    return fixture.refused(CognitoIdpOperations.ADMIN_DELETE_USER_ATTRIBUTES, without(pool, name));
  }
}
