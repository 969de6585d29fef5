package dev.gatehouse.conformance;

import dev.gatehouse.crypto.Totp;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.UsedSecrets;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SetUserPoolMfaConfigRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.SmsConfigurationType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolMfaType;

/** What a test of second factors does beyond {@link Scene}. */
final class MfaScene {
  static final SmsConfigurationType SMS =
      SmsConfigurationType.builder().snsCallerArn("arn:aws:iam::000000000000:role/sms").build();
  static final String PHONE = "+15550100";

  private final TestServer server;
  final Scene scene;

  MfaScene(TestServer server, Scene scene) {
    this.server = server;
    this.scene = scene;
  }

  /** A pool with these second factors. */
  static MfaScene of(
      TestServer server, UserPoolMfaType mode, Consumer<SetUserPoolMfaConfigRequest.Builder> mfa) {
    return of(server, pool -> {}, mode, mfa);
  }

  static MfaScene of(
      TestServer server,
      Consumer<CreateUserPoolRequest.Builder> pool,
      UserPoolMfaType mode,
      Consumer<SetUserPoolMfaConfigRequest.Builder> mfa) {
    Scene scene = Scene.of(server, pool, client -> {});
    MfaScene result = new MfaScene(server, scene);
    result.configure(mode, mfa);
    return result;
  }

  void configure(UserPoolMfaType mode, Consumer<SetUserPoolMfaConfigRequest.Builder> mfa) {
    scene
        .admin()
        .setUserPoolMfaConfig(request -> {
          request.userPoolId(scene.poolId).mfaConfiguration(mode);
          mfa.accept(request);
        });
  }

  static Consumer<SetUserPoolMfaConfigRequest.Builder> totp() {
    return request -> request.softwareTokenMfaConfiguration(totp -> totp.enabled(true));
  }

  static Consumer<SetUserPoolMfaConfigRequest.Builder> sms() {
    return request -> request.smsMfaConfiguration(sms -> sms.smsConfiguration(SMS));
  }

  /** The code that an authenticator app shows, {@code steps} after the present one. */
  String code(String secretCode, int steps) {
    UsedSecrets.ofThisRun().add(secretCode);
    Instant now = server.server().clock().now();
    return Totp.code(Secret.of(base32(secretCode)), Totp.step(now) + steps);
  }

  /** Lets the next time steps begin. */
  void nextStep() {
    server.server().clock().advance(Duration.ofSeconds(Totp.STEP_SECONDS));
  }

  RespondToAuthChallengeResponse answer(
      ChallengeNameType challenge, String session, String username, String... more) {
    Map<String, String> answers = new HashMap<>(Map.of("USERNAME", username));
    for (int i = 0; i < more.length; i += 2) {
      answers.put(more[i], more[i + 1]);
    }
    String hash = scene.secretHash(username);
    if (hash != null) {
      answers.put("SECRET_HASH", hash);
    }
    return scene
        .anonymous()
        .respondToAuthChallenge(request ->
            request
                .clientId(scene.clientId())
                .challengeName(challenge)
                .session(session)
                .challengeResponses(answers));
  }

  /** Registers an app for a signed-in user and makes it the preferred factor; its secret. */
  String registerTotp(String accessToken, String friendlyName) {
    String secret =
        scene.anonymous().associateSoftwareToken(r -> r.accessToken(accessToken)).secretCode();
    scene
        .anonymous()
        .verifySoftwareToken(request ->
            request
                .accessToken(accessToken)
                .userCode(code(secret, 0))
                .friendlyDeviceName(friendlyName));
    return secret;
  }

  void prefer(String username, boolean enabled, boolean preferred) {
    scene
        .admin()
        .adminSetUserMFAPreference(request ->
            request
                .userPoolId(scene.poolId)
                .username(username)
                .softwareTokenMfaSettings(totp -> totp.enabled(enabled).preferredMfa(preferred)));
  }

  private static byte[] base32(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      buffer = buffer << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(i));
      bits += 5;
      if (bits >= 8) {
        bytes.write(buffer >> (bits - 8));
        bits -= 8;
      }
    }
    return bytes.toByteArray();
  }
}
