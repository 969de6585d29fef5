package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AddCustomAttributesRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.AttributeDataType;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DefaultEmailOptionType;
import dev.gatehouse.model.cognitoidp.DeletionProtectionType;
import dev.gatehouse.model.cognitoidp.DescribeUserPoolRequest;
import dev.gatehouse.model.cognitoidp.EmailSendingAccountType;
import dev.gatehouse.model.cognitoidp.EncryptionKeyType;
import dev.gatehouse.model.cognitoidp.KeyConfigurationType;
import dev.gatehouse.model.cognitoidp.LambdaConfigType;
import dev.gatehouse.model.cognitoidp.ListUserPoolsRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolsResponse;
import dev.gatehouse.model.cognitoidp.PasswordPolicyType;
import dev.gatehouse.model.cognitoidp.RecoveryOptionType;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.SetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.SoftwareTokenMfaConfigType;
import dev.gatehouse.model.cognitoidp.StringAttributeConstraintsType;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.UserAttributeUpdateSettingsType;
import dev.gatehouse.model.cognitoidp.UserPoolDescriptionType;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.model.cognitoidp.UserPoolTierType;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import dev.gatehouse.model.cognitoidp.UsernameAttributeType;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.model.cognitoidp.WebAuthnConfigurationType;
import dev.gatehouse.testkit.Differs;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools: created, described, updated, extended and listed. */
@NullUnmarked
class PoolOperationsTest {
  private static final String FUNCTION = "arn:aws:lambda:eu-central-1:000000000000:function:f";

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private UserPoolType describe(String pool) {
    return fixture
        .call(
            CognitoIdpOperations.DESCRIBE_USER_POOL,
            DescribeUserPoolRequest.builder().userPoolId(pool).build())
        .userPool();
  }

  private String refusedCreation(CreateUserPoolRequest.Builder request) {
    return fixture.refused(
        CognitoIdpOperations.CREATE_USER_POOL, request.poolName("refused").build());
  }

  private void update(UpdateUserPoolRequest.Builder request) {
    fixture.call(CognitoIdpOperations.UPDATE_USER_POOL, request.build());
  }

  private static SchemaAttributeType text(String name) {
    return SchemaAttributeType.builder()
        .name(name)
        .attributeDataType(AttributeDataType.STRING)
        .build();
  }

  private static AddCustomAttributesRequest added(
      String pool, List<SchemaAttributeType> attributes) {
    return AddCustomAttributesRequest.builder()
        .userPoolId(pool)
        .customAttributes(attributes)
        .build();
  }

  @Test
  @Shows(
      id = "userpool-01",
      says = "a pool that was given a name alone has every default, and the rest is absent")
  void aNameIsEnough() {
    UserPoolType pool = describe(fixture.pool(CreateUserPoolRequest.builder()));
    PasswordPolicyType policy = pool.policies().passwordPolicy();
    assertThat(policy.minimumLength()).isEqualTo(8);
    assertThat(
            List.of(
                policy.requireUppercase(),
                policy.requireLowercase(),
                policy.requireNumbers(),
                policy.requireSymbols()))
        .containsOnly(true);
    assertThat(policy.temporaryPasswordValidityDays()).isEqualTo(7);
    assertThat(policy.passwordHistorySize()).isNull();
    assertThat(pool.policies().signInPolicy().allowedFirstAuthFactors())
        .containsExactly(AuthFactorType.PASSWORD);
    assertThat(pool.deletionProtection()).isEqualTo(DeletionProtectionType.INACTIVE);
    assertThat(pool.lambdaConfig()).isEqualTo(LambdaConfigType.builder().build());
    assertThat(pool.verificationMessageTemplate().defaultEmailOption())
        .isEqualTo(DefaultEmailOptionType.CONFIRM_WITH_CODE);
    assertThat(pool.mfaConfiguration()).isEqualTo(UserPoolMfaType.OFF);
    assertThat(pool.emailConfiguration().emailSendingAccount())
        .isEqualTo(EmailSendingAccountType.COGNITO_DEFAULT);
    assertThat(pool.adminCreateUserConfig().allowAdminCreateUserOnly()).isFalse();
    assertThat(pool.adminCreateUserConfig().unusedAccountValidityDays()).isEqualTo(7);
    assertThat(pool.userPoolTags()).isEmpty();
    assertThat(pool.userPoolTier()).isEqualTo(UserPoolTierType.ESSENTIALS);
    assertThat(pool.estimatedNumberOfUsers()).isZero();
    assertThat(pool.arn())
        .isEqualTo("arn:aws:cognito-idp:eu-central-1:000000000000:userpool/" + pool.id());
    assertThat(pool.id()).matches("eu-central-1_[0-9A-Za-z]{9}");
    List<@Nullable Object> absent = new ArrayList<>();
    absent.add(pool.status());
    absent.add(pool.autoVerifiedAttributes());
    absent.add(pool.aliasAttributes());
    absent.add(pool.usernameAttributes());
    absent.add(pool.usernameConfiguration());
    absent.add(pool.smsConfiguration());
    absent.add(pool.deviceConfiguration());
    absent.add(pool.userAttributeUpdateSettings());
    absent.add(pool.userPoolAddOns());
    assertThat(absent).containsOnlyNulls();
  }

  @Test
  @Shows(id = "userpool-01", says = "the 20 standard attributes come in Cognito's order")
  void standardAttributes() {
    assertThat(describe(fixture.pool(CreateUserPoolRequest.builder())).schemaAttributes())
        .extracting(SchemaAttributeType::name)
        .containsExactly(
            "sub",
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email",
            "email_verified",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number",
            "phone_number_verified",
            "address",
            "updated_at");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThat(
            refusedCreation(
                CreateUserPoolRequest.builder()
                    .aliasAttributes(List.of(AliasAttributeType.EMAIL))
                    .usernameAttributes(List.of(UsernameAttributeType.EMAIL))))
        .startsWith("InvalidParameterException: Only one of the aliasAttributes");
    assertThat(
            refusedCreation(
                CreateUserPoolRequest.builder()
                    .autoVerifiedAttributes(List.of(VerifiedAttributeType.PHONE_NUMBER))))
        .isEqualTo(
            "InvalidParameterException: SMS configuration is required when phone_number is selected for auto verification");
    assertThat(
            refusedCreation(
                CreateUserPoolRequest.builder()
                    .schema(
                        List.of(
                            SchemaAttributeType.builder()
                                .name("email")
                                .attributeDataType(AttributeDataType.NUMBER)
                                .build()))))
        .isEqualTo(
            "InvalidParameterException: You can not change AttributeDataType or set developerOnlyAttribute for standard schema"
                + " attribute email");
    assertThat(
            refusedCreation(
                CreateUserPoolRequest.builder()
                    .schema(
                        List.of(
                            text("long").toBuilder()
                                .stringAttributeConstraints(
                                    StringAttributeConstraintsType.builder()
                                        .maxLength("2049")
                                        .build())
                                .build()))))
        .isEqualTo(
            "InvalidParameterException: user.long: String attributes cannot have a length of more than 2048");
  }

  @Test
  @Shows(
      id = "userpool-02",
      says = "an update puts back what it leaves out, but not tier, tags and factors")
  void updatesReset() {
    String pool =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .userPoolTier(UserPoolTierType.PLUS)
                .userPoolTags(Map.of("k", "v"))
                .lambdaConfig(LambdaConfigType.builder().preSignUp(FUNCTION).build())
                .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
                .userAttributeUpdateSettings(
                    UserAttributeUpdateSettingsType.builder()
                        .attributesRequireVerificationBeforeUpdate(
                            List.of(VerifiedAttributeType.EMAIL))
                        .build())
                .policies(
                    UserPoolPolicyType.builder()
                        .passwordPolicy(PasswordPolicyType.builder().minimumLength(20).build())
                        .build()));
    fixture.call(
        CognitoIdpOperations.SET_USER_POOL_MFA_CONFIG,
        SetUserPoolMfaConfigRequest.builder()
            .userPoolId(pool)
            .mfaConfiguration(UserPoolMfaType.OPTIONAL)
            .softwareTokenMfaConfiguration(
                SoftwareTokenMfaConfigType.builder().enabled(true).build())
            .webAuthnConfiguration(
                WebAuthnConfigurationType.builder().relyingPartyId("example.com").build())
            .build());
    UserPoolType before = describe(pool);
    assertThat(before.policies().passwordPolicy().requireSymbols()).isFalse();
    fixture.clock.advance(Duration.ofMinutes(1));
    update(
        UpdateUserPoolRequest.builder()
            .userPoolId(pool)
            .deletionProtection(DeletionProtectionType.ACTIVE));
    UserPoolType after = describe(pool);
    assertThat(after.deletionProtection()).isEqualTo(DeletionProtectionType.ACTIVE);
    assertThat(after.lambdaConfig().preSignUp()).isNull();
    assertThat(after.autoVerifiedAttributes()).isNull();
    assertThat(after.policies().passwordPolicy().minimumLength()).isEqualTo(8);
    assertThat(after.policies().passwordPolicy().requireSymbols()).isTrue();
    assertThat(after.userPoolTier()).isEqualTo(UserPoolTierType.PLUS);
    assertThat(after.userPoolTags()).isEqualTo(Map.of("k", "v"));
    assertThat(after.userAttributeUpdateSettings()).isEqualTo(before.userAttributeUpdateSettings());
    assertThat(after.creationDate()).isEqualTo(before.creationDate());
    assertThat(after.lastModifiedDate()).isAfter(before.lastModifiedDate());
    PoolMfa.assertTotpAndPasskeys(fixture, pool);
  }

  @Test
  @Differs(
      number = 5,
      in = "KeyConfiguration CUSTOMER_MANAGED_KEY",
      cognito = "A key of the customer in KMS protects the data of the pool.",
      here = "CreateUserPool and UpdateUserPool answer InvalidParameterException.",
      why =
          "All pools are under the one master key of the server; storing the wish without honouring it would be a lie.")
  void keysOfOnesOwnAreRefused() {
    assertThat(
            refusedCreation(
                CreateUserPoolRequest.builder()
                    .keyConfiguration(
                        KeyConfigurationType.builder()
                            .keyType(EncryptionKeyType.CUSTOMER_MANAGED_KEY)
                            .kmsKeyArn("arn:aws:kms:eu-central-1:000000000000:key/a")
                            .build())))
        .isEqualTo("InvalidParameterException: KeyType CUSTOMER_MANAGED_KEY is not served.");
  }

  @Test
  void anUpdateThatBreaksARuleChangesNothing() {
    String pool = fixture.pool(CreateUserPoolRequest.builder());
    assertThat(
            fixture.refused(
                CognitoIdpOperations.UPDATE_USER_POOL,
                UpdateUserPoolRequest.builder()
                    .userPoolId(pool)
                    .poolName("renamed")
                    .mfaConfiguration(UserPoolMfaType.ON)
                    .build()))
        .isEqualTo(
            "InvalidParameterException: SMS configuration and Auto verification for phone_number are required when MFA is"
                + " required/optional");
    assertThat(describe(pool).name()).isEqualTo("p");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.UPDATE_USER_POOL,
                UpdateUserPoolRequest.builder().userPoolId("eu-central-1_unknown01").build()))
        .isEqualTo("ResourceNotFoundException: User pool eu-central-1_unknown01 does not exist.");
  }

  @Test
  @Shows(
      id = "userpool-04",
      says =
          "a custom attribute whose name is there is refused with its text, 26 at once fail validation; a new one comes last")
  void customAttributes() {
    String pool = fixture.pool(CreateUserPoolRequest.builder());
    fixture.call(CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES, added(pool, List.of(text("x"))));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES, added(pool, List.of(text("x")))))
        .isEqualTo(
            "InvalidParameterException: custom:x: Existing attribute already has name custom:x.");
    assertThat(describe(pool).schemaAttributes())
        .extracting(SchemaAttributeType::name)
        .hasSize(21)
        .endsWith("updated_at", "custom:x");
    List<SchemaAttributeType> many = IntStream.range(0, 26).mapToObj(i -> text("m" + i)).toList();
    assertThat(CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES.validator().validate(added(pool, many)))
        .hasSize(1);
  }

  @Test
  void aPoolHasFiftyCustomAttributesAtMost() {
    String pool = fixture.pool(CreateUserPoolRequest.builder());
    for (int i = 0; i < 2; i++) {
      int from = i * 25;
      fixture.call(
          CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES,
          added(pool, IntStream.range(from, from + 25).mapToObj(n -> text("a" + n)).toList()));
    }
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES, added(pool, List.of(text("more")))))
        .contains("limit of 50");
  }

  @Test
  @Shows(id = "userpool-12", says = "pools are described and listed with both dates")
  void datesAreAlwaysThere() {
    String pool = fixture.pool(CreateUserPoolRequest.builder());
    UserPoolType described = describe(pool);
    assertThat(described.creationDate()).isNotNull().isEqualTo(described.lastModifiedDate());
    assertThat(list(null).userPools())
        .singleElement()
        .satisfies(listed -> {
          assertThat(listed.creationDate()).isEqualTo(described.creationDate());
          assertThat(listed.lastModifiedDate()).isEqualTo(described.lastModifiedDate());
        });
  }

  @Test
  @Shows(id = "userpool-13", says = "a default pool is described with its account recovery")
  void recoveryIsDescribed() {
    assertThat(
            describe(fixture.pool(CreateUserPoolRequest.builder()))
                .accountRecoverySetting()
                .recoveryMechanisms())
        .extracting(RecoveryOptionType::priority)
        .containsExactly(1, 2);
  }

  private ListUserPoolsResponse list(@Nullable String token) {
    return fixture.call(
        CognitoIdpOperations.LIST_USER_POOLS,
        ListUserPoolsRequest.builder().maxResults(2).nextToken(token).build());
  }

  @Test
  void poolsAreListedPageByPage() {
    List<String> made =
        IntStream.range(0, 5)
            .mapToObj(i -> fixture.pool(CreateUserPoolRequest.builder()))
            .sorted()
            .toList();
    List<String> listed = new ArrayList<>();
    String token = null;
    do {
      ListUserPoolsResponse page = list(token);
      assertThat(page.userPools()).hasSizeLessThanOrEqualTo(2);
      page.userPools().stream().map(UserPoolDescriptionType::id).forEach(listed::add);
      token = page.nextToken();
    } while (token != null);
    assertThat(listed).isEqualTo(made);
  }

  @Test
  void pageTokensAreOfTheirListAndForAnHour() {
    fixture.pool(CreateUserPoolRequest.builder());
    fixture.pool(CreateUserPoolRequest.builder());
    fixture.pool(CreateUserPoolRequest.builder());
    String token = list(null).nextToken();
    assertThat(token).isNotNull();
    fixture.clock.advance(Duration.ofMinutes(61));
    for (String bad : List.of(token, "nonsense", token.substring(1))) {
      assertThat(
              fixture.refused(
                  CognitoIdpOperations.LIST_USER_POOLS,
                  ListUserPoolsRequest.builder().maxResults(2).nextToken(bad).build()))
          .isEqualTo("InvalidParameterException: Invalid pagination token.");
    }
  }
}
