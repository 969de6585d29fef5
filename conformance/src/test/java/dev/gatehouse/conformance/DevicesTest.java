package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.DeviceScene.DeviceRound;
import dev.gatehouse.conformance.DeviceScene.Kept;
import dev.gatehouse.conformance.Scene.Habit;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeviceRememberedStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** Signing in with a device. */
@ExtendWith(TestServer.Extension.class)
class DevicesTest {
  private static final String INVALID_SESSION = "Invalid session for the user.";

  private final TestServer server;

  DevicesTest(TestServer server) {
    this.server = server;
  }

  private static void assertNotAuthorized(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining(message);
  }

  private static void assertUnknownDevice(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Device does not exist.");
  }

  /** A pool that tracks devices, and a user who has confirmed one. */
  private final class Owner {
    final DeviceScene devices;
    final Scene scene;
    final String name;
    final AuthenticationResultType first;
    final Kept device;

    Owner(DeviceScene devices) {
      this.devices = devices;
      scene = devices.scene;
      name = scene.newUser();
      first = scene.signIn(name, Scene.PASSWORD);
      device = devices.confirm(first);
    }

    Owner() {
      this(DeviceScene.of(server, true, false));
    }

    DeviceRound round(Habit habit) {
      return devices.new DeviceRound(name, device, habit);
    }
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-08",
      says =
          "NewDeviceMetadata, ConfirmDevice, and the next sign-in with DEVICE_KEY goes DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER to tokens, after SRP and after a password")
  @Shows(
      id = "auth-08",
      says =
          "the testkit client that behaves like pycognito (no Session, USERNAME from the challenge) passes SRP and the device steps")
  void aRememberedDevice(Habit habit) {
    Owner owner = new Owner();
    String region = owner.scene.poolId.substring(0, owner.scene.poolId.indexOf('_'));
    assertThat(owner.device.key()).matches(region + "_[0-9a-f-]{36}");
    assertThat(owner.device.group()).matches("-[A-Za-z0-9]{8}");
    assertThat(Jwt.of(owner.first.accessToken()).claim("device_key")).isEqualTo(owner.device.key());

    RespondToAuthChallengeResponse asked = owner.devices.srp(owner.name, owner.device.key(), habit);
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.DEVICE_SRP_AUTH);
    assertThat(asked.authenticationResult()).isNull();
    DeviceRound round = owner.round(habit);
    RespondToAuthChallengeResponse challenge = round.begin(asked.session());
    assertThat(challenge.challengeName()).isEqualTo(ChallengeNameType.DEVICE_PASSWORD_VERIFIER);
    assertThat(challenge.challengeParameters())
        .containsEntry("DEVICE_KEY", owner.device.key())
        .containsEntry("USERNAME", owner.name)
        .containsKeys("SALT", "SRP_B", "SECRET_BLOCK");
    RespondToAuthChallengeResponse done = round.finish(challenge);
    assertThat(done.challengeParameters()).isEmpty();
    AuthenticationResultType tokens = done.authenticationResult();
    assertThat(tokens.newDeviceMetadata()).isNull();
    assertThat(Jwt.of(tokens.accessToken()).claim("device_key")).isEqualTo(owner.device.key());

    String session = owner.devices.password(owner.name, owner.device.key()).session();
    assertThat(owner.devices.prove(owner.name, owner.device, session, habit).authenticationResult())
        .isNotNull();
  }

  @Test
  @Shows(
      id = "auth-08",
      says = "a pool that does not track devices hands out none and asks for none")
  void withoutTracking() {
    Scene scene = Scene.of(server);
    String name = scene.newUser();
    InitiateAuthResponse plain = scene.beginWithPassword(name, Scene.PASSWORD);
    assertThat(plain.authenticationResult().newDeviceMetadata()).isNull();
    assertThat(Jwt.of(plain.authenticationResult().accessToken()).claims().has("device_key"))
        .isFalse();
    assertThat(
            new DeviceScene(server, scene)
                .password(name, "us-east-1_" + UUID.randomUUID())
                .authenticationResult())
        .isNotNull();
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-08",
      says =
          "DEVICE_SRP_AUTH without a passed first factor is refused, with the device's right secret, too")
  void noFirstFactor(Habit habit) {
    Owner owner = new Owner();
    String otherStep =
        owner.scene.new SrpRound(owner.name).challenge.session(); // no password was shown
    assertNotAuthorized(() -> owner.round(habit).begin(otherStep), INVALID_SESSION);
    assertNotAuthorized(
        () -> owner.devices.new DeviceRound("nobody", owner.device, habit).begin(otherStep),
        INVALID_SESSION);
    // a first factor that failed is none
    assertThatThrownBy(() ->
            owner.scene.begin(
                AuthFlowType.USER_PASSWORD_AUTH,
                Map.of(
                    "USERNAME",
                    owner.name,
                    "PASSWORD",
                    "Wrong-pass-1",
                    "DEVICE_KEY",
                    owner.device.key())))
        .isInstanceOf(NotAuthorizedException.class);
    assertNotAuthorized(() -> owner.round(habit).begin(otherStep), INVALID_SESSION);
  }

  @Test
  @Shows(id = "auth-08", says = "a second use of the record is refused; so is a second answer")
  void theRecordIsGoodOnce() {
    Owner owner = new Owner();
    owner.devices.srp(owner.name, owner.device.key(), Habit.PYCOGNITO);
    DeviceRound round = owner.round(Habit.PYCOGNITO);
    RespondToAuthChallengeResponse challenge = round.begin(null);
    assertNotAuthorized(() -> owner.round(Habit.PYCOGNITO).begin(null), INVALID_SESSION);
    Map<String, String> answers = round.answers(challenge);
    assertThat(round.finish(null, answers).authenticationResult()).isNotNull();
    assertNotAuthorized(() -> round.finish(null, answers), "Incorrect username or password.");
    assertNotAuthorized(() -> owner.round(Habit.PYCOGNITO).begin(null), INVALID_SESSION);
  }

  @Test
  @Shows(id = "auth-08", says = "of many that use the record at once one wins")
  void oneUseAtOnceWins() {
    Owner owner = new Owner();
    owner.devices.srp(owner.name, owner.device.key(), Habit.PYCOGNITO);
    AtomicInteger won = new AtomicInteger();
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        many.execute(() -> {
          try {
            owner.round(Habit.PYCOGNITO).begin(null);
            won.incrementAndGet();
          } catch (NotAuthorizedException usedBefore) {
            // as all but one are answered
          }
        });
      }
    }
    assertThat(won).hasValue(1);
  }

  @Test
  @Shows(
      id = "auth-08",
      says = "a Session answered once is used, and the record that goes with it, too")
  void aSessionUsesUpItsRecord() {
    Owner owner = new Owner();
    String session = owner.devices.password(owner.name, owner.device.key()).session();
    owner.round(Habit.AMPLIFY).begin(session);
    assertNotAuthorized(
        () -> owner.round(Habit.AMPLIFY).begin(session), "session can only be used once.");
    assertNotAuthorized(() -> owner.round(Habit.PYCOGNITO).begin(null), INVALID_SESSION);
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "the record serves its own client, kind of caller and device only, and no longer than AuthSessionValidity")
  void theRecordIsBound() {
    Owner owner = new Owner();
    owner.devices.password(owner.name, owner.device.key());
    DeviceScene elsewhere = new DeviceScene(server, owner.scene.withClient(client -> {}));
    assertNotAuthorized(
        () -> elsewhere.new DeviceRound(owner.name, owner.device, Habit.PYCOGNITO).begin(null),
        INVALID_SESSION);
    Kept forged =
        new Kept("us-east-1_" + UUID.randomUUID(), owner.device.group(), owner.device.secret());
    assertNotAuthorized(
        () -> owner.devices.new DeviceRound(owner.name, forged, Habit.PYCOGNITO).begin(null),
        INVALID_SESSION);
    assertNotAuthorized(
        () ->
            owner
                .scene
                .admin()
                .adminRespondToAuthChallenge(request ->
                    request
                        .userPoolId(owner.scene.poolId)
                        .clientId(owner.scene.clientId())
                        .challengeName(ChallengeNameType.DEVICE_SRP_AUTH)
                        .challengeResponses(
                            Map.of(
                                "USERNAME",
                                owner.name,
                                "DEVICE_KEY",
                                owner.device.key(),
                                "SRP_A",
                                "abcdef"))),
        INVALID_SESSION);
    server.server().clock().advance(Duration.ofMinutes(3).plusSeconds(1));
    assertNotAuthorized(() -> owner.round(Habit.PYCOGNITO).begin(null), INVALID_SESSION);
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "a forged device key, and another user's device, bring ResourceNotFoundException \"Device does not exist.\" and leave the step open for an answer without it")
  void foreignDevices() {
    Owner owner = new Owner();
    String other = owner.scene.newUser();
    for (String key : List.of("us-east-1_" + UUID.randomUUID(), owner.device.key())) {
      assertUnknownDevice(() -> owner.devices.password(other, key));
      Scene.SrpRound round = owner.scene.new SrpRound(other);
      Map<String, String> answers = round.answers(Scene.PASSWORD);
      answers.put("DEVICE_KEY", key);
      assertUnknownDevice(() -> round.send(answers, Habit.AMPLIFY));
      // what npm's clients do when they are told
      answers.remove("DEVICE_KEY");
      AuthenticationResultType tokens = round.send(answers, Habit.AMPLIFY).authenticationResult();
      assertThat(tokens.newDeviceMetadata().deviceKey()).isNotEqualTo(key);
    }
    // with a wrong password nothing is told of devices
    assertNotAuthorized(
        () ->
            owner.scene.begin(
                AuthFlowType.USER_PASSWORD_AUTH,
                Map.of(
                    "USERNAME",
                    other,
                    "PASSWORD",
                    "Wrong-pass-1",
                    "DEVICE_KEY",
                    owner.device.key())),
        "Incorrect username or password.");
    // a session of one's own does not open another's device
    DeviceScene devices = owner.devices;
    Kept own = devices.confirm(owner.scene.signIn(other, Scene.PASSWORD));
    String session = devices.password(other, own.key()).session();
    assertNotAuthorized(
        () -> devices.new DeviceRound(other, owner.device, Habit.AMPLIFY).begin(session),
        INVALID_SESSION);
    assertNotAuthorized(
        () -> devices.new DeviceRound(owner.name, own, Habit.AMPLIFY).begin(session),
        INVALID_SESSION);
  }

  @ParameterizedTest
  @EnumSource
  @Shows(
      id = "auth-08",
      says = "a wrong device secret, an altered answer or a foreign block is refused")
  void aWrongSecret(Habit habit) {
    Owner owner = new Owner();
    Kept wrong = new Kept(owner.device.key(), owner.device.group(), "not the secret");
    String session = owner.devices.password(owner.name, owner.device.key()).session();
    assertNotAuthorized(
        () -> owner.devices.prove(owner.name, wrong, session, habit),
        "Incorrect username or password.");

    DeviceRound round = owner.round(habit);
    RespondToAuthChallengeResponse challenge =
        round.begin(owner.devices.password(owner.name, owner.device.key()).session());
    Map<String, String> answers = round.answers(challenge);
    for (String member : List.of("PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP", "DEVICE_KEY")) {
      Map<String, String> altered = new HashMap<>(answers);
      altered.put(
          member,
          member.equals("TIMESTAMP")
              ? "Tue May 7 00:09:40 UTC 2024"
              : member.equals("DEVICE_KEY") ? "us-east-1_0" : "AAAA" + answers.get(member));
      assertNotAuthorized(
          () -> round.finish(challenge.session(), altered), "Incorrect username or password.");
    }
    Map<String, String> foreign = new HashMap<>(answers);
    foreign.put(
        "PASSWORD_CLAIM_SECRET_BLOCK",
        owner.scene.new SrpRound(owner.name).challenge.challengeParameters().get("SECRET_BLOCK"));
    assertNotAuthorized(
        () -> round.finish(challenge.session(), foreign), "Incorrect username or password.");
    assertThat(round.finish(challenge.session(), answers).authenticationResult()).isNotNull();
  }

  /** A pool with software tokens, and a user with one, whose device is confirmed. */
  private final class WithTotp {
    final MfaScene mfa;
    final Owner owner;
    final String secret;

    WithTotp(boolean replacesFactor, boolean onPrompt) {
      owner = new Owner(DeviceScene.of(server, replacesFactor, onPrompt));
      mfa = new MfaScene(server, owner.scene);
      mfa.configure(UserPoolMfaType.OPTIONAL, MfaScene.totp());
      secret = mfa.registerTotp(owner.first.accessToken(), "phone");
      mfa.prefer(owner.name, true, true);
      mfa.nextStep();
    }

    String first() {
      return owner.devices.password(owner.name, owner.device.key()).session();
    }

    RespondToAuthChallengeResponse prove() {
      return owner.devices.prove(owner.name, owner.device, first(), Habit.AMPLIFY);
    }
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "a remembered device skips MFA where ChallengeRequiredOnNewDevice is set; who names no device is asked for the code, and is given a new device after it")
  void aRememberedDeviceStandsInForTheFactor() {
    WithTotp totp = new WithTotp(true, false);
    assertThat(totp.prove().authenticationResult()).isNotNull();
    InitiateAuthResponse unnamed =
        totp.owner.scene.beginWithPassword(totp.owner.name, Scene.PASSWORD);
    assertThat(unnamed.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    AuthenticationResultType tokens =
        totp.mfa
            .answer(
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                unnamed.session(),
                totp.owner.name,
                "SOFTWARE_TOKEN_MFA_CODE",
                totp.mfa.code(totp.secret, 0))
            .authenticationResult();
    assertThat(tokens.newDeviceMetadata().deviceKey()).isNotEqualTo(totp.owner.device.key());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Shows(
      id = "auth-08",
      says =
          "a device that is not remembered, or of a pool without ChallengeRequiredOnNewDevice, proves itself and MFA is asked for as well")
  void aTrackedDeviceIsNoFactor(boolean replacesFactor) {
    // confirmed, and remembered only where no prompt is needed
    WithTotp totp = new WithTotp(replacesFactor, replacesFactor);
    RespondToAuthChallengeResponse asked = totp.prove();
    assertThat(asked.authenticationResult()).isNull();
    assertThat(asked.challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    // the device that has proven itself cannot be exchanged for another one
    AuthenticationResultType tokens =
        totp.mfa
            .answer(
                ChallengeNameType.SOFTWARE_TOKEN_MFA,
                asked.session(),
                totp.owner.name,
                "DEVICE_KEY",
                "us-east-1_" + UUID.randomUUID(),
                "SOFTWARE_TOKEN_MFA_CODE",
                totp.mfa.code(totp.secret, 0))
            .authenticationResult();
    assertThat(Jwt.of(tokens.accessToken()).claim("device_key")).isEqualTo(totp.owner.device.key());
    assertThat(tokens.newDeviceMetadata()).isNull();
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "with DeviceOnlyRememberedOnUserPrompt a device skips MFA from UpdateDeviceStatus remembered on, and not_remembered ends it, in the middle of a sign-in, too")
  void onPrompt() {
    WithTotp totp = new WithTotp(true, true);
    assertThat(totp.prove().challengeName()).isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
    totp.owner
        .scene
        .anonymous()
        .updateDeviceStatus(request ->
            request
                .accessToken(totp.owner.first.accessToken())
                .deviceKey(totp.owner.device.key())
                .deviceRememberedStatus(DeviceRememberedStatusType.REMEMBERED));
    assertThat(totp.prove().authenticationResult()).isNotNull();

    DeviceRound round = totp.owner.round(Habit.AMPLIFY);
    RespondToAuthChallengeResponse challenge = round.begin(totp.first());
    totp.owner
        .scene
        .admin()
        .adminUpdateDeviceStatus(request ->
            request
                .userPoolId(totp.owner.scene.poolId)
                .username(totp.owner.name)
                .deviceKey(totp.owner.device.key())
                .deviceRememberedStatus(DeviceRememberedStatusType.NOT_REMEMBERED));
    assertThat(round.finish(challenge).challengeName())
        .isEqualTo(ChallengeNameType.SOFTWARE_TOKEN_MFA);
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "ForgetDevice: ResourceNotFoundException \"Device does not exist.\" on next use, at every step; its tokens end and others' stay")
  void aForgottenDevice() {
    Owner owner = new Owner();
    AuthenticationResultType other = owner.scene.signIn(owner.name, Scene.PASSWORD);
    DeviceRound begun = owner.round(Habit.AMPLIFY);
    String early = owner.devices.password(owner.name, owner.device.key()).session();
    RespondToAuthChallengeResponse challenge = begun.begin(early);
    String session = owner.devices.password(owner.name, owner.device.key()).session();
    owner
        .scene
        .anonymous()
        .forgetDevice(r -> r.accessToken(other.accessToken()).deviceKey(owner.device.key()));

    assertUnknownDevice(() -> owner.devices.password(owner.name, owner.device.key()));
    assertUnknownDevice(() -> owner.round(Habit.AMPLIFY).begin(session));
    assertUnknownDevice(() -> begun.finish(challenge));
    assertNotAuthorized(
        () -> owner.scene.anonymous().getUser(r -> r.accessToken(owner.first.accessToken())),
        "Access Token has been revoked");
    assertNotAuthorized(
        () -> refresh(owner.scene, owner.first.refreshToken(), owner.device.key()),
        "Refresh Token has been revoked");
    assertThat(owner.scene.anonymous().getUser(r -> r.accessToken(other.accessToken())).username())
        .isEqualTo(owner.name);
    assertUnknownDevice(() ->
        owner
            .scene
            .anonymous()
            .forgetDevice(r -> r.accessToken(other.accessToken()).deviceKey(owner.device.key())));
  }

  private static InitiateAuthResponse refresh(Scene scene, String token, String deviceKey) {
    return scene.begin(
        AuthFlowType.REFRESH_TOKEN_AUTH, Map.of("REFRESH_TOKEN", token, "DEVICE_KEY", deviceKey));
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "refresh needs the DEVICE_KEY of the device that the tokens were issued to, confirmed; without it or with another: Invalid Refresh Token")
  void refreshing() {
    Owner owner = new Owner();
    String token = owner.first.refreshToken();
    AuthenticationResultType renewed =
        refresh(owner.scene, token, owner.device.key()).authenticationResult();
    assertThat(renewed.newDeviceMetadata()).isNull();
    assertThat(Jwt.of(renewed.accessToken()).claim("device_key")).isEqualTo(owner.device.key());
    assertThat(
            owner
                .scene
                .anonymous()
                .getTokensFromRefreshToken(r ->
                    r.clientId(owner.scene.clientId())
                        .refreshToken(token)
                        .deviceKey(owner.device.key()))
                .authenticationResult()
                .accessToken())
        .isNotEmpty();

    AuthenticationResultType unconfirmed = owner.scene.signIn(owner.name, Scene.PASSWORD);
    String offered = unconfirmed.newDeviceMetadata().deviceKey();
    assertNotAuthorized(() -> owner.scene.refresh(token), "Invalid Refresh Token");
    assertNotAuthorized(() -> refresh(owner.scene, token, offered), "Invalid Refresh Token");
    assertNotAuthorized(
        () -> refresh(owner.scene, unconfirmed.refreshToken(), offered), "Invalid Refresh Token");
    assertNotAuthorized(
        () ->
            owner
                .scene
                .anonymous()
                .getTokensFromRefreshToken(
                    r -> r.clientId(owner.scene.clientId()).refreshToken(token)),
        "Invalid Refresh Token");
    devicesConfirmed(owner, unconfirmed);
  }

  private static void devicesConfirmed(Owner owner, AuthenticationResultType tokens) {
    Kept kept = owner.devices.confirm(tokens);
    assertThat(refresh(owner.scene, tokens.refreshToken(), kept.key()).authenticationResult())
        .isNotNull();
  }
}
