package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.Scene.Habit;
import dev.gatehouse.testkit.Shows;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.*;

@ExtendWith(TestServer.Extension.class)
class PoolsTest {
  private static final List<String> STANDARD =
      List.of(
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

  private final TestServer server;

  PoolsTest(TestServer server) {
    this.server = server;
  }

  private UserPoolType describe(String poolId) {
    return server.admin().describeUserPool(r -> r.userPoolId(poolId)).userPool();
  }

  private String create(java.util.function.Consumer<CreateUserPoolRequest.Builder> more) {
    CreateUserPoolRequest.Builder request = CreateUserPoolRequest.builder().poolName("test");
    more.accept(request);
    return server.admin().createUserPool(request.build()).userPool().id();
  }

  @Test
  @Shows(
      id = "userpool-01",
      says =
          "a pool made of a name alone has Cognito's defaults and the 20 standard attributes in order")
  void defaults() {
    UserPoolType pool = describe(create(r -> {}));
    assertThat(pool.schemaAttributes()).extracting(SchemaAttributeType::name).isEqualTo(STANDARD);
    PasswordPolicyType policy = pool.policies().passwordPolicy();
    assertThat(policy.minimumLength()).isEqualTo(8);
    assertThat(
            List.of(
                policy.requireLowercase(),
                policy.requireUppercase(),
                policy.requireNumbers(),
                policy.requireSymbols()))
        .containsOnly(true);
    assertThat(policy.temporaryPasswordValidityDays()).isEqualTo(7);
    assertThat(policy.passwordHistorySize()).isNull();
    assertThat(pool.policies().signInPolicy().allowedFirstAuthFactors())
        .containsExactly(AuthFactorType.PASSWORD);
    assertThat(pool.mfaConfiguration()).isEqualTo(UserPoolMfaType.OFF);
    assertThat(pool.userPoolTier()).isEqualTo(UserPoolTierType.ESSENTIALS);
    assertThat(pool.deletionProtection()).isEqualTo(DeletionProtectionType.INACTIVE);
    assertThat(pool.hasAutoVerifiedAttributes()).isFalse();
    assertThat(pool.hasAliasAttributes()).isFalse();
    assertThat(pool.hasUsernameAttributes()).isFalse();
    assertThat(pool.usernameConfiguration()).isNull();
    assertThat(pool.deviceConfiguration()).isNull();
    assertThat(pool.smsConfiguration()).isNull();
    assertThat(pool.userAttributeUpdateSettings()).isNull();
    assertThat(pool.userPoolTags()).isEmpty();
    assertThat(pool.verificationMessageTemplate().defaultEmailOption())
        .isEqualTo(DefaultEmailOptionType.CONFIRM_WITH_CODE);
    assertThat(pool.emailConfiguration().emailSendingAccount())
        .isEqualTo(EmailSendingAccountType.COGNITO_DEFAULT);
    assertThat(pool.adminCreateUserConfig().allowAdminCreateUserOnly()).isFalse();
    assertThat(pool.estimatedNumberOfUsers()).isZero();
    assertThat(pool.id()).matches("us-east-1_[A-Za-z0-9]{9}");
    assertThat(pool.arn())
        .isEqualTo("arn:aws:cognito-idp:us-east-1:000000000000:userpool/" + pool.id());
  }

  @Test
  @Shows(
      id = "userpool-02",
      says =
          "an update resets what it leaves out, but tier, tags, attribute-update and MFA settings stay")
  void updatesReset() {
    String id =
        create(r ->
            r.lambdaConfig(l -> l.preSignUp("arn:aws:lambda:us-east-1:000000000000:function:f"))
                .autoVerifiedAttributes(VerifiedAttributeType.EMAIL)
                .policies(p -> p.passwordPolicy(w -> w.minimumLength(12).requireNumbers(true)))
                .userPoolTier(UserPoolTierType.PLUS)
                .userPoolTags(Map.of("k", "v"))
                .userAttributeUpdateSettings(
                    s -> s.attributesRequireVerificationBeforeUpdate(VerifiedAttributeType.EMAIL)));
    server
        .admin()
        .setUserPoolMfaConfig(r ->
            r.userPoolId(id)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .softwareTokenMfaConfiguration(t -> t.enabled(true))
                .webAuthnConfiguration(w -> w.relyingPartyId("example.com")));
    server
        .admin()
        .updateUserPool(r ->
            r.userPoolId(id)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .deletionProtection(DeletionProtectionType.ACTIVE));
    UserPoolType pool = describe(id);
    assertThat(pool.deletionProtection()).isEqualTo(DeletionProtectionType.ACTIVE);
    assertThat(pool.lambdaConfig().preSignUp()).isNull();
    assertThat(pool.hasAutoVerifiedAttributes()).isFalse();
    assertThat(pool.policies().passwordPolicy().minimumLength()).isEqualTo(8);
    assertThat(pool.policies().passwordPolicy().requireSymbols()).isTrue();
    assertThat(pool.userPoolTier()).isEqualTo(UserPoolTierType.PLUS);
    assertThat(pool.userPoolTags()).isEqualTo(Map.of("k", "v"));
    assertThat(pool.userAttributeUpdateSettings().attributesRequireVerificationBeforeUpdate())
        .containsExactly(VerifiedAttributeType.EMAIL);
    GetUserPoolMfaConfigResponse mfa = server.admin().getUserPoolMfaConfig(r -> r.userPoolId(id));
    assertThat(mfa.softwareTokenMfaConfiguration().enabled()).isTrue();
    assertThat(mfa.webAuthnConfiguration().relyingPartyId()).isEqualTo("example.com");
  }

  @Test
  @Shows(
      id = "userpool-03",
      says =
          "an update of a client's name resets URLs, flows and validity, and keeps id and secret")
  void clientUpdatesReset() {
    Scene scene =
        Scene.of(
            server,
            pool -> {},
            client ->
                client
                    .generateSecret(true)
                    .accessTokenValidity(2)
                    .callbackURLs("https://example.com/cb")
                    .explicitAuthFlowsWithStrings("ALLOW_USER_PASSWORD_AUTH"));
    server
        .admin()
        .updateUserPoolClient(
            r -> r.userPoolId(scene.poolId).clientId(scene.clientId()).clientName("renamed"));
    UserPoolClientType client =
        server
            .admin()
            .describeUserPoolClient(r -> r.userPoolId(scene.poolId).clientId(scene.clientId()))
            .userPoolClient();
    assertThat(client.clientName()).isEqualTo("renamed");
    assertThat(client.hasCallbackURLs()).isFalse();
    assertThat(client.hasExplicitAuthFlows()).isFalse();
    assertThat(client.accessTokenValidity()).isNull();
    assertThat(client.refreshTokenValidity()).isEqualTo(30);
    assertThat(client.clientId()).isEqualTo(scene.clientId());
    assertThat(client.clientSecret()).isEqualTo(scene.client.clientSecret());
  }

  @Test
  @Shows(
      id = "userpool-04",
      says =
          "a custom attribute of a name that is there is refused, 26 at once too; new ones are described after updated_at")
  void customAttributes() {
    String id = create(r -> {});
    SchemaAttributeType x =
        SchemaAttributeType.builder().name("x").attributeDataType(AttributeDataType.STRING).build();
    server.admin().addCustomAttributes(r -> r.userPoolId(id).customAttributes(x));
    assertThatThrownBy(
            () -> server.admin().addCustomAttributes(r -> r.userPoolId(id).customAttributes(x)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("custom:x: Existing attribute already has name custom:x.");
    List<SchemaAttributeType> many =
        IntStream.range(0, 26)
            .mapToObj(i ->
                SchemaAttributeType.builder()
                    .name("m" + i)
                    .attributeDataType(AttributeDataType.STRING)
                    .build())
            .toList();
    assertThatThrownBy(
            () -> server.admin().addCustomAttributes(r -> r.userPoolId(id).customAttributes(many)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Member must have length less than or equal to 25");
    assertThat(describe(id).schemaAttributes())
        .extracting(SchemaAttributeType::name)
        .endsWith("updated_at", "custom:x");
  }

  @Test
  void aProtectedPoolIsNotDeletedAndADeletedOneIsGone() {
    String id = create(r -> r.deletionProtection(DeletionProtectionType.ACTIVE));
    assertThatThrownBy(() -> server.admin().deleteUserPool(r -> r.userPoolId(id)))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(
            "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated"
                + " first.");
    server
        .admin()
        .updateUserPool(r -> r.userPoolId(id).deletionProtection(DeletionProtectionType.INACTIVE));
    server.admin().deleteUserPool(r -> r.userPoolId(id));
    assertThatThrownBy(() -> describe(id))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("User pool " + id + " does not exist.");
    assertThatThrownBy(() -> server.admin().deleteUserPool(r -> r.userPoolId(id)))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  @Shows(
      id = "userpool-07",
      says =
          "two secrets of a client work in parallel; a third is refused, and the deletion of the last")
  void secretRotation() {
    Scene scene = Scene.of(server, pool -> {}, client -> client.generateSecret(true));
    String username = scene.newUser();
    ClientSecretDescriptorType second =
        server
            .admin()
            .addUserPoolClientSecret(r -> r.userPoolId(scene.poolId).clientId(scene.clientId()))
            .clientSecretDescriptor();
    assertThat(scene.signIn(username, Scene.PASSWORD)).isNotNull();
    String hash =
        dev.gatehouse.crypto.SecretHash.of(
            dev.gatehouse.kernel.Secret.of(second.clientSecretValue()), username, scene.clientId());
    assertThat(
            server
                .anonymous()
                .initiateAuth(r ->
                    r.clientId(scene.clientId())
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(
                            Map.of(
                                "USERNAME", username,
                                "PASSWORD", Scene.PASSWORD,
                                "SECRET_HASH", hash)))
                .authenticationResult())
        .isNotNull();
    assertThatThrownBy(() ->
            server
                .admin()
                .addUserPoolClientSecret(
                    r -> r.userPoolId(scene.poolId).clientId(scene.clientId())))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("Client secrets cannot exceed limit of 2 secrets.");
    List<ClientSecretDescriptorType> listed =
        server
            .admin()
            .listUserPoolClientSecrets(r -> r.userPoolId(scene.poolId).clientId(scene.clientId()))
            .clientSecrets();
    assertThat(listed).hasSize(2).allSatisfy(s -> assertThat(s.clientSecretValue()).isNull());
    String first =
        listed.stream()
            .map(ClientSecretDescriptorType::clientSecretId)
            .filter(id -> !id.equals(second.clientSecretId()))
            .findFirst()
            .orElseThrow();
    server
        .admin()
        .deleteUserPoolClientSecret(
            r -> r.userPoolId(scene.poolId).clientId(scene.clientId()).clientSecretId(first));
    assertThatThrownBy(() -> scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(NotAuthorizedException.class);
    assertThatThrownBy(() ->
            server
                .admin()
                .deleteUserPoolClientSecret(r ->
                    r.userPoolId(scene.poolId)
                        .clientId(scene.clientId())
                        .clientSecretId(second.clientSecretId())))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  @Shows(
      id = "userpool-08",
      says =
          "ADMIN_NO_SRP_AUTH alone leaves SRP and refresh; ALLOW_ADMIN_USER_PASSWORD_AUTH alone does not")
  void legacyFlows() {
    Scene legacy =
        Scene.of(
            server, pool -> {}, client -> client.explicitAuthFlowsWithStrings("ADMIN_NO_SRP_AUTH"));
    String username = legacy.newUser();
    AuthenticationResultType tokens = legacy.signInWithSrp(username, Scene.PASSWORD, Habit.AMPLIFY);
    assertThat(legacy.refresh(tokens.refreshToken()).authenticationResult()).isNotNull();
    Scene listed =
        legacy.withClient(
            client -> client.explicitAuthFlowsWithStrings("ALLOW_ADMIN_USER_PASSWORD_AUTH"));
    assertThatThrownBy(() -> listed.signInWithSrp(username, Scene.PASSWORD, Habit.AMPLIFY))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("USER_SRP_AUTH is not enabled for the client.");
    assertThatThrownBy(() ->
            listed.withClient(
                c -> c.explicitAuthFlowsWithStrings("ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  @Shows(id = "userpool-12", says = "pools and clients are always described with both dates")
  void dates() {
    Scene scene = Scene.of(server);
    UserPoolType pool = describe(scene.poolId);
    UserPoolClientType client =
        server
            .admin()
            .describeUserPoolClient(r -> r.userPoolId(scene.poolId).clientId(scene.clientId()))
            .userPoolClient();
    assertThat(pool.creationDate()).isNotNull();
    assertThat(pool.lastModifiedDate()).isNotNull();
    assertThat(client.creationDate()).isNotNull();
    assertThat(client.lastModifiedDate()).isNotNull();
    assertThat(pool.accountRecoverySetting().recoveryMechanisms()).hasSize(2);
  }

  @Test
  void settingsThatDoNotGoTogetherAreRefused() {
    assertInvalid(
        "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
        () -> create(r -> r.mfaConfiguration(UserPoolMfaType.ON)));
    assertInvalid(
        "SMS configuration is required when phone_number is selected for auto verification",
        () -> create(r -> r.autoVerifiedAttributes(VerifiedAttributeType.PHONE_NUMBER)));
    assertInvalid(
        "Only one of the aliasAttributes or usernameAttributes",
        () ->
            create(r ->
                r.aliasAttributes(AliasAttributeType.EMAIL)
                    .usernameAttributes(UsernameAttributeType.EMAIL)));
    assertInvalid(
        "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
        () ->
            create(r ->
                r.policies(p -> p.passwordPolicy(w -> w.temporaryPasswordValidityDays(3)))
                    .adminCreateUserConfig(a -> a.unusedAccountValidityDays(4))));
    assertInvalid(
        "Required custom attributes are not supported currently.",
        () ->
            create(r ->
                r.schema(
                    SchemaAttributeType.builder()
                        .name("x")
                        .attributeDataType(AttributeDataType.STRING)
                        .required(true)
                        .build())));
    assertThatThrownBy(() ->
            create(r ->
                r.userPoolTier(UserPoolTierType.LITE)
                    .policies(p -> p.passwordPolicy(w -> w.passwordHistorySize(3)))))
        .isInstanceOf(FeatureUnavailableInTierException.class);
  }

  @Test
  @Shows(
      id = "userpool-06",
      says =
          "SetUserPoolMfaConfig refuses what does not go together, and a TOTP-only pool is made in two calls")
  void mfaSettings() {
    String id = create(r -> {});
    assertInvalid(
        "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
        () ->
            server
                .admin()
                .setUserPoolMfaConfig(r ->
                    r.userPoolId(id)
                        .mfaConfiguration(UserPoolMfaType.OFF)
                        .softwareTokenMfaConfiguration(t -> t.enabled(true))));
    assertInvalid(
        "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.",
        () ->
            server
                .admin()
                .setUserPoolMfaConfig(r -> r.userPoolId(id).mfaConfiguration(UserPoolMfaType.ON)));
    server
        .admin()
        .setUserPoolMfaConfig(r ->
            r.userPoolId(id)
                .mfaConfiguration(UserPoolMfaType.ON)
                .softwareTokenMfaConfiguration(t -> t.enabled(true)));
    assertThat(describe(id).mfaConfiguration()).isEqualTo(UserPoolMfaType.ON);
  }

  @Test
  @Shows(
      id = "userpool-13",
      says =
          "TokenValidityUnits with RefreshToken alone: Describe shows hours for the other two; a client made without the member never shows it")
  void unitsGivenInPartAreFilled() {
    Scene scene = Scene.of(server);
    Scene withUnits =
        scene.withClient(c ->
            c.refreshTokenValidity(90)
                .tokenValidityUnits(u -> u.refreshToken(TimeUnitsType.MINUTES)));
    TokenValidityUnitsType units = describeClient(withUnits).tokenValidityUnits();
    assertThat(units.accessToken()).isEqualTo(TimeUnitsType.HOURS);
    assertThat(units.idToken()).isEqualTo(TimeUnitsType.HOURS);
    assertThat(units.refreshToken()).isEqualTo(TimeUnitsType.MINUTES);
    assertThat(scene.client.tokenValidityUnits()).isNull();
    assertThat(describeClient(scene).tokenValidityUnits()).isNull();
    server
        .admin()
        .updateUserPoolClient(
            r -> r.userPoolId(scene.poolId).clientId(scene.clientId()).refreshTokenValidity(2));
    assertThat(describeClient(scene).tokenValidityUnits()).isNull();
  }

  private UserPoolClientType describeClient(Scene scene) {
    return server
        .admin()
        .describeUserPoolClient(r -> r.userPoolId(scene.poolId).clientId(scene.clientId()))
        .userPoolClient();
  }

  @Test
  @Shows(
      id = "userpool-13",
      says =
          "SetUserPoolMfaConfig OFF takes the TOTP and e-mail blocks away and keeps the SmsConfiguration")
  void mfaOffKeepsTheSmsConfiguration() {
    String id =
        create(r ->
            r.smsConfiguration(sms -> sms.snsCallerArn("arn:aws:iam::000000000000:role/sms"))
                .emailConfiguration(email ->
                    email
                        .emailSendingAccount(EmailSendingAccountType.DEVELOPER)
                        .sourceArn("arn:aws:ses:us-east-1:000000000000:identity/a@example.com")));
    server
        .admin()
        .setUserPoolMfaConfig(r ->
            r.userPoolId(id)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .softwareTokenMfaConfiguration(t -> t.enabled(true))
                .emailMfaConfiguration(e -> {}));
    GetUserPoolMfaConfigResponse on = server.admin().getUserPoolMfaConfig(r -> r.userPoolId(id));
    assertThat(on.softwareTokenMfaConfiguration().enabled()).isTrue();
    assertThat(on.emailMfaConfiguration()).isNotNull();
    server
        .admin()
        .setUserPoolMfaConfig(r -> r.userPoolId(id).mfaConfiguration(UserPoolMfaType.OFF));
    GetUserPoolMfaConfigResponse off = server.admin().getUserPoolMfaConfig(r -> r.userPoolId(id));
    assertThat(off.mfaConfiguration()).isEqualTo(UserPoolMfaType.OFF);
    assertThat(off.softwareTokenMfaConfiguration()).isNull();
    assertThat(off.emailMfaConfiguration()).isNull();
    assertThat(describe(id).smsConfiguration().snsCallerArn())
        .isEqualTo("arn:aws:iam::000000000000:role/sms");
    assertInvalid(
        "can't turn off MFA and configure an MFA together",
        () ->
            server
                .admin()
                .setUserPoolMfaConfig(r ->
                    r.userPoolId(id)
                        .mfaConfiguration(UserPoolMfaType.OFF)
                        .softwareTokenMfaConfiguration(t -> t.enabled(true))));
  }

  @Test
  @Shows(
      id = "userpool-13",
      says =
          "a default pool is described with its AccountRecoverySetting: the phone number first, then the e-mail; one that was set is described as set")
  void accountRecoveryIsDescribed() {
    assertThat(describe(create(r -> {})).accountRecoverySetting().recoveryMechanisms())
        .containsExactly(
            recovery(1, RecoveryOptionNameType.VERIFIED_PHONE_NUMBER),
            recovery(2, RecoveryOptionNameType.VERIFIED_EMAIL));
    RecoveryOptionType admin = recovery(1, RecoveryOptionNameType.ADMIN_ONLY);
    assertThat(
            describe(create(r -> r.accountRecoverySetting(a -> a.recoveryMechanisms(admin))))
                .accountRecoverySetting()
                .recoveryMechanisms())
        .containsExactly(admin);
  }

  private static RecoveryOptionType recovery(int priority, RecoveryOptionNameType name) {
    return RecoveryOptionType.builder().priority(priority).name(name).build();
  }

  @Test
  void aSettingThatIsNotHonouredBlocksTheOperationsItGoverns() {
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    server
        .admin()
        .updateUserPool(r ->
            r.userPoolId(scene.poolId)
                .userPoolTier("PLUS")
                .userPoolAddOns(a -> a.advancedSecurityMode("ENFORCED")));
    assertThatThrownBy(() -> scene.signIn(username, Scene.PASSWORD))
        .isInstanceOf(InvalidUserPoolConfigurationException.class)
        .hasMessageContaining("AdvancedSecurityMode ENFORCED");
  }

  @Test
  void poolsAreListedByRegionInPages() {
    List<String> made = IntStream.range(0, 5).mapToObj(i -> create(r -> {})).toList();
    List<String> listed =
        server.admin().listUserPoolsPaginator(r -> r.maxResults(2)).userPools().stream()
            .map(UserPoolDescriptionType::id)
            .toList();
    assertThat(listed).containsAll(made).doesNotHaveDuplicates();
    assertThatThrownBy(
            () -> server.admin().listUserPools(r -> r.maxResults(2).nextToken("bm9uc2Vuc2U")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void tagsOverwriteAndGo() {
    String id = create(r -> r.userPoolTags(Map.of("a", "1")));
    String arn = describe(id).arn();
    server.admin().tagResource(r -> r.resourceArn(arn).tags(Map.of("a", "2", "b", "3")));
    server.admin().untagResource(r -> r.resourceArn(arn).tagKeys("b", "unknown"));
    assertThat(server.admin().listTagsForResource(r -> r.resourceArn(arn)).tags())
        .isEqualTo(Map.of("a", "2"));
    assertThatThrownBy(() ->
            server
                .admin()
                .listTagsForResource(r -> r.resourceArn(arn.replace("us-east-1", "eu-west-1"))))
        .isInstanceOf(InvalidParameterException.class);
  }

  private static void assertInvalid(
      String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining(message);
  }
}
