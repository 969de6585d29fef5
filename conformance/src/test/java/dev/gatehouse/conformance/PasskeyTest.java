package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Differs;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFactorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserVerificationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnChallengeNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnClientMismatchException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnConfigurationMissingException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnCredentialDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnCredentialNotSupportedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnFactorConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnOriginNotAllowedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.WebAuthnRelyingPartyMismatchException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(TestServer.Extension.class)
class PasskeyTest {
  private static final String PARTY = "example.com";
  private static final String ORIGIN = "https://app.example.com";

  private final TestServer server;

  PasskeyTest(TestServer server) {
    this.server = server;
  }

  /** A pool with passkeys, and a signed-in user of it. */
  private final class Owner {
    final Scene scene;
    final String name;
    final String token;
    final SoftwareAuthenticator authenticator = new SoftwareAuthenticator(ORIGIN);

    Owner() {
      this(PARTY, WebAuthnFactorConfigurationType.SINGLE_FACTOR);
    }

    Owner(String party, WebAuthnFactorConfigurationType factors) {
      scene =
          Scene.of(
              server,
              ChoiceTest.allowing(
                  AuthFactorType.PASSWORD, AuthFactorType.EMAIL_OTP, AuthFactorType.WEB_AUTHN),
              ChoiceTest.userAuth());
      configure(party, factors);
      name = scene.newUser();
      token = scene.signIn(name, Scene.PASSWORD).accessToken();
    }

    void configure(String party, WebAuthnFactorConfigurationType factors) {
      scene
          .admin()
          .setUserPoolMfaConfig(r ->
              r.userPoolId(scene.poolId)
                  .webAuthnConfiguration(
                      webAuthn -> webAuthn.relyingPartyId(party).factorConfiguration(factors)));
    }

    JsonNode start() {
      return SoftwareAuthenticator.json(
          scene
              .anonymous()
              .startWebAuthnRegistration(r -> r.accessToken(token))
              .credentialCreationOptions());
    }

    void complete(JsonNode credential) {
      scene
          .anonymous()
          .completeWebAuthnRegistration(
              r -> r.accessToken(token).credential(SoftwareAuthenticator.document(credential)));
    }

    void register() {
      complete(authenticator.create(start()));
    }

    InitiateAuthResponse begin() {
      InitiateAuthResponse asked =
          scene.begin(
              AuthFlowType.USER_AUTH, Map.of("USERNAME", name, "PREFERRED_CHALLENGE", "WEB_AUTHN"));
      assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.WEB_AUTHN);
      return asked;
    }

    String options(InitiateAuthResponse asked) {
      return asked.challengeParameters().get("CREDENTIAL_REQUEST_OPTIONS");
    }

    RespondToAuthChallengeResponse answer(InitiateAuthResponse asked, String credential) {
      return new MfaScene(server, scene)
          .answer(ChallengeNameType.WEB_AUTHN, asked.session(), name, "CREDENTIAL", credential);
    }

    void assertRefused(InitiateAuthResponse asked, String credential) {
      assertThatThrownBy(() -> answer(asked, credential))
          .isInstanceOf(NotAuthorizedException.class)
          .hasMessageContaining("Invalid passkey for the user.");
    }

    List<WebAuthnCredentialDescription> passkeys() {
      return scene.anonymous().listWebAuthnCredentials(r -> r.accessToken(token)).credentials();
    }
  }

  @Test
  @Shows(
      id = "auth-06",
      says =
          "a software authenticator registers and signs in, by preference and by choice; the passkey is listed and among the user's factors, and once deleted it signs nobody in")
  void aPasskeyFromFirstToLast() {
    Owner owner = new Owner();
    Scene scene = owner.scene;
    JsonNode options = owner.start();
    assertThat(options.at("/rp/id").asString()).isEqualTo(PARTY);
    assertThat(options.at("/user/name").asString()).isEqualTo(owner.name);
    assertThat(options.at("/pubKeyCredParams").toString())
        .isEqualTo("[{\"type\":\"public-key\",\"alg\":-7},{\"type\":\"public-key\",\"alg\":-257}]");
    assertThat(options.at("/authenticatorSelection/residentKey").asString()).isEqualTo("required");
    assertThat(options.at("/authenticatorSelection/userVerification").asString())
        .isEqualTo("preferred");
    owner.complete(owner.authenticator.create(options));

    WebAuthnCredentialDescription passkey = owner.passkeys().getFirst();
    assertThat(passkey.relyingPartyId()).isEqualTo(PARTY);
    assertThat(passkey.authenticatorAttachment()).isEqualTo("platform");
    assertThat(passkey.authenticatorTransports()).containsExactly("internal");
    assertThat(passkey.friendlyCredentialName()).isNotEmpty();
    assertThat(owner.start().at("/excludeCredentials/0/id").asString())
        .isEqualTo(passkey.credentialId());
    assertThat(
            scene
                .anonymous()
                .getUserAuthFactors(r -> r.accessToken(owner.token))
                .configuredUserAuthFactorsAsStrings())
        .containsExactly("PASSWORD", "EMAIL_OTP", "WEB_AUTHN");

    InitiateAuthResponse asked = owner.begin();
    assertThat(asked.availableChallengesAsStrings()).contains("WEB_AUTHN", "PASSWORD");
    JsonNode request = JsonMapper.shared().readTree(owner.options(asked));
    assertThat(request.get("rpId").asString()).isEqualTo(PARTY);
    assertThat(request.at("/allowCredentials/0/id").asString()).isEqualTo(passkey.credentialId());
    String credential = owner.authenticator.get(owner.options(asked));
    assertThat(owner.answer(asked, credential).authenticationResult().accessToken()).isNotEmpty();
    assertThatThrownBy(() -> owner.answer(asked, credential))
        .isInstanceOf(NotAuthorizedException.class);

    String choice = scene.begin(AuthFlowType.USER_AUTH, Map.of("USERNAME", owner.name)).session();
    RespondToAuthChallengeResponse chosen =
        new MfaScene(server, scene)
            .answer(ChallengeNameType.SELECT_CHALLENGE, choice, owner.name, "ANSWER", "WEB_AUTHN");
    assertThat(chosen.challengeName()).isEqualTo(ChallengeNameType.WEB_AUTHN);
    String second =
        owner.authenticator.get(chosen.challengeParameters().get("CREDENTIAL_REQUEST_OPTIONS"));
    assertThat(
            new MfaScene(server, scene)
                .answer(
                    ChallengeNameType.WEB_AUTHN, chosen.session(), owner.name, "CREDENTIAL", second)
                .authenticationResult())
        .isNotNull();

    InitiateAuthResponse last = owner.begin();
    scene
        .anonymous()
        .deleteWebAuthnCredential(
            r -> r.accessToken(owner.token).credentialId(passkey.credentialId()));
    assertThat(owner.passkeys()).isEmpty();
    owner.assertRefused(last, owner.authenticator.get(owner.options(last)));
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .deleteWebAuthnCredential(
                    r -> r.accessToken(owner.token).credentialId(passkey.credentialId())))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  @Shows(
      id = "auth-06",
      says =
          "a page of another origin neither registers (WebAuthnOriginNotAllowedException) nor signs in; one below the relying party's domain and http on localhost do")
  void origins() {
    Owner owner = new Owner();
    for (String origin :
        List.of(
            "https://evil.example.org",
            "https://badexample.com",
            "http://app.example.com",
            "https://example.com.evil.org")) {
      owner.authenticator.visit(origin);
      ObjectNode made = owner.authenticator.create(owner.start());
      assertThatThrownBy(() -> owner.complete(made))
          .as(origin)
          .isInstanceOf(WebAuthnOriginNotAllowedException.class);
    }
    assertThat(owner.passkeys()).isEmpty();
    owner.authenticator.visit("https://example.com");
    owner.register();
    InitiateAuthResponse asked = owner.begin();
    owner.authenticator.visit("https://evil.example.org");
    owner.assertRefused(asked, owner.authenticator.get(owner.options(asked)));
    owner.authenticator.visit("https://deep.below.example.com:8443");
    assertThat(
            owner
                .answer(asked, owner.authenticator.get(owner.options(asked)))
                .authenticationResult())
        .isNotNull();

    Owner local = new Owner("localhost", WebAuthnFactorConfigurationType.SINGLE_FACTOR);
    local.authenticator.visit("http://localhost:3000");
    local.register();
    assertThat(local.passkeys()).hasSize(1);
  }

  @Test
  @Shows(
      id = "auth-06",
      says =
          "a challenge that was answered, replaced or has expired is refused: WebAuthnChallengeNotFoundException; one of another app client: WebAuthnClientMismatchException; a replayed sign-in answer is refused")
  void challengesServeOnceInTimeAndTheirClient() {
    Owner owner = new Owner();
    JsonNode never = owner.authenticator.create(new Owner().start());
    assertThatThrownBy(() -> owner.complete(never))
        .isInstanceOf(WebAuthnChallengeNotFoundException.class);
    ObjectNode replaced = owner.authenticator.create(owner.start());
    ObjectNode made = owner.authenticator.create(owner.start());
    assertThatThrownBy(() -> owner.complete(replaced))
        .isInstanceOf(WebAuthnChallengeNotFoundException.class);
    Scene other = owner.scene.withClient(ChoiceTest.userAuth());
    String otherToken = other.signIn(owner.name, Scene.PASSWORD).accessToken();
    assertThatThrownBy(() ->
            other
                .anonymous()
                .completeWebAuthnRegistration(r ->
                    r.accessToken(otherToken).credential(SoftwareAuthenticator.document(made))))
        .isInstanceOf(WebAuthnClientMismatchException.class);
    owner.complete(made);
    assertThatThrownBy(() -> owner.complete(made))
        .isInstanceOf(WebAuthnChallengeNotFoundException.class);

    InitiateAuthResponse first = owner.begin();
    String answer = owner.authenticator.get(owner.options(first));
    assertThat(owner.answer(first, answer).authenticationResult()).isNotNull();
    owner.assertRefused(owner.begin(), answer);

    ObjectNode late = new SoftwareAuthenticator(ORIGIN).create(owner.start());
    server.server().clock().advance(Duration.ofMinutes(5).plusSeconds(1));
    assertThatThrownBy(() -> owner.complete(late))
        .isInstanceOf(WebAuthnChallengeNotFoundException.class);
    assertThat(owner.passkeys()).hasSize(1);
  }

  @Test
  @Shows(
      id = "auth-06",
      says =
          "a credential for another relying party is refused: WebAuthnRelyingPartyMismatchException; what is no credential, and one with another algorithm, too")
  void otherPartiesAndMalformedCredentials() {
    Owner owner = new Owner();
    ObjectNode options = (ObjectNode) owner.start();
    ((ObjectNode) options.get("rp")).put("id", "app.example.com");
    ObjectNode forAnother = owner.authenticator.create(options);
    assertThatThrownBy(() -> owner.complete(forAnother))
        .isInstanceOf(WebAuthnRelyingPartyMismatchException.class);

    ObjectNode good = owner.authenticator.create(owner.start());
    ObjectNode altered = good.deepCopy();
    ((ObjectNode) altered.get("response")).put("attestationObject", "AAAA");
    ObjectNode empty = JsonMapper.shared().createObjectNode().put("id", "x");
    for (JsonNode bad : List.of(altered, empty)) {
      assertThatThrownBy(() -> owner.complete(bad))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("Credential data is not valid");
    }
    ObjectNode edDsa = owner.authenticator.withAlgorithm(good.deepCopy(), 0x27);
    assertThatThrownBy(() -> owner.complete(edDsa))
        .isInstanceOf(WebAuthnCredentialNotSupportedException.class);
    assertThat(owner.passkeys()).isEmpty();
    owner.complete(good);
    assertThat(owner.passkeys()).hasSize(1);
  }

  @Test
  @Shows(
      id = "auth-06",
      says = "the 21st passkey of a user: LimitExceededException; twenty are listed page by page")
  void twentyPasskeys() {
    Owner owner = new Owner();
    for (int i = 0; i < 19; i++) {
      owner.complete(new SoftwareAuthenticator(ORIGIN).create(owner.start()));
    }
    owner.register();
    assertThat(owner.passkeys()).hasSize(20);
    assertThatThrownBy(owner::start).isInstanceOf(LimitExceededException.class);
    var page =
        owner
            .scene
            .anonymous()
            .listWebAuthnCredentials(r -> r.accessToken(owner.token).maxResults(15));
    assertThat(page.credentials()).hasSize(15);
    var rest =
        owner
            .scene
            .anonymous()
            .listWebAuthnCredentials(
                r -> r.accessToken(owner.token).maxResults(15).nextToken(page.nextToken()));
    assertThat(rest.credentials()).hasSize(5);
    assertThat(rest.nextToken()).isNull();
  }

  @Test
  @Shows(
      id = "auth-06",
      says = "an authenticator whose counter has not grown is a copy, and is refused")
  void aClonedAuthenticator() {
    Owner owner = new Owner();
    owner.register();
    InitiateAuthResponse first = owner.begin();
    assertThat(
            owner
                .answer(first, owner.authenticator.get(owner.options(first)))
                .authenticationResult())
        .isNotNull();
    owner.authenticator.countUp(false);
    InitiateAuthResponse again = owner.begin();
    owner.assertRefused(again, owner.authenticator.get(owner.options(again)));
    owner.authenticator.countUp(true);
    InitiateAuthResponse third = owner.begin();
    assertThat(
            owner
                .answer(third, owner.authenticator.get(owner.options(third)))
                .authenticationResult())
        .isNotNull();
  }

  @Test
  @Shows(
      id = "auth-06",
      says =
          "a user with a second factor, and every user of a pool with MFA ON, signs in by passkey only where passkeys count as two factors, unless the user has turned that off")
  void passkeysAndSecondFactors() {
    Owner owner = new Owner();
    owner.register();
    MfaScene mfa = new MfaScene(server, owner.scene);
    // single-factor passkeys do not go with a second factor
    owner
        .scene
        .admin()
        .setUserPoolMfaConfig(r ->
            r.userPoolId(owner.scene.poolId)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .softwareTokenMfaConfiguration(totp -> totp.enabled(true))
                .webAuthnConfiguration(webAuthn ->
                    webAuthn
                        .relyingPartyId(PARTY)
                        .userVerification(UserVerificationType.PREFERRED)));
    mfa.registerTotp(owner.token, "app");
    mfa.prefer(owner.name, true, true);
    assertThat(choices(owner)).containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    assertThatThrownBy(() -> passkeyMfa(owner, true)).isInstanceOf(InvalidParameterException.class);
    // those with user verification do, if the user wants it so
    owner
        .scene
        .admin()
        .setUserPoolMfaConfig(r ->
            r.userPoolId(owner.scene.poolId)
                .mfaConfiguration(UserPoolMfaType.OPTIONAL)
                .softwareTokenMfaConfiguration(totp -> totp.enabled(true))
                .webAuthnConfiguration(webAuthn ->
                    webAuthn
                        .relyingPartyId(PARTY)
                        .factorConfiguration(
                            WebAuthnFactorConfigurationType.MULTI_FACTOR_WITH_USER_VERIFICATION)));
    assertThat(choices(owner)).containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD", "WEB_AUTHN");
    passkeyMfa(owner, false);
    assertThat(choices(owner)).containsExactlyInAnyOrder("PASSWORD_SRP", "PASSWORD");
    passkeyMfa(owner, true);
    InitiateAuthResponse asked = owner.begin();
    assertThat(owner.options(asked)).contains("\"userVerification\":\"required\"");
    assertThat(
            owner
                .answer(asked, owner.authenticator.get(owner.options(asked)))
                .authenticationResult())
        .isNotNull();
    // an authenticator that did not check its user is refused
    InitiateAuthResponse unchecked = owner.begin();
    owner.assertRefused(
        unchecked,
        owner.authenticator.get(
            owner
                .options(unchecked)
                .replace(
                    "\"userVerification\":\"required\"", "\"userVerification\":\"discouraged\"")));
  }

  private List<String> choices(Owner owner) {
    return owner
        .scene
        .begin(AuthFlowType.USER_AUTH, Map.of("USERNAME", owner.name))
        .availableChallengesAsStrings();
  }

  private void passkeyMfa(Owner owner, boolean enabled) {
    owner
        .scene
        .anonymous()
        .setUserMFAPreference(r ->
            r.accessToken(owner.token).webAuthnMfaSettings(webAuthn -> webAuthn.enabled(enabled)));
  }

  @Test
  @Shows(
      id = "auth-06",
      says =
          "a pool without WEB_AUTHN: WebAuthnNotEnabledException; one without RelyingPartyId: WebAuthnConfigurationMissingException; a RelyingPartyId that is a public suffix or an address is refused")
  void poolsWithoutPasskeys() {
    Scene plain = Scene.of(server, pool -> {}, ChoiceTest.userAuth());
    String token = plain.signIn(plain.newUser(), Scene.PASSWORD).accessToken();
    assertThatThrownBy(() -> plain.anonymous().startWebAuthnRegistration(r -> r.accessToken(token)))
        .isInstanceOf(WebAuthnNotEnabledException.class);
    Scene bare =
        Scene.of(
            server,
            ChoiceTest.allowing(AuthFactorType.PASSWORD, AuthFactorType.WEB_AUTHN),
            ChoiceTest.userAuth());
    String bareToken = bare.signIn(bare.newUser(), Scene.PASSWORD).accessToken();
    assertThatThrownBy(
            () -> bare.anonymous().startWebAuthnRegistration(r -> r.accessToken(bareToken)))
        .isInstanceOf(WebAuthnConfigurationMissingException.class);
    for (String id : List.of("com", "127.0.0.1", "https://example.com", "*.example.com")) {
      assertThatThrownBy(() ->
              bare.admin()
                  .setUserPoolMfaConfig(r ->
                      r.userPoolId(bare.poolId)
                          .webAuthnConfiguration(webAuthn -> webAuthn.relyingPartyId(id))))
          .as(id)
          .isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  @Differs(
      number = 24,
      in = "The relying party of passkeys",
      cognito =
          "The pool's domain where RelyingPartyId is not set; every public suffix is refused as RelyingPartyId.",
      here =
          "No default: WebAuthnConfigurationMissingException; of public suffixes those of one label are refused.",
      why = "Domains are not served yet, and no list of public suffixes is shipped.")
  void aPublicSuffixOfSeveralLabelsIsNotKnown() {
    Owner owner = new Owner("co.uk", WebAuthnFactorConfigurationType.SINGLE_FACTOR);
    assertThat(owner.start().at("/rp/id").asString()).isEqualTo("co.uk");
  }

  @Test
  void softwareTokensAreNoFirstFactor() {
    assertThatThrownBy(() ->
            Scene.of(
                server,
                ChoiceTest.allowing(AuthFactorType.PASSWORD, AuthFactorType.SOFTWARE_TOKEN),
                client -> {}))
        .isInstanceOf(InvalidParameterException.class);
  }
}
