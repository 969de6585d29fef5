package dev.gatehouse.bench;

import dev.gatehouse.crypto.ModExp;
import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpTimestamp;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.cognitoidp.AdminConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.ChallengeNameType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.InitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.InitiateAuthResponse;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.RespondToAuthChallengeRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A pool with a client on the measured server, and a client's ways with them. */
record Scene(String poolId, String clientId) {
  static final String PASSWORD = "P@ssw0rd-1";
  private static final int SHORT_EXPONENT_BITS = 256;
  private static final ModExp ARITHMETIC = Primitives.choose().modExp();

  /** E-mail is an alias and verified automatically; SRP, password and refresh are allowed. */
  static Scene create(Connection connection) throws IOException {
    String poolId =
        Objects.requireNonNull(
            Objects.requireNonNull(
                    connection
                        .call(
                            CognitoIdpOperations.CREATE_USER_POOL,
                            CreateUserPoolRequest.builder()
                                .poolName("bench")
                                .aliasAttributes(List.of(AliasAttributeType.EMAIL))
                                .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL))
                                .build())
                        .userPool())
                .id());
    return ofClient(connection, poolId, PreventUserExistenceErrorTypes.LEGACY);
  }

  /** The same pool with a client that does not tell who exists. */
  Scene hidingUsers(Connection connection) throws IOException {
    return ofClient(connection, poolId, PreventUserExistenceErrorTypes.ENABLED);
  }

  private static Scene ofClient(
      Connection connection, String poolId, PreventUserExistenceErrorTypes existence)
      throws IOException {
    String clientId =
        Objects.requireNonNull(
            Objects.requireNonNull(
                    connection
                        .call(
                            CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                            CreateUserPoolClientRequest.builder()
                                .userPoolId(poolId)
                                .clientName("bench")
                                .preventUserExistenceErrors(existence)
                                .explicitAuthFlows(
                                    List.of(
                                        ExplicitAuthFlowsType.ALLOW_USER_SRP_AUTH,
                                        ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                                        ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))
                                .build())
                        .userPoolClient())
                .clientId());
    return new Scene(poolId, clientId);
  }

  void signUp(Connection connection, String username) throws IOException {
    connection.call(
        CognitoIdpOperations.SIGN_UP,
        SignUpRequest.builder()
            .clientId(clientId)
            .username(username)
            .password(PASSWORD)
            .userAttributes(
                List.of(
                    AttributeType.builder().name("email").value(username + "@example.com").build()))
            .build());
  }

  /** A user who can sign in. */
  void newUser(Connection connection, String username) throws IOException {
    signUp(connection, username);
    connection.call(
        CognitoIdpOperations.ADMIN_CONFIRM_SIGN_UP,
        AdminConfirmSignUpRequest.builder().userPoolId(poolId).username(username).build());
  }

  AuthenticationResultType signInWithPassword(Connection connection, String username)
      throws IOException {
    return tokens(
        initiate(
                connection,
                AuthFlowType.USER_PASSWORD_AUTH,
                Map.of("USERNAME", username, "PASSWORD", PASSWORD))
            .authenticationResult());
  }

  AuthenticationResultType refresh(Connection connection, String refreshToken) throws IOException {
    return tokens(
        initiate(connection, AuthFlowType.REFRESH_TOKEN_AUTH, Map.of("REFRESH_TOKEN", refreshToken))
            .authenticationResult());
  }

  /**
   * The client's half of SRP: a of 256 bits and native arithmetic, so that the load program costs
   * as little as it can.
   */
  static SrpClient srpClient(Random random) {
    return new SrpClient(new BigInteger(SHORT_EXPONENT_BITS, random), ARITHMETIC);
  }

  /** Both rounds. */
  AuthenticationResultType signInWithSrp(Connection connection, String username, SrpClient srp)
      throws IOException {
    InitiateAuthResponse challenge =
        initiate(
            connection,
            AuthFlowType.USER_SRP_AUTH,
            Map.of("USERNAME", username, "SRP_A", srp.hexA()));
    Map<String, String> parameters = Objects.requireNonNull(challenge.challengeParameters());
    String userId = parameter(parameters, "USER_ID_FOR_SRP");
    String block = parameter(parameters, "SECRET_BLOCK");
    String timestamp = SrpTimestamp.format(WallClock.system().now());
    String signature =
        srp.signature(
            SrpIdentity.ofUser(poolId, userId),
            Secret.of(PASSWORD),
            new SrpClient.Challenge(
                parameter(parameters, "SALT"), parameter(parameters, "SRP_B"), block),
            timestamp);
    return tokens(
        connection
            .call(
                CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE,
                RespondToAuthChallengeRequest.builder()
                    .clientId(clientId)
                    .challengeName(ChallengeNameType.PASSWORD_VERIFIER)
                    .session(challenge.session())
                    .challengeResponses(
                        Map.of(
                            "USERNAME",
                            userId,
                            "PASSWORD_CLAIM_SECRET_BLOCK",
                            block,
                            "PASSWORD_CLAIM_SIGNATURE",
                            signature,
                            "TIMESTAMP",
                            timestamp))
                    .build())
            .authenticationResult());
  }

  InitiateAuthResponse initiate(
      Connection connection, AuthFlowType flow, Map<String, String> parameters) throws IOException {
    return connection.call(
        CognitoIdpOperations.INITIATE_AUTH,
        InitiateAuthRequest.builder()
            .clientId(clientId)
            .authFlow(flow)
            .authParameters(parameters)
            .build());
  }

  private static String parameter(Map<String, String> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  private static AuthenticationResultType tokens(@Nullable AuthenticationResultType result) {
    return Objects.requireNonNull(result, "no tokens");
  }
}
