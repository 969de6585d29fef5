package dev.gatehouse.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.testkit.Shows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFactorType;

/**
 * A page of another origin in Debian's Chromium, which keeps the rules for calls across origins.
 */
@Tag("slow")
class BrowserTest {
  private static final Path CHROMIUM = Programs.DEBIANS.resolve("chromium");
  private static final Path BUNDLE =
      Path.of("node/node_modules/amazon-cognito-identity-js/dist/amazon-cognito-identity.min.js");

  private static @Nullable TestServer server;
  private static @Nullable HttpServer site;
  private static @Nullable Playwright playwright;
  private static @Nullable Browser browser;

  private Page page;

  @BeforeAll
  static void start() throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM),
        "There is no Chromium here; scripts/install-test-tools says why it could not be installed.");
    server = TestServer.withTheRightTime();
    HttpServer pages =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    pages.createContext(
        "/",
        exchange -> {
          byte[] html = "<!doctype html><title>An application</title>".getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    pages.start();
    site = pages;
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(List.of("--no-sandbox")));
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (site != null) {
      site.stop(0);
    }
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void open() {
    page = browser.newPage();
    page.navigate("http://localhost:" + site.getAddress().getPort() + "/");
  }

  /**
   * Sends a call from the page; type and text of the refusal, "blocked" when it may not be read.
   */
  private Object call(Map<String, String> headers) {
    return page.evaluate(
        """
        async ([endpoint, headers]) => {
          try {
            const answer = await fetch(endpoint, { method: 'POST', headers, body: '{"AccessToken":"x"}' });
            const names = ['x-amzn-errortype', 'x-amzn-errormessage', 'x-amzn-requestid', 'date'];
            const missing = names.filter((name) => !answer.headers.get(name));
            return [answer.status, (await answer.json()).__type, ...missing].join(' ');
          } catch (error) {
            return 'blocked';
          }
        }
        """,
        List.of(server.endpoint() + "/", headers));
  }

  @Test
  @Shows(
      id = "protocol-01",
      says =
          "a page of another origin in Chromium may send an SDK's headers, and reads answer, type, request id and Date")
  void preflight() {
    Map<String, String> amplifys =
        Map.of(
            "x-amz-target", "AWSCognitoIdentityProviderService.GetUser",
            "content-type", "application/x-amz-json-1.1",
            "cache-control", "no-store",
            "x-amz-user-agent", "aws-amplify/6");
    assertThat(call(amplifys)).isEqualTo("400 NotAuthorizedException");
    Map<String, String> signed =
        Map.of(
            "x-amz-target", "AWSCognitoIdentityProviderService.ListUsers",
            "content-type", "application/x-amz-json-1.1",
            "authorization", "AWS4-HMAC-SHA256 Credential=x",
            "x-amz-date", "20260102T030405Z",
            "x-amz-security-token", "x",
            "amz-sdk-invocation-id", "x",
            "amz-sdk-request", "attempt=1");
    assertThat(call(signed)).isEqualTo("400 IncompleteSignatureException");
  }

  @Test
  @Shows(
      id = "protocol-01",
      says = "a page of another origin in Chromium cannot read the development inbox")
  void inboxStaysClosed() {
    assertThat(
            page.evaluate(
                "inbox => fetch(inbox).then(() => 'read', () => 'blocked')",
                server.endpoint() + "/_gatehouse/inbox"))
        .isEqualTo("blocked");
    assertThat(
            page.evaluate(
                "url => fetch(url).then(a => a.json()).then(a => a.keys.length)",
                server.endpoint() + "/" + Scene.of(server).poolId + "/.well-known/jwks.json"))
        .isEqualTo(2);
  }

  @Test
  @Shows(
      id = "protocol-01",
      says =
          "amazon-cognito-identity-js in Chromium, on a page of another origin, signs in with SRP and reads the user")
  void signIn() {
    Assumptions.assumeTrue(
        Files.isReadable(BUNDLE),
        "npm's clients are not here; scripts/install-test-tools says why they could not be"
            + " installed.");
    Scene scene = Scene.of(server);
    String username = scene.newUser();
    page.addScriptTag(new Page.AddScriptTagOptions().setPath(BUNDLE));
    Object email =
        page.evaluate(
            """
            ([endpoint, UserPoolId, ClientId, Username, Password]) => new Promise((resolve) => {
              const { AuthenticationDetails, CognitoUser, CognitoUserPool } = AmazonCognitoIdentity;
              const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint });
              const user = new CognitoUser({ Username, Pool });
              user.authenticateUser(new AuthenticationDetails({ Username, Password }), {
                onSuccess: () => user.getUserAttributes((error, attributes) =>
                  resolve(error?.message ?? attributes.find((each) => each.Name === 'email').Value)),
                onFailure: (error) => resolve(error.message),
              });
            })
            """,
            List.of(server.endpoint(), scene.poolId, scene.clientId(), username, Scene.PASSWORD));
    assertThat(email).isEqualTo(Scene.emailOf(username));
  }

  @Test
  @Shows(
      id = "auth-06",
      says =
          "Chromium's own authenticator, in a page at http://localhost, registers a passkey and signs in with it")
  void passkeys() {
    JsonObject authenticator = new JsonObject();
    authenticator.addProperty("protocol", "ctap2");
    authenticator.addProperty("transport", "internal");
    authenticator.addProperty("hasResidentKey", true);
    authenticator.addProperty("hasUserVerification", true);
    authenticator.addProperty("isUserVerified", true);
    authenticator.addProperty("automaticPresenceSimulation", true);
    JsonObject options = new JsonObject();
    options.add("options", authenticator);
    CDPSession devices = page.context().newCDPSession(page);
    devices.send("WebAuthn.enable");
    devices.send("WebAuthn.addVirtualAuthenticator", options);
    Scene scene =
        Scene.of(
            server,
            ChoiceTest.allowing(AuthFactorType.PASSWORD, AuthFactorType.WEB_AUTHN),
            ChoiceTest.userAuth());
    scene
        .admin()
        .setUserPoolMfaConfig(r ->
            r.userPoolId(scene.poolId)
                .webAuthnConfiguration(webAuthn ->
                    webAuthn
                        .relyingPartyId("localhost")
                        .factorConfiguration("MULTI_FACTOR_WITH_USER_VERIFICATION")));
    String username = scene.newUser();
    String token = scene.signIn(username, Scene.PASSWORD).accessToken();
    Object acr =
        page.evaluate(
            """
            async ([endpoint, ClientId, USERNAME, AccessToken]) => {
              const call = async (operation, body) => {
                const answer = await fetch(endpoint + '/', {
                  method: 'POST',
                  headers: {
                    'content-type': 'application/x-amz-json-1.1',
                    'x-amz-target': 'AWSCognitoIdentityProviderService.' + operation,
                  },
                  body: JSON.stringify(body),
                });
                const result = await answer.json();
                if (!answer.ok) throw new Error(operation + ': ' + JSON.stringify(result));
                return result;
              };
              try {
                const { CredentialCreationOptions } =
                  await call('StartWebAuthnRegistration', { AccessToken });
                const made = await navigator.credentials.create({
                  publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(CredentialCreationOptions),
                });
                await call('CompleteWebAuthnRegistration', { AccessToken, Credential: made.toJSON() });
                const asked = await call('InitiateAuth', {
                  ClientId,
                  AuthFlow: 'USER_AUTH',
                  AuthParameters: { USERNAME, PREFERRED_CHALLENGE: 'WEB_AUTHN' },
                });
                const shown = await navigator.credentials.get({
                  publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(
                    JSON.parse(asked.ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS)),
                });
                const done = await call('RespondToAuthChallenge', {
                  ClientId,
                  ChallengeName: 'WEB_AUTHN',
                  Session: asked.Session,
                  ChallengeResponses: { USERNAME, CREDENTIAL: JSON.stringify(shown.toJSON()) },
                });
                const claims = done.AuthenticationResult.AccessToken.split('.')[1];
                return JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))).acr;
              } catch (error) {
                return String(error);
              }
            }
            """,
            List.of(server.endpoint(), scene.clientId(), username, token));
    assertThat(acr).isEqualTo("urn:cognito:loa:3");
  }
}
