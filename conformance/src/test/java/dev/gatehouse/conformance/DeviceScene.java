package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.crypto.WorkCounter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.UsedSecrets;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConfirmDeviceResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NewDeviceMetadataType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;

/** What a client that remembers its device does beyond {@link Scene}. */
final class DeviceScene {
  private static final Primitives PRIMITIVES = Primitives.pureJava();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Srp6a SRP =
      new Srp6a(PRIMITIVES.modExp(), PRIMITIVES.generator(), RANDOM, WorkCounter.none());

  private final TestServer server;
  final Scene scene;

  DeviceScene(TestServer server, Scene scene) {
    this.server = server;
    this.scene = scene;
  }

  /** A pool that tracks devices. */
  static DeviceScene of(TestServer server, boolean replacesFactor, boolean onPrompt) {
    return new DeviceScene(
        server,
        Scene.of(
            server,
            pool ->
                pool.deviceConfiguration(devices ->
                    devices
                        .challengeRequiredOnNewDevice(replacesFactor)
                        .deviceOnlyRememberedOnUserPrompt(onPrompt)),
            client -> {}));
  }

  /** What a client keeps of its device. */
  record Kept(String key, String group, String secret) {}

  /** Draws a secret for the device that a sign-in was offered, and registers it. */
  Kept confirm(AuthenticationResultType tokens) {
    Kept kept = drawn(tokens.newDeviceMetadata());
    confirm(tokens.accessToken(), kept);
    return kept;
  }

  static Kept drawn(NewDeviceMetadataType offered) {
    byte[] secret = new byte[40];
    RANDOM.nextBytes(secret);
    String text = Base64.getEncoder().encodeToString(secret);
    UsedSecrets.ofThisRun().add(text);
    return new Kept(offered.deviceKey(), offered.deviceGroupKey(), text);
  }

  ConfirmDeviceResponse confirm(String accessToken, Kept device) {
    byte[] salt = new byte[16];
    RANDOM.nextBytes(salt);
    byte[] verifier =
        SRP.verifier(
                SrpIdentity.ofDevice(device.group(), device.key()),
                salt,
                Secret.of(device.secret()))
            .bytes()
            .bytes();
    return scene
        .anonymous()
        .confirmDevice(request ->
            request
                .accessToken(accessToken)
                .deviceKey(device.key())
                .deviceName("a laptop")
                .deviceSecretVerifierConfig(config ->
                    config
                        .passwordVerifier(Base64.getEncoder().encodeToString(verifier))
                        .salt(
                            Base64.getEncoder()
                                .encodeToString(new BigInteger(1, salt).toByteArray()))));
  }

  /** The first factor by password, with the device's key. */
  InitiateAuthResponse password(String username, String deviceKey) {
    return scene.begin(
        AuthFlowType.USER_PASSWORD_AUTH,
        Map.of("USERNAME", username, "PASSWORD", Scene.PASSWORD, "DEVICE_KEY", deviceKey));
  }

  /** The first factor by SRP, with the device's key in both rounds. */
  RespondToAuthChallengeResponse srp(String username, String deviceKey, Scene.Habit habit) {
    Scene.SrpRound round = scene.new SrpRound(username);
    Map<String, String> answers = round.answers(Scene.PASSWORD);
    answers.put("DEVICE_KEY", deviceKey);
    return round.send(answers, habit);
  }

  /** The two rounds of a device. */
  final class DeviceRound {
    private final SrpClient srp = SrpClient.random(RANDOM);
    private final String username;
    private final Kept device;
    private final Scene.Habit habit;

    DeviceRound(String username, Kept device, Scene.Habit habit) {
      this.username = username;
      this.device = device;
      this.habit = habit;
    }

    /** DEVICE_SRP_AUTH. */
    RespondToAuthChallengeResponse begin(@Nullable String session) {
      Map<String, String> answers = new HashMap<>();
      answers.put("USERNAME", username);
      answers.put("DEVICE_KEY", device.key());
      answers.put("SRP_A", srp.hexA());
      return respond(ChallengeNameType.DEVICE_SRP_AUTH, session, answers);
    }

    Map<String, String> answers(RespondToAuthChallengeResponse challenge) {
      Map<String, String> parameters = challenge.challengeParameters();
      String timestamp = SrpTimestamp.format(server.server().clock().now());
      Map<String, String> answers = new HashMap<>();
      answers.put("USERNAME", parameters.get("USERNAME"));
      answers.put("DEVICE_KEY", device.key());
      answers.put("PASSWORD_CLAIM_SECRET_BLOCK", parameters.get("SECRET_BLOCK"));
      answers.put(
          "PASSWORD_CLAIM_SIGNATURE",
          srp.signature(
              SrpIdentity.ofDevice(device.group(), device.key()),
              Secret.of(device.secret().getBytes(UTF_8)),
              new SrpClient.Challenge(
                  parameters.get("SALT"), parameters.get("SRP_B"), parameters.get("SECRET_BLOCK")),
              timestamp));
      answers.put("TIMESTAMP", timestamp);
      return answers;
    }

    /** DEVICE_PASSWORD_VERIFIER. */
    RespondToAuthChallengeResponse finish(RespondToAuthChallengeResponse challenge) {
      return finish(challenge.session(), answers(challenge));
    }

    RespondToAuthChallengeResponse finish(@Nullable String session, Map<String, String> answers) {
      return respond(ChallengeNameType.DEVICE_PASSWORD_VERIFIER, session, answers);
    }

    private RespondToAuthChallengeResponse respond(
        ChallengeNameType name, @Nullable String session, Map<String, String> answers) {
      Map<String, String> all = new HashMap<>(answers);
      String hash = scene.secretHash(answers.get("USERNAME"));
      if (hash != null) {
        all.put("SECRET_HASH", hash);
      }
      return scene
          .anonymous()
          .respondToAuthChallenge(request -> {
            request.clientId(scene.clientId()).challengeName(name).challengeResponses(all);
            if (habit == Scene.Habit.AMPLIFY) {
              request.session(session);
            }
          });
    }
  }

  /** Both device rounds after the first factor. */
  RespondToAuthChallengeResponse prove(
      String username, Kept device, @Nullable String session, Scene.Habit habit) {
    DeviceRound round = new DeviceRound(username, device, habit);
    return round.finish(round.begin(session));
  }
}
