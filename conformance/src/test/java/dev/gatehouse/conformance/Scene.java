package dev.gatehouse.conformance;

import dev.gatehouse.crypto.SecretHash;
import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.kernel.Secret;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AttributeType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ChallengeNameType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InitiateAuthResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.RespondToAuthChallengeResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

/** A pool with a client, and what a test does with them through the AWS SDK. */
final class Scene {
  static final String PASSWORD = "P@ssw0rd-1";

  private final TestServer server;
  final String poolId;
  final UserPoolClientType client;

  private Scene(TestServer server, String poolId, UserPoolClientType client) {
    this.server = server;
    this.poolId = poolId;
    this.client = client;
  }

  /** E-mail verified automatically; SRP, password and refresh allowed. */
  static Scene of(TestServer server) {
    return of(server, pool -> {}, client -> {});
  }

  static Scene of(
      TestServer server,
      Consumer<CreateUserPoolRequest.Builder> pool,
      Consumer<CreateUserPoolClientRequest.Builder> client) {
    CreateUserPoolRequest.Builder poolRequest =
        CreateUserPoolRequest.builder()
            .poolName("scene")
            .autoVerifiedAttributes(VerifiedAttributeType.EMAIL);
    pool.accept(poolRequest);
    String poolId = server.admin().createUserPool(poolRequest.build()).userPool().id();
    return new Scene(server, poolId, newClient(server, poolId, client));
  }

  private static UserPoolClientType newClient(
      TestServer server, String poolId, Consumer<CreateUserPoolClientRequest.Builder> client) {
    CreateUserPoolClientRequest.Builder request =
        CreateUserPoolClientRequest.builder()
            .userPoolId(poolId)
            .clientName("scene")
            .explicitAuthFlows(
                ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH,
                ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH);
    client.accept(request);
    return server.admin().createUserPoolClient(request.build()).userPoolClient();
  }

  /** The same pool with another client. */
  Scene withClient(Consumer<CreateUserPoolClientRequest.Builder> another) {
    return new Scene(server, poolId, newClient(server, poolId, another));
  }

  CognitoIdentityProviderClient admin() {
    return server.admin();
  }

  CognitoIdentityProviderClient anonymous() {
    return server.anonymous();
  }

  String clientId() {
    return client.clientId();
  }

  static String newName() {
    return "user-" + UUID.randomUUID();
  }

  static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }

  /** SECRET_HASH for the name, null for a client without secret. */
  String secretHash(String username) {
    return client.clientSecret() == null
        ? null
        : SecretHash.of(Secret.of(client.clientSecret()), username, clientId());
  }

  /** Registers a user with an e-mail address {@code name@example.com}. */
  void signUp(String username, String password, AttributeType... more) {
    anonymous()
        .signUp(request -> {
          AttributeType[] attributes = new AttributeType[more.length + 1];
          attributes[0] = attribute("email", emailOf(username));
          System.arraycopy(more, 0, attributes, 1, more.length);
          request
              .clientId(clientId())
              .username(username)
              .password(password)
              .secretHash(secretHash(username))
              .userAttributes(attributes);
        });
  }

  static String emailOf(String username) {
    return username.contains("@") ? username : username + "@example.com";
  }

  void confirm(String username) {
    String code = server.codeSentTo(emailOf(username));
    anonymous()
        .confirmSignUp(request ->
            request
                .clientId(clientId())
                .username(username)
                .secretHash(secretHash(username))
                .confirmationCode(code));
  }

  /** A registered and confirmed user. */
  String newUser(AttributeType... more) {
    String username = newName();
    signUp(username, PASSWORD, more);
    confirm(username);
    return username;
  }

  InitiateAuthResponse begin(AuthFlowType flow, Map<String, String> parameters) {
    Map<String, String> all = new HashMap<>(parameters);
    String username = parameters.get("USERNAME");
    String hash = username == null ? null : secretHash(username);
    if (hash != null) {
      all.put("SECRET_HASH", hash);
    }
    return anonymous()
        .initiateAuth(request -> request.clientId(clientId()).authFlow(flow).authParameters(all));
  }

  InitiateAuthResponse beginWithPassword(String username, String password) {
    return begin(
        AuthFlowType.USER_PASSWORD_AUTH, Map.of("USERNAME", username, "PASSWORD", password));
  }

  AuthenticationResultType signIn(String username, String password) {
    return beginWithPassword(username, password).authenticationResult();
  }

  InitiateAuthResponse refresh(String refreshToken) {
    return begin(AuthFlowType.REFRESH_TOKEN_AUTH, Map.of("REFRESH_TOKEN", refreshToken));
  }

  /** How a client answers PASSWORD_VERIFIER. */
  enum Habit {
    /** Sends the Session back; USERNAME is USER_ID_FOR_SRP. */
    AMPLIFY,
    /** Sends no Session; USERNAME is that of the challenge. */
    PYCOGNITO
  }

  /** A half-done SRP sign-in. */
  final class SrpRound {
    private final SrpClient srp = SrpClient.random(new SecureRandom());
    final InitiateAuthResponse challenge;

    SrpRound(String username) {
      this(username, AuthFlowType.USER_SRP_AUTH, Map.of());
    }

    /** As the beginning of another flow. */
    SrpRound(String username, AuthFlowType flow, Map<String, String> more) {
      Map<String, String> parameters = new HashMap<>(more);
      parameters.put("USERNAME", username);
      parameters.put("SRP_A", srp.hexA());
      challenge = begin(flow, parameters);
    }

    Map<String, String> answers(String password) {
      Map<String, String> parameters = challenge.challengeParameters();
      String timestamp = SrpTimestamp.format(server.server().clock().now());
      String userId = parameters.get("USER_ID_FOR_SRP");
      String signature =
          srp.signature(
              SrpIdentity.ofUser(poolId, userId),
              Secret.of(password),
              new SrpClient.Challenge(
                  parameters.get("SALT"), parameters.get("SRP_B"), parameters.get("SECRET_BLOCK")),
              timestamp);
      Map<String, String> answers = new HashMap<>();
      answers.put("USERNAME", userId);
      answers.put("PASSWORD_CLAIM_SECRET_BLOCK", parameters.get("SECRET_BLOCK"));
      answers.put("PASSWORD_CLAIM_SIGNATURE", signature);
      answers.put("TIMESTAMP", timestamp);
      String hash = secretHash(userId);
      if (hash != null) {
        answers.put("SECRET_HASH", hash);
      }
      return answers;
    }

    RespondToAuthChallengeResponse answer(String password, Habit habit) {
      return send(answers(password), habit);
    }

    RespondToAuthChallengeResponse send(Map<String, String> answers, Habit habit) {
      return anonymous()
          .respondToAuthChallenge(request -> {
            request
                .clientId(clientId())
                .challengeName(ChallengeNameType.PASSWORD_VERIFIER)
                .challengeResponses(answers);
            if (habit == Habit.AMPLIFY) {
              request.session(challenge.session());
            }
          });
    }
  }

  AuthenticationResultType signInWithSrp(String username, String password, Habit habit) {
    return new SrpRound(username).answer(password, habit).authenticationResult();
  }
}
