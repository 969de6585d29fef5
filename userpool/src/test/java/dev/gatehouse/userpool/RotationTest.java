package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.GetTokensFromRefreshTokenRequest;
import dev.gatehouse.model.cognitoidp.RefreshTokenRotationType;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolClientRequest;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.FamilyStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One refresh token in force for a sign-in, however many are handed out. */
@NullUnmarked
class RotationTest {
  private static final String PASSWORD = "P@ssw0rd-1";
  private static final int AT_ONCE = 32;

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());
  private final String client =
      fixture
          .call(
              CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
              CreateUserPoolClientRequest.builder()
                  .userPoolId(pool)
                  .clientName("c")
                  .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                  .refreshTokenRotation(
                      RefreshTokenRotationType.builder()
                          .feature(FeatureType.ENABLED)
                          .retryGracePeriodSeconds(60)
                          .build())
                  .build())
          .userPoolClient()
          .clientId();

  @AfterEach
  void close() {
    fixture.close();
  }

  private String signIn() {
    fixture.confirmed(pool, "ada", PASSWORD, List.of());
    return fixture
        .call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, client, "ada", PASSWORD))
        .authenticationResult()
        .refreshToken();
  }

  private AuthenticationResultType refresh(String token) {
    return fixture
        .call(CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, request(token))
        .authenticationResult();
  }

  private GetTokensFromRefreshTokenRequest request(String token) {
    return GetTokensFromRefreshTokenRequest.builder().clientId(client).refreshToken(token).build();
  }

  private record Stored(String originJti, int generation) {}

  private Stored stored() {
    return fixture.database.read(handle ->
        handle
            .createQuery("SELECT origin_jti, generation FROM family WHERE pool_id = :pool")
            .bind("pool", pool)
            .map(
                (row, context) -> new Stored(row.getString("origin_jti"), row.getInt("generation")))
            .one());
  }

  @Test
  @Tag("race")
  @Shows(
      id = "tokens-06",
      says =
          "of many refreshes at once with one token all get the same new one, and it is the one in force")
  void refreshesAtOnceDoNotFork() throws Exception {
    String token = signIn();
    CyclicBarrier start = new CyclicBarrier(AT_ONCE);
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (int i = 0; i < AT_ONCE; i++) {
        answers.add(
            threads.submit(() -> {
              start.await();
              return refresh(token).refreshToken();
            }));
      }
    }
    Set<String> distinct = new HashSet<>();
    for (Future<String> answer : answers) {
      distinct.add(answer.get());
    }
    assertThat(distinct).hasSize(1);
    assertThat(stored().generation()).isEqualTo(1);
    assertThat(refresh(distinct.iterator().next()).accessToken()).isNotEmpty();
  }

  /** Both have read the generation, as two refreshes that run side by side. */
  @Test
  @Tag("race")
  @Shows(id = "tokens-06", says = "a generation is replaced once")
  void aGenerationIsReplacedOnce() {
    signIn();
    Stored family = stored();
    Family next =
        fixture
            .database
            .read(handle -> FamilyStore.find(handle, pool, family.originJti()))
            .orElseThrow()
            .rotated(fixture.clock.now());
    assertThat(rotated(next)).isTrue();
    assertThat(rotated(next)).isFalse();
    assertThat(stored().generation()).isEqualTo(1);
  }

  private boolean rotated(Family next) {
    return fixture.database.write(handle -> FamilyStore.rotate(handle, next));
  }

  @Test
  @Shows(
      id = "tokens-06",
      says = "where rotation is switched off the token in force stays good and older ones do not")
  void withRotationSwitchedOffOlderGenerationsAreRefused() {
    String first = signIn();
    String second = refresh(first).refreshToken();
    String third = refresh(second).refreshToken();
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL_CLIENT,
        UpdateUserPoolClientRequest.builder()
            .userPoolId(pool)
            .clientId(client)
            .refreshTokenRotation(
                RefreshTokenRotationType.builder().feature(FeatureType.DISABLED).build())
            .build());
    for (String older : List.of(first, second)) {
      assertThat(
              fixture.refused(CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, request(older)))
          .isEqualTo("NotAuthorizedException: Invalid Refresh Token");
    }
    assertThat(refresh(third).accessToken()).isNotEmpty();
  }
}
