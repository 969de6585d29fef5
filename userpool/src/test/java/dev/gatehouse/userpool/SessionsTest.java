package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.jose.Claims;
import dev.gatehouse.jose.PresentedToken;
import dev.gatehouse.model.cognitoidp.*;
import dev.gatehouse.userpool.auth.RefreshFlow.ReusePolicy;
import dev.gatehouse.userpool.directory.LockOut;
import dev.gatehouse.userpool.pool.PoolChecks.TierGates;
import dev.gatehouse.userpool.token.SessionClaim;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Session tracking, called as the wire would call it. */
@NullUnmarked
class SessionsTest {
  private static final String PASSWORD = "Permanent1!";
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0 Safari/537.36";

  private UsersFixture fixture = new UsersFixture();
  private String pool = fixture.pool(CreateUserPoolRequest.builder());
  private String client = client(RefreshTokenRotationType.builder().build());

  @AfterEach
  void close() {
    fixture.close();
  }

  private String client(RefreshTokenRotationType rotation) {
    CreateUserPoolClientRequest.Builder request =
        CreateUserPoolClientRequest.builder()
            .userPoolId(pool)
            .clientName("c")
            .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH));
    if (rotation.feature() != null) {
      request.refreshTokenRotation(rotation);
    }
    return fixture
        .call(CognitoIdpOperations.CREATE_USER_POOL_CLIENT, request.build())
        .userPoolClient()
        .clientId();
  }

  private String rotating(int grace) {
    return client(
        RefreshTokenRotationType.builder()
            .feature(FeatureType.ENABLED)
            .retryGracePeriodSeconds(grace)
            .build());
  }

  private SetUserPoolSessionConfigurationRequest tracking(UserSessionTrackingType mode, int most) {
    return SetUserPoolSessionConfigurationRequest.builder()
        .userPoolId(pool)
        .userSessionTracking(mode)
        .tokenSession(UserPoolTokenSessionConfigType.builder().maxPerUser(most).build())
        .build();
  }

  private void track(int most) {
    fixture.call(
        CognitoIdpOperations.SET_USER_POOL_SESSION_CONFIGURATION,
        tracking(UserSessionTrackingType.ENABLED, most));
  }

  private void trackNoMore() {
    fixture.call(
        CognitoIdpOperations.SET_USER_POOL_SESSION_CONFIGURATION,
        tracking(UserSessionTrackingType.DISABLED, 20));
  }

  private AuthenticationResultType signIn(String client, String name) {
    fixture.clock.advance(Duration.ofSeconds(1));
    return fixture
        .call(
            CognitoIdpOperations.ADMIN_INITIATE_AUTH,
            UsersFixture.signIn(pool, client, name, PASSWORD))
        .authenticationResult();
  }

  private GetTokensFromRefreshTokenRequest refreshing(String client, String token) {
    return GetTokensFromRefreshTokenRequest.builder().clientId(client).refreshToken(token).build();
  }

  private AuthenticationResultType refresh(String client, String token) {
    fixture.clock.advance(Duration.ofSeconds(1));
    return fixture
        .call(CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN, refreshing(client, token))
        .authenticationResult();
  }

  private static Claims claims(String token) {
    return PresentedToken.parse(token).orElseThrow().unverifiedClaims();
  }

  private static String sid(AuthenticationResultType tokens) {
    String sid = claims(tokens.accessToken()).text("sid").orElseThrow();
    assertThat(claims(tokens.idToken()).text("sid")).contains(sid);
    return sid;
  }

  private List<SessionDescriptionType> sessions(String name) {
    AdminListUserSessionsResponse page =
        fixture.call(
            CognitoIdpOperations.ADMIN_LIST_USER_SESSIONS,
            AdminListUserSessionsRequest.builder().userPoolId(pool).username(name).build());
    assertThat(page.nextToken()).isNull();
    return page.sessions();
  }

  private List<String> ids(String name) {
    return sessions(name).stream().map(SessionDescriptionType::sessionId).toList();
  }

  private String refusedGetUser(AuthenticationResultType tokens) {
    return fixture.refused(
        CognitoIdpOperations.GET_USER,
        GetUserRequest.builder().accessToken(tokens.accessToken()).build());
  }

  private void eva() {
    fixture.confirmed(pool, "eva", PASSWORD, List.of());
  }

  @Test
  void withoutTrackingTokensSayNothingAndNothingIsListed() {
    eva();
    AuthenticationResultType tokens = signIn(client, "eva");
    assertThat(claims(tokens.accessToken()).has("sid")).isFalse();
    assertThat(claims(tokens.idToken()).has("sid")).isFalse();
    assertThat(sessions("eva")).isEmpty();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_REVOKE_USER_SESSION, revocation("eva", "tknx")))
        .isEqualTo("ResourceNotFoundException: Session tknx does not exist.");
    assertThat(tracked()).isZero();
  }

  private AdminRevokeUserSessionRequest revocation(String name, String session) {
    return AdminRevokeUserSessionRequest.builder()
        .userPoolId(pool)
        .username(name)
        .sessionId(session)
        .build();
  }

  /** How many rows hold anything of a session. */
  private long tracked() {
    return fixture.database.read(handle ->
        handle
            .createQuery(
                """
                SELECT COUNT(*) AS tracked FROM family WHERE session_id IS NOT NULL OR session_created IS NOT NULL
                  OR last_active IS NOT NULL OR device_type IS NOT NULL OR last_address IS NOT NULL
                """)
            .map((row, context) -> row.getLong("tracked"))
            .one());
  }

  @Test
  void trackingCostsNothingWhereItIsOff() {
    eva();
    String token = signIn(client, "eva").refreshToken();
    refresh(client, token);
    List<String> signIn = fixture.cost(() -> signIn(client, "eva")).statements();
    List<String> refresh = fixture.cost(() -> refresh(client, token)).statements();
    assertThat(refresh).doesNotContain("UPDATE", "INSERT");
    track(2);
    assertThat(fixture.cost(() -> signIn(client, "eva")).statements()).hasSize(signIn.size() + 1);
    assertThat(fixture.cost(() -> refresh(client, token)).statements())
        .hasSize(refresh.size() + 1)
        .contains("UPDATE");
  }

  @Test
  void aSessionIsDescribed() {
    eva();
    track(20);
    fixture.callsComeFrom("192.0.2.7", CHROME);
    String sid = sid(signIn(client, "eva"));
    assertThat(sid).matches("tkn[a-z0-9]{25}");
    SessionDescriptionType session = sessions("eva").getFirst();
    assertThat(session.sessionId()).isEqualTo(sid);
    assertThat(session.sessionType()).isEqualTo(SessionTypeType.TOKEN);
    assertThat(session.clientId()).isEqualTo(client);
    assertThat(session.deviceType()).isEqualTo("Chrome 125 / Windows 10");
    assertThat(session.lastIPAddress()).isEqualTo("192.0.2.7");
    assertThat(session.lastLocation().country()).isEqualTo("unknown");
    assertThat(session.lastLocation().city()).isNull();
    assertThat(session.originSessionId()).isNull();
    assertThat(session.isCurrentSession()).isFalse();
    assertThat(session.createDate()).isEqualTo(session.lastActiveDate()).isNotNull();
  }

  @Test
  void theClaimIsLeftOutWhereTheServerIsToldSo() {
    fixture.close();
    fixture =
        new UsersFixture(
            new UserPoolConfig(
                LockOut.COGNITO, TierGates.ENFORCED, ReusePolicy.REVOKE, SessionClaim.NONE));
    pool = fixture.pool(CreateUserPoolRequest.builder());
    client = client(RefreshTokenRotationType.builder().build());
    eva();
    track(20);
    AuthenticationResultType tokens = signIn(client, "eva");
    assertThat(claims(tokens.accessToken()).has("sid")).isFalse();
    assertThat(claims(tokens.idToken()).has("sid")).isFalse();
    assertThat(sessions("eva")).hasSize(1);
  }

  @Test
  void theLeastRecentlyUsedOnesEndFirst() {
    eva();
    track(3);
    AuthenticationResultType first = signIn(client, "eva");
    AuthenticationResultType second = signIn(client, "eva");
    AuthenticationResultType third = signIn(client, "eva");
    refresh(client, first.refreshToken());
    AuthenticationResultType fourth = signIn(client, "eva");
    assertThat(ids("eva"))
        .containsExactly(sid(fourth), sid(third), sid(first))
        .doesNotContain(sid(second));
    assertThat(refusedGetUser(second))
        .isEqualTo("NotAuthorizedException: Access Token has been revoked");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN,
                refreshing(client, second.refreshToken())))
        .isEqualTo("NotAuthorizedException: Refresh Token has been revoked");
  }

  @Test
  void aLowerFigureActsAtTheNextSignInAndForEachUserAlone() {
    eva();
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    track(20);
    AuthenticationResultType jans = signIn(client, "jan");
    for (int i = 0; i < 4; i++) {
      signIn(client, "eva");
    }
    track(2);
    assertThat(ids("eva")).hasSize(4);
    AuthenticationResultType last = signIn(rotating(0), "eva");
    assertThat(ids("eva")).hasSize(2).startsWith(sid(last));
    assertThat(ids("jan")).containsExactly(sid(jans));
  }

  @Test
  void aSignInThatIsRefusedEndsNoSession() {
    eva();
    track(1);
    AuthenticationResultType tokens = signIn(client, "eva");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, client, "eva", "Wrong-Password1!")))
        .startsWith("NotAuthorizedException");
    assertThat(ids("eva")).containsExactly(sid(tokens));
    // locked out after the password was found right: the write is rolled back whole
    fixture.whileHashing(() ->
        fixture.database.write(handle ->
            handle.execute(
                "INSERT INTO attempt (pool_id, sub, kind, count, since, latest, until) SELECT pool_id, sub, 'PASSWORD', 9, 0, 0, ? FROM pool_user"
                    + " WHERE username = 'eva' ON CONFLICT (pool_id, sub, kind) DO UPDATE SET until = excluded.until",
                Long.MAX_VALUE)));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, client, "eva", PASSWORD)))
        .isEqualTo("NotAuthorizedException: Password attempts exceeded");
    assertThat(ids("eva")).containsExactly(sid(tokens));
  }

  @Test
  void rotationAndGraceKeepTheSession() {
    eva();
    track(20);
    String rotating = rotating(30);
    fixture.callsComeFrom("192.0.2.1", "");
    AuthenticationResultType first = signIn(rotating, "eva");
    SessionDescriptionType before = sessions("eva").getFirst();
    assertThat(before.deviceType()).isEqualTo("unknown");
    fixture.callsComeFrom("192.0.2.2", CHROME);
    AuthenticationResultType second = refresh(rotating, first.refreshToken());
    SessionDescriptionType after = sessions("eva").getFirst();
    assertThat(sid(second)).isEqualTo(sid(first)).isEqualTo(after.sessionId());
    assertThat(after.createDate()).isEqualTo(before.createDate());
    assertThat(after.lastActiveDate()).isAfter(before.lastActiveDate());
    assertThat(after.deviceType()).isEqualTo("Chrome 125 / Windows 10");
    assertThat(after.lastIPAddress()).isEqualTo("192.0.2.2");
    fixture.callsComeFrom("192.0.2.3", "");
    AuthenticationResultType again = refresh(rotating, first.refreshToken());
    assertThat(sid(again)).isEqualTo(sid(first));
    assertThat(again.refreshToken()).isEqualTo(second.refreshToken());
    assertThat(sessions("eva")).hasSize(1);
    assertThat(sessions("eva").getFirst().lastIPAddress()).isEqualTo("192.0.2.3");
  }

  @Test
  void tokensFromBeforeTrackingBecomeASessionAtTheirRefresh() {
    eva();
    AuthenticationResultType before = signIn(client, "eva");
    track(20);
    assertThat(sessions("eva")).isEmpty();
    AuthenticationResultType after = refresh(client, before.refreshToken());
    assertThat(ids("eva")).containsExactly(sid(after));
    assertThat(sid(refresh(client, before.refreshToken()))).isEqualTo(sid(after));
    assertThat(claims(after.accessToken()).text("origin_jti"))
        .isEqualTo(claims(before.accessToken()).text("origin_jti"));
  }

  @Test
  void turnedOffNothingIsKeptAndTurnedOnAgainNothingComesBack() {
    eva();
    track(20);
    AuthenticationResultType tokens = signIn(client, "eva");
    String first = sid(tokens);
    trackNoMore();
    assertThat(tracked()).isZero();
    assertThat(sessions("eva")).isEmpty();
    assertThat(claims(refresh(client, tokens.refreshToken()).accessToken()).has("sid")).isFalse();
    // as if the forgetting had been interrupted
    fixture.database.write(handle ->
        handle.execute(
            "UPDATE family SET session_id = ?, session_created = 1, last_active = 1, device_type = 'x', last_address = 'y'",
            first));
    fixture.clock.advance(Duration.ofSeconds(1));
    track(20);
    assertThat(sessions("eva")).isEmpty();
    AuthenticationResultType later = refresh(client, tokens.refreshToken());
    assertThat(sid(later)).isNotEqualTo(first);
    assertThat(ids("eva")).containsExactly(sid(later));
  }

  @Test
  void moreFamiliesThanAChunkAreForgotten() {
    eva();
    track(100);
    signIn(client, "eva");
    fixture.database.write(handle -> {
      for (int i = 0; i < 1100; i++) {
        handle.execute(
            "INSERT INTO family (pool_id, origin_jti, client_id, sub, event_id, auth_time, scope, expires, generation, rotated, revoked, session_id)"
                + " VALUES (?, ?, 'c', 's', 'e', 0, '', 9, 0, 0, 0, 'tkn')",
            pool,
            "f" + i);
      }
      return pool;
    });
    assertThat(tracked()).isEqualTo(1101);
    trackNoMore();
    assertThat(tracked()).isZero();
  }

  @Test
  void whatEndsASignInEndsItsSession() {
    eva();
    track(20);
    AuthenticationResultType tokens = signIn(client, "eva");
    fixture.call(
        CognitoIdpOperations.REVOKE_TOKEN,
        RevokeTokenRequest.builder()
            .clientId(client)
            .token(tokens.refreshToken())
            .revokeAssociatedSessions(RevokeAssociatedSessionsType.LINKED)
            .build());
    assertThat(sessions("eva")).isEmpty();
    signIn(client, "eva");
    signIn(client, "eva");
    assertThat(sessions("eva")).hasSize(2);
    fixture.call(
        CognitoIdpOperations.ADMIN_USER_GLOBAL_SIGN_OUT,
        AdminUserGlobalSignOutRequest.builder().userPoolId(pool).username("eva").build());
    assertThat(sessions("eva")).isEmpty();
    assertThat(tracked()).isZero();
    signIn(client, "eva");
    fixture.clock.advance(Duration.ofDays(31));
    assertThat(sessions("eva")).as("expired").isEmpty();
    signIn(client, "eva");
    fixture.call(
        CognitoIdpOperations.DELETE_USER_POOL_CLIENT,
        DeleteUserPoolClientRequest.builder().userPoolId(pool).clientId(client).build());
    assertThat(sessions("eva")).as("of a client that is gone").isEmpty();
  }

  @Test
  void aTrackedSessionIsRevocableWhateverTheClientSays() {
    eva();
    String irrevocable =
        fixture
            .call(
                CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
                CreateUserPoolClientRequest.builder()
                    .userPoolId(pool)
                    .clientName("c")
                    .enableTokenRevocation(false)
                    .explicitAuthFlows(
                        List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                    .build())
            .userPoolClient()
            .clientId();
    assertThat(claims(signIn(irrevocable, "eva").accessToken()).has("origin_jti")).isFalse();
    track(20);
    AuthenticationResultType tokens = signIn(irrevocable, "eva");
    assertThat(claims(tokens.accessToken()).has("origin_jti")).isTrue();
    assertThat(claims(tokens.idToken()).has("jti")).isTrue();
    fixture.call(CognitoIdpOperations.ADMIN_REVOKE_USER_SESSION, revocation("eva", sid(tokens)));
    assertThat(refusedGetUser(tokens))
        .isEqualTo("NotAuthorizedException: Access Token has been revoked");
  }

  @Test
  void aPoolThatTracksDoesNotGoToLite() {
    UpdateUserPoolRequest lite =
        UpdateUserPoolRequest.builder()
            .userPoolId(pool)
            .userPoolTier(UserPoolTierType.LITE)
            .build();
    track(20);
    assertThat(fixture.refused(CognitoIdpOperations.UPDATE_USER_POOL, lite))
        .startsWith("FeatureUnavailableInTierException: Session management");
    trackNoMore();
    fixture.call(CognitoIdpOperations.UPDATE_USER_POOL, lite);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.SET_USER_POOL_SESSION_CONFIGURATION,
                tracking(UserSessionTrackingType.ENABLED, 20)))
        .startsWith("FeatureUnavailableInTierException: Session management");
  }

  @Test
  void settingsStayOverUpdatesOfPoolAndClient() {
    track(7);
    fixture.call(
        CognitoIdpOperations.SET_USER_POOL_CLIENT_SESSION_CONFIGURATION,
        SetUserPoolClientSessionConfigurationRequest.builder()
            .userPoolId(pool)
            .clientId(client)
            .ssoSession(ClientSSOSessionConfigType.builder().maxValidityMinutes(0).build())
            .build());
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL,
        UpdateUserPoolRequest.builder().userPoolId(pool).build());
    fixture.call(
        CognitoIdpOperations.SET_USER_POOL_MFA_CONFIG,
        SetUserPoolMfaConfigRequest.builder().userPoolId(pool).build());
    fixture.call(
        CognitoIdpOperations.UPDATE_USER_POOL_CLIENT,
        UpdateUserPoolClientRequest.builder().userPoolId(pool).clientId(client).build());
    assertThat(
            fixture
                .call(
                    CognitoIdpOperations.GET_USER_POOL_SESSION_CONFIGURATION,
                    GetUserPoolSessionConfigurationRequest.builder().userPoolId(pool).build())
                .tokenSession()
                .maxPerUser())
        .isEqualTo(7);
    assertThat(ssoMinutes()).isZero();
    trackNoMore();
    assertThat(ssoMinutes()).as("dormant").isZero();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.SET_USER_POOL_CLIENT_SESSION_CONFIGURATION,
                SetUserPoolClientSessionConfigurationRequest.builder()
                    .userPoolId(pool)
                    .clientId(client)
                    .ssoSession(ClientSSOSessionConfigType.builder().maxValidityMinutes(1).build())
                    .build()))
        .isEqualTo(
            "InvalidParameterException: User session tracking is not enabled for the user pool.");
  }

  private int ssoMinutes() {
    return fixture
        .call(
            CognitoIdpOperations.GET_USER_POOL_CLIENT_SESSION_CONFIGURATION,
            GetUserPoolClientSessionConfigurationRequest.builder()
                .userPoolId(pool)
                .clientId(client)
                .build())
        .ssoSession()
        .maxValidityMinutes();
  }

  @Test
  void pagesMeetEachSessionOnce() {
    eva();
    track(100);
    AuthenticationResultType newest = signIn(client, "eva");
    String sub = claims(newest.accessToken()).text("sub").orElseThrow();
    fixture.database.write(handle -> {
      for (int i = 0; i < 200; i++) {
        long at = fixtureTime(newest) - i / 2; // some in one millisecond
        handle.execute(
            "INSERT INTO family (pool_id, origin_jti, client_id, sub, event_id, auth_time, scope, expires, generation, rotated, revoked,"
                + " session_id, session_created, last_active, device_type, last_address) VALUES (?, ?, ?, ?, 'e', 0, '', ?, 0, 0, 0, ?, ?, ?, 'x', 'y')",
            pool,
            "f" + i,
            client,
            sub,
            Long.MAX_VALUE,
            "tkn" + i,
            at,
            Long.MAX_VALUE - 1);
      }
      return pool;
    });
    AdminListUserSessionsRequest.Builder request =
        AdminListUserSessionsRequest.builder().userPoolId(pool).username("eva");
    AdminListUserSessionsResponse first =
        fixture.call(CognitoIdpOperations.ADMIN_LIST_USER_SESSIONS, request.build());
    AdminListUserSessionsResponse second =
        fixture.call(
            CognitoIdpOperations.ADMIN_LIST_USER_SESSIONS,
            request.nextToken(first.nextToken()).build());
    assertThat(first.sessions()).hasSize(125);
    assertThat(second.sessions()).hasSize(76);
    assertThat(second.nextToken()).isNull();
    List<String> all =
        java.util.stream.Stream.of(first, second)
            .flatMap(page -> page.sessions().stream())
            .map(SessionDescriptionType::sessionId)
            .toList();
    assertThat(all).doesNotHaveDuplicates();
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_LIST_USER_SESSIONS, request.username("jan").build()))
        .isEqualTo("InvalidParameterException: Invalid pagination token.");
  }

  private static long fixtureTime(AuthenticationResultType tokens) {
    return claims(tokens.accessToken()).whole("iat").orElseThrow() * 1000;
  }

  @Test
  void unknownUsersAndClientsAreRefused() {
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_LIST_USER_SESSIONS,
                AdminListUserSessionsRequest.builder().userPoolId(pool).username("x").build()))
        .isEqualTo("UserNotFoundException: User does not exist.");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.GET_USER_POOL_CLIENT_SESSION_CONFIGURATION,
                GetUserPoolClientSessionConfigurationRequest.builder()
                    .userPoolId(pool)
                    .clientId("nobodys")
                    .build()))
        .isEqualTo("ResourceNotFoundException: User pool client nobodys does not exist.");
  }
}
