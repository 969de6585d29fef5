package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.DescribeUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientsRequest;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientsResponse;
import dev.gatehouse.model.cognitoidp.RefreshTokenRotationType;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.TimeUnitsType;
import dev.gatehouse.model.cognitoidp.TokenValidityUnitsType;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.UserPoolClientDescription;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.model.cognitoidp.UserPoolTierType;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** App clients: their settings, and what these may not be. */
@NullUnmarked
class ClientOperationsTest {
  private static final String INVALID = "InvalidParameterException: ";
  private static final String RANGE = INVALID + "Invalid range for token validity.";
  private static final String CALLBACK = "https://example.com/cb";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());

  @AfterEach
  void close() {
    fixture.close();
  }

  private static CreateUserPoolClientRequest.Builder client() {
    return CreateUserPoolClientRequest.builder();
  }

  private UserPoolClientType create(CreateUserPoolClientRequest.Builder request) {
    return fixture
        .call(
            CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
            request.userPoolId(pool).clientName("c").build())
        .userPoolClient();
  }

  private String refused(CreateUserPoolClientRequest.Builder request) {
    return refused(pool, request);
  }

  private String refused(String pool, CreateUserPoolClientRequest.Builder request) {
    return fixture.refused(
        CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
        request.userPoolId(pool).clientName("c").build());
  }

  private DescribeUserPoolClientRequest named(String pool, String client) {
    return DescribeUserPoolClientRequest.builder().userPoolId(pool).clientId(client).build();
  }

  private UserPoolClientType describe(String client) {
    return fixture
        .call(CognitoIdpOperations.DESCRIBE_USER_POOL_CLIENT, named(pool, client))
        .userPoolClient();
  }

  private static List<ExplicitAuthFlowsType> flows(String... names) {
    return Stream.of(names).map(ExplicitAuthFlowsType::new).toList();
  }

  @Test
  void defaultsAreDescribedAndTheRestIsAbsent() {
    UserPoolClientType made = create(client());
    assertThat(describe(made.clientId())).isEqualTo(made);
    assertThat(made)
        .isEqualTo(
            UserPoolClientType.builder()
                .userPoolId(pool)
                .clientName("c")
                .clientId(made.clientId())
                .creationDate(made.creationDate())
                .lastModifiedDate(made.creationDate())
                .refreshTokenValidity(30)
                .allowedOAuthFlowsUserPoolClient(false)
                .enableTokenRevocation(true)
                .enablePropagateAdditionalUserContextData(false)
                .authSessionValidity(3)
                .build());
    assertThat(made.clientId()).matches("[a-z0-9]{26}");
  }

  @Test
  @Shows(
      id = "userpool-03",
      says = "an update of the name alone resets URLs, flows and validity, and keeps id and secret")
  void updatesReset() {
    UserPoolClientType made =
        create(
            client()
                .generateSecret(true)
                .callbackURLs(List.of(CALLBACK))
                .explicitAuthFlows(flows("ALLOW_USER_PASSWORD_AUTH"))
                .accessTokenValidity(2)
                .refreshTokenValidity(5));
    assertThat(made.clientSecret()).matches("[a-z0-9]{40,}");
    fixture.clock.advance(Duration.ofMinutes(1));
    UserPoolClientType updated =
        fixture
            .call(
                CognitoIdpOperations.UPDATE_USER_POOL_CLIENT,
                UpdateUserPoolClientRequest.builder()
                    .userPoolId(pool)
                    .clientId(made.clientId())
                    .clientName("renamed")
                    .build())
            .userPoolClient();
    assertThat(updated)
        .isEqualTo(
            made.toBuilder()
                .clientName("renamed")
                .lastModifiedDate(updated.lastModifiedDate())
                .callbackURLs(null)
                .explicitAuthFlows(null)
                .accessTokenValidity(null)
                .refreshTokenValidity(30)
                .build());
    assertThat(updated.lastModifiedDate()).isAfter(made.lastModifiedDate());
    assertThat(describe(made.clientId())).isEqualTo(updated);
  }

  @Test
  void anUpdateThatBreaksARuleChangesNothing() {
    UserPoolClientType made = create(client().callbackURLs(List.of(CALLBACK)));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.UPDATE_USER_POOL_CLIENT,
                UpdateUserPoolClientRequest.builder()
                    .userPoolId(pool)
                    .clientId(made.clientId())
                    .accessTokenValidity(25)
                    .build()))
        .isEqualTo(RANGE);
    assertThat(describe(made.clientId())).isEqualTo(made);
  }

  @Test
  void aClientOfAnotherPoolIsUnknown() {
    String client = create(client()).clientId();
    String other = fixture.pool(CreateUserPoolRequest.builder());
    String text = "ResourceNotFoundException: User pool client " + client + " does not exist.";
    assertThat(
            fixture.refused(CognitoIdpOperations.DESCRIBE_USER_POOL_CLIENT, named(other, client)))
        .isEqualTo(text);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.UPDATE_USER_POOL_CLIENT,
                UpdateUserPoolClientRequest.builder().userPoolId(other).clientId(client).build()))
        .isEqualTo(text);
    DeleteUserPoolClientRequest deletion =
        DeleteUserPoolClientRequest.builder().userPoolId(other).clientId(client).build();
    assertThat(fixture.refused(CognitoIdpOperations.DELETE_USER_POOL_CLIENT, deletion))
        .isEqualTo(text);
    DeleteUserPoolClientRequest right = deletion.toBuilder().userPoolId(pool).build();
    fixture.call(CognitoIdpOperations.DELETE_USER_POOL_CLIENT, right);
    assertThat(fixture.refused(CognitoIdpOperations.DESCRIBE_USER_POOL_CLIENT, named(pool, client)))
        .isEqualTo(text);
    assertThat(fixture.refused(CognitoIdpOperations.DELETE_USER_POOL_CLIENT, right))
        .isEqualTo(text);
  }

  @Test
  @Shows(
      id = "userpool-08",
      says = "legacy flows and ALLOW_ flows do not mix, each alone is kept as listed")
  void flowsDoNotMix() {
    assertThat(
            refused(client().explicitAuthFlows(flows("ADMIN_NO_SRP_AUTH", "ALLOW_USER_SRP_AUTH"))))
        .startsWith(INVALID);
    for (String flow : List.of("ADMIN_NO_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH")) {
      assertThat(create(client().explicitAuthFlows(flows(flow))).explicitAuthFlows())
          .isEqualTo(flows(flow));
    }
  }

  @Test
  @Shows(id = "userpool-12", says = "clients are described with both dates")
  void datesAreAlwaysThere() {
    UserPoolClientType client = describe(create(client()).clientId());
    assertThat(client.creationDate()).isNotNull();
    assertThat(client.lastModifiedDate()).isNotNull();
  }

  @Test
  @Shows(
      id = "userpool-13",
      says = "units given in part are described in full, a client without them never shows them")
  void unitsAreFilled() {
    TokenValidityUnitsType part =
        TokenValidityUnitsType.builder().refreshToken(TimeUnitsType.MINUTES).build();
    UserPoolClientType made = create(client().refreshTokenValidity(90).tokenValidityUnits(part));
    assertThat(describe(made.clientId()).tokenValidityUnits())
        .isEqualTo(
            TokenValidityUnitsType.builder()
                .accessToken(TimeUnitsType.HOURS)
                .idToken(TimeUnitsType.HOURS)
                .refreshToken(TimeUnitsType.MINUTES)
                .build());
    assertThat(describe(create(client()).clientId()).tokenValidityUnits()).isNull();
    assertThat(create(client().refreshTokenValidity(0)).refreshTokenValidity()).isEqualTo(30);
    assertThat(
            create(client().refreshTokenValidity(0).tokenValidityUnits(part))
                .refreshTokenValidity())
        .isEqualTo(30 * 24 * 60);
  }

  @Test
  void tokenLivesHaveTheirRange() {
    TokenValidityUnitsType minutes =
        TokenValidityUnitsType.builder()
            .accessToken(TimeUnitsType.MINUTES)
            .idToken(TimeUnitsType.MINUTES)
            .refreshToken(TimeUnitsType.MINUTES)
            .build();
    create(client().tokenValidityUnits(minutes).accessTokenValidity(5).idTokenValidity(1440));
    create(client().refreshTokenValidity(3650));
    create(client().tokenValidityUnits(minutes).refreshTokenValidity(60));
    assertThat(refused(client().tokenValidityUnits(minutes).accessTokenValidity(4)))
        .isEqualTo(RANGE);
    assertThat(refused(client().tokenValidityUnits(minutes).idTokenValidity(1441)))
        .isEqualTo(RANGE);
    assertThat(refused(client().tokenValidityUnits(minutes).refreshTokenValidity(59)))
        .isEqualTo(RANGE);
    assertThat(refused(client().refreshTokenValidity(3651))).isEqualTo(RANGE);
    // an access token that would outlive the refresh token
    assertThat(
            refused(
                client()
                    .tokenValidityUnits(minutes)
                    .refreshTokenValidity(60)
                    .accessTokenValidity(61)))
        .isEqualTo(RANGE);
  }

  @Test
  void rotationGoesWithFlowsThatDoNotListRefresh() {
    RefreshTokenRotationType on =
        RefreshTokenRotationType.builder().feature(FeatureType.ENABLED).build();
    assertThat(
            refused(
                client()
                    .refreshTokenRotation(on)
                    .explicitAuthFlows(flows("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"))))
        .startsWith(INVALID);
    assertThat(create(client().refreshTokenRotation(on)).refreshTokenRotation()).isEqualTo(on);
    String lite = fixture.pool(CreateUserPoolRequest.builder().userPoolTier(UserPoolTierType.LITE));
    assertThat(refused(lite, client().refreshTokenRotation(on)))
        .startsWith("FeatureUnavailableInTierException: ");
  }

  @Test
  void attributesThatAClientMayNotHaveAreRefused() {
    String strict =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .schema(
                    List.of(SchemaAttributeType.builder().name("email").required(true).build())));
    String writes = INVALID + "Invalid write attributes specified while creating a client";
    for (List<String> wrong :
        List.of(
            List.of("name"),
            List.of("email", "email_verified"),
            List.of("email", "sub"),
            List.of("email", "custom:unknown"))) {
      assertThat(refused(strict, client().writeAttributes(wrong))).isEqualTo(writes);
    }
    assertThat(refused(strict, client().readAttributes(List.of("custom:unknown"))))
        .isEqualTo(INVALID + "Invalid read attributes specified while creating a client");
    assertThat(create(client().writeAttributes(List.of("name"))).writeAttributes())
        .containsExactly("name");
  }

  @Test
  void oneProviderIsKnown() {
    assertThat(refused(client().supportedIdentityProviders(List.of("COGNITO", "Google"))))
        .isEqualTo(INVALID + "The provider Google does not exist for User Pool " + pool);
    create(client().supportedIdentityProviders(List.of("COGNITO")));
  }

  @Test
  void whatNeedsASecret() {
    assertThat(refused(client().enablePropagateAdditionalUserContextData(true)))
        .startsWith(INVALID);
    create(client().generateSecret(true).enablePropagateAdditionalUserContextData(true));
    assertThat(refused(client().generateSecret(true).clientSecret("a".repeat(24))))
        .startsWith(INVALID);
    assertThat(create(client().clientSecret("a".repeat(24))).clientSecret())
        .isEqualTo("a".repeat(24));
  }

  @Test
  void clientsAreListedPageByPage() {
    List<String> made =
        IntStream.range(0, 5).mapToObj(i -> create(client()).clientId()).sorted().toList();
    List<String> listed = new ArrayList<>();
    String token = null;
    do {
      ListUserPoolClientsResponse page =
          fixture.call(
              CognitoIdpOperations.LIST_USER_POOL_CLIENTS,
              ListUserPoolClientsRequest.builder()
                  .userPoolId(pool)
                  .maxResults(2)
                  .nextToken(token)
                  .build());
      page.userPoolClients().stream().map(UserPoolClientDescription::clientId).forEach(listed::add);
      token = page.nextToken();
    } while (token != null);
    assertThat(listed).isEqualTo(made);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.LIST_USER_POOL_CLIENTS,
                ListUserPoolClientsRequest.builder().userPoolId(pool).nextToken("x").build()))
        .isEqualTo(INVALID + "Invalid pagination token.");
  }
}
