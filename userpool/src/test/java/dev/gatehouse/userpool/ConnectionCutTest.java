package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ConfirmSignUpRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.GetTokensFromRefreshTokenRequest;
import dev.gatehouse.model.cognitoidp.RefreshTokenRotationType;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.VerifiedAttributeType;
import dev.gatehouse.store.testing.PostgresProxy;
import dev.gatehouse.store.testing.PostgresProxy.Cut;
import dev.gatehouse.store.testing.TestDatabase;
import dev.gatehouse.store.testing.TestPostgres;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The connection to PostgreSQL is cut around a COMMIT: at each one of an operation in turn. What
 * was answered is so, and was done once (design.md §5).
 */
@NullUnmarked
@Tag("slow")
@EnabledIfSystemProperty(
    named = "gatehouse.test.engine",
    matches = "POSTGRES_READ_COMMITTED",
    disabledReason = "only PostgreSQL has a connection to cut")
class ConnectionCutTest {
  private static final String PASSWORD = "P@ssw0rd-1";

  private final PostgresProxy proxy = new PostgresProxy(TestPostgres.port());
  private final UsersFixture fixture =
      new UsersFixture(UserPoolConfig.defaults(), TestDatabase.behind(proxy));
  private final String pool =
      fixture.pool(
          CreateUserPoolRequest.builder()
              .autoVerifiedAttributes(List.of(VerifiedAttributeType.EMAIL)));
  private final String client =
      fixture
          .call(
              CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
              CreateUserPoolClientRequest.builder()
                  .userPoolId(pool)
                  .clientName("c")
                  .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                  .refreshTokenRotation(
                      RefreshTokenRotationType.builder().feature(FeatureType.ENABLED).build())
                  .build())
          .userPoolClient()
          .clientId();

  ConnectionCutTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    fixture.close();
    proxy.close();
  }

  /** Prepares, and answers what is to be done under the cut and then checked. */
  private interface Trial {
    Runnable prepare(String name);
  }

  private void atEachCommit(Cut cut, Trial trial) {
    for (int commit = 0; ; commit++) {
      Runnable operation = trial.prepare("user" + commit);
      proxy.cutAfter(commit, cut);
      operation.run();
      if (!proxy.hasCut()) {
        assertThat(commit).as("commits that were cut").isPositive();
        return;
      }
    }
  }

  private SignUpRequest signUp(String name) {
    return SignUpRequest.builder()
        .clientId(client)
        .username(name)
        .password(PASSWORD)
        .userAttributes(UsersFixture.attributes("email", name + "@example.com"))
        .build();
  }

  private ConfirmSignUpRequest confirmation(String name) {
    return ConfirmSignUpRequest.builder()
        .clientId(client)
        .username(name)
        .confirmationCode(fixture.sent.last().code().text())
        .build();
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void signUp(Cut cut) {
    atEachCommit(
        cut,
        name ->
            () -> {
              int letters = fixture.sent.letters.size();
              String sub = fixture.call(CognitoIdpOperations.SIGN_UP, signUp(name)).userSub();
              assertThat(UsersFixture.map(fixture.user(pool, name).userAttributes()))
                  .containsEntry("sub", sub);
              assertThat(fixture.sent.letters).hasSize(letters + 1);
            });
    // the codes that went out are those that are stored
    fixture.call(
        CognitoIdpOperations.CONFIRM_SIGN_UP,
        confirmation(fixture.sent.last().recipient().replace("@example.com", "")));
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void confirmSignUp(Cut cut) {
    atEachCommit(
        cut,
        name -> {
          fixture.call(CognitoIdpOperations.SIGN_UP, signUp(name));
          return () -> {
            fixture.call(CognitoIdpOperations.CONFIRM_SIGN_UP, confirmation(name));
            assertThat(fixture.status(pool, name)).isEqualTo("CONFIRMED");
          };
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_COMMIT", "AFTER_COMMIT"})
  void rotation(Cut cut) {
    atEachCommit(
        cut,
        name -> {
          fixture.confirmed(pool, name, PASSWORD, List.of());
          String first =
              fixture
                  .call(
                      CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                      UsersFixture.signIn(pool, client, name, PASSWORD))
                  .authenticationResult()
                  .refreshToken();
          // the second token is the one in force, and not one too old
          return () -> assertThat(refresh(first)).isNotEqualTo(first).satisfies(this::refresh);
        });
  }

  private String refresh(String token) {
    return fixture
        .call(
            CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN,
            GetTokensFromRefreshTokenRequest.builder().clientId(client).refreshToken(token).build())
        .authenticationResult()
        .refreshToken();
  }
}
