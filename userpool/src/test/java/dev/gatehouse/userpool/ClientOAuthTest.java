package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.OAuthFlowType;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's URLs, flows and scopes for OAuth. */
@NullUnmarked
class ClientOAuthTest {
  private static final String INVALID = "InvalidParameterException: ";
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
    return fixture.refused(
        CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
        request.userPoolId(pool).clientName("c").build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "HTTP://example.com/",
        "https://example.com/#part",
        "/relative",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "https:///no-host",
        "http://localhost.example.com/",
        "http://user@127.0.0.1.example.com/"
      })
  void urlsThatAreNotCallbacks(String url) {
    assertThat(refused(client().callbackURLs(List.of(url)))).startsWith(INVALID);
    assertThat(refused(client().logoutURLs(List.of(url)))).startsWith(INVALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CALLBACK,
        "http://localhost:3000/cb",
        "http://127.0.0.1/",
        "http://[::1]:8080/",
        "myapp://callback"
      })
  void urlsThatAreCallbacks(String url) {
    assertThat(create(client().callbackURLs(List.of(url)).defaultRedirectURI(url)).callbackURLs())
        .containsExactly(url);
    assertThat(refused(client().defaultRedirectURI(url))).startsWith(INVALID);
  }

  @Test
  void oauthSettingsThatDoNotGoTogether() {
    List<String> openid = List.of("openid");
    assertThat(refused(client().allowedOAuthScopes(List.of("api/read"))))
        .isEqualTo("ScopeDoesNotExistException: The specified scope api/read does not exist.");
    assertThat(refused(client().allowedOAuthScopes(List.of("email"))))
        .startsWith("InvalidOAuthFlowException: ");
    assertThat(
            refused(
                client()
                    .allowedOAuthFlows(
                        List.of(OAuthFlowType.CODE, OAuthFlowType.CLIENT_CREDENTIALS))
                    .allowedOAuthScopes(openid)
                    .callbackURLs(List.of(CALLBACK))))
        .startsWith("InvalidOAuthFlowException: client_credentials flow can not be selected");
    assertThat(refused(client().allowedOAuthFlows(List.of(OAuthFlowType.CLIENT_CREDENTIALS))))
        .contains("does not have a client secret");
    assertThat(
            refused(
                client().allowedOAuthFlows(List.of(OAuthFlowType.CODE)).allowedOAuthScopes(openid)))
        .startsWith("InvalidOAuthFlowException: ");
    create(
        client()
            .allowedOAuthFlows(List.of(OAuthFlowType.CODE))
            .allowedOAuthScopes(List.of("openid", "email"))
            .callbackURLs(List.of(CALLBACK)));
  }
}
