package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.app.Calls.Answer;
import dev.gatehouse.app.ServerOptions.AuditTo;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.Limits;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.http.PortTakenException;
import dev.gatehouse.http.TrustedProxies;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.testkit.Differs;
import dev.gatehouse.userpool.pool.Issuers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outside contract (design.md §4), as far as one process shows it. */
class ServerContractTest {
  private static final String NEW_POOL = "{\"PoolName\":\"p\"}";
  @TempDir Path folder;

  private static Listeners listeners(Exposure exposure, boolean test, Limits limits) {
    return new Listeners(
        "127.0.0.1",
        0,
        null,
        exposure == Exposure.SERVICE ? 0 : null,
        exposure,
        TrustedProxies.of(List.of("127.0.0.1/32")),
        test,
        limits);
  }

  private static Server serving(Listeners listeners) {
    return Server.start(ServerOptions.ephemeral().with(listeners));
  }

  @Test
  void behind_a_proxy_nothing_of_ours_is_on_the_main_port() {
    try (Server server = serving(listeners(Exposure.SERVICE, false, Limits.OWN));
        Calls main = Calls.to(server);
        Calls management = new Calls(server.managementEndpoint(), server.rootKey())) {
      for (String path : List.of("health/live", "health/ready", "metrics", "inbox")) {
        assertThat(main.managing("GET", "/_gatehouse/" + path).status()).as(path).isEqualTo(404);
      }
      for (String path : List.of("health/live", "health/ready")) {
        assertThat(management.send("GET", "/_gatehouse/" + path, "", Map.of()).status())
            .isEqualTo(200);
      }
      assertThat(management.send("GET", "/_gatehouse/metrics", "", Map.of()).status())
          .isEqualTo(403);
      assertThat(management.managing("GET", "/_gatehouse/metrics").status()).isEqualTo(200);
      for (String path : List.of("inbox", "reset", "clock")) {
        assertThat(management.managing("POST", "/_gatehouse/" + path).status())
            .as(path)
            .isEqualTo(404);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Host,evil.example",
    "Forwarded,for=10.0.0.1",
    "X-Forwarded-For,10.0.0.1",
    "X-Forwarded-Host,localhost",
    "Via,1.1 proxy",
    "Origin,https://evil.example",
    "Sec-Fetch-Site,cross-site"
  })
  void the_developers_pages_are_for_the_developer(String header, String value) {
    try (Server server = Server.start(ServerOptions.ephemeral());
        Calls calls = Calls.to(server)) {
      assertThat(calls.send("GET", "/_gatehouse/inbox", "", Map.of()).status()).isEqualTo(200);
      for (String path : List.of("inbox", "reset", "clock", "metrics")) {
        String method = path.equals("inbox") || path.equals("metrics") ? "GET" : "POST";
        assertThat(calls.send(method, "/_gatehouse/" + path, "", Map.of(header, value)).status())
            .as(path)
            .isEqualTo(403);
      }
    }
  }

  @Test
  void the_clock_goes_forward_and_never_back() {
    try (Server server = Server.start(ServerOptions.ephemeral());
        Calls calls = Calls.to(server)) {
      String clock = "/_gatehouse/clock";
      assertThat(calls.send("POST", clock, "{\"advance\":\"PT1H\"}", Map.of()).status())
          .isEqualTo(200);
      for (String wrong :
          List.of(
              "{\"advance\":\"-PT1H\"}",
              "{}",
              "no",
              "{\"advance\":\"1h\"}",
              "{\"advance\":\"P365000000D\"}",
              "{\"advance\":\"P7305D\"}")) {
        assertThat(calls.send("POST", clock, wrong, Map.of()).status()).as(wrong).isEqualTo(400);
      }
      assertThat(server.clock().now())
          .as("a refusal changes nothing")
          .isBefore(Instant.now().plus(Duration.ofHours(2)));
      assertThat(calls.operation("CreateUserPool", NEW_POOL).status()).isEqualTo(200);
      assertThat(calls.send("POST", "/_gatehouse/reset", "", Map.of()).status()).isEqualTo(204);
      assertThat(calls.operation("ListUserPools", "{\"MaxResults\":10}").body())
          .isEqualTo("{\"UserPools\":[]}");
    }
  }

  @Test
  void a_server_that_keeps_its_data_has_neither_reset_nor_clock() {
    try (Server server = Server.start(ServerOptions.ephemeral().with(new Storage(folder, null)));
        Calls calls = Calls.to(server)) {
      assertThat(calls.send("POST", "/_gatehouse/reset", "", Map.of()).status()).isEqualTo(404);
      assertThat(calls.send("POST", "/_gatehouse/clock", "", Map.of()).status()).isEqualTo(404);
      assertThat(calls.send("GET", "/_gatehouse/inbox", "", Map.of()).status()).isEqualTo(200);
    }
  }

  @Test
  void test_credentials_are_a_root_key_where_they_are_allowed() {
    Secret test = Secret.of("test");
    try (Server server = serving(listeners(Exposure.DEVELOPMENT, true, Limits.OWN));
        Calls calls = Calls.to(server)) {
      assertThat(calls.operation("CreateUserPool", NEW_POOL, "test", test).status()).isEqualTo(200);
      assertThat(calls.operation("CreateUserPool", NEW_POOL, "test", Secret.of("x")).status())
          .isEqualTo(400);
      assertThat(calls.operation("CreateUserPool", NEW_POOL).status()).isEqualTo(200);
    }
    try (Server server = Server.start(ServerOptions.ephemeral());
        Calls calls = Calls.to(server)) {
      Answer refused = calls.operation("CreateUserPool", NEW_POOL, "test", test);
      assertThat(refused.body()).contains("UnrecognizedClientException");
    }
  }

  @Test
  void limits_as_on_aws_hold_signed_calls_too() {
    try (Server server = serving(listeners(Exposure.DEVELOPMENT, false, Limits.AWS));
        Calls calls = Calls.to(server)) {
      Answer last = calls.operation("ListUserPools", "{\"MaxResults\":1}");
      assertThat(last.status()).isEqualTo(200);
      for (int call = 0; call < 3000 && last.status() == 200; call++) {
        last = calls.operation("ListUserPools", "{\"MaxResults\":1}");
      }
      assertThat(last.body()).contains("TooManyRequestsException").contains("Rate exceeded");
    }
    try (Server server = serving(listeners(Exposure.DEVELOPMENT, false, Limits.OWN));
        Calls calls = Calls.to(server)) {
      for (int call = 0; call < 200; call++) {
        assertThat(calls.operation("ListUserPools", "{\"MaxResults\":1}").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void a_trusted_proxy_tells_who_calls() throws IOException {
    ServerOptions options =
        ServerOptions.ephemeral()
            .with(listeners(Exposure.SERVICE, false, Limits.OWN))
            .with(new AuditTo.Folder(folder));
    try (Server server = Server.start(options);
        Calls calls = Calls.to(server)) {
      // unsigned calls: 100 at once from one address, and another one is not touched by it
      Answer last = calls.send("POST", "/", "{}", signUp("203.0.113.7"));
      for (int call = 0; call < 3000 && !isThrottled(last); call++) {
        last = calls.send("POST", "/", "{}", signUp("203.0.113.7"));
      }
      assertThat(isThrottled(last)).isTrue();
      assertThat(calls.send("POST", "/", "{}", signUp("203.0.113.8")).body())
          .doesNotContain("TooManyRequestsException");
    }
  }

  private static boolean isThrottled(Answer answer) {
    return answer.body().contains("TooManyRequestsException");
  }

  private static Map<String, String> signUp(String address) {
    return Map.of(
        "X-Amz-Target", "AWSCognitoIdentityProviderService.SignUp",
        "Content-Type", "application/x-amz-json-1.1",
        "X-Forwarded-For", address);
  }

  @ParameterizedTest
  @CsvSource({
    "OWN,https://id.example/POOL",
    "ORIGINAL,https://cognito-idp.us-east-1.amazonaws.com/POOL",
    "UPDATED,https://issuer-cognito-idp.us-east-1.amazonaws.com/POOL"
  })
  @Differs(
      number = 9,
      in = "The issuer of tokens",
      cognito =
          "https://cognito-idp.REGION.amazonaws.com/POOL, or the newer https://issuer-cognito-idp.REGION.amazonaws.com/POOL.",
      here =
          "publicUrl/POOL, by default. `issuer: original` and `updated` give the forms of AWS, for all pools that do not say otherwise. The discovery document names the keys at publicUrl in all forms.",
      why = "Whoever checks a token fetches the keys from the issuer, which must be this server.")
  void issuers_come_from_the_public_url_or_are_as_awss(Issuers.Form form, String issuer) {
    try (Server server =
            Server.start(ServerOptions.ephemeral().with(form).withPublicUrl("https://id.example"));
        Calls calls = Calls.to(server)) {
      String pool = calls.operation("CreateUserPool", NEW_POOL).member("Id");
      Answer discovery =
          calls.send(
              "GET",
              "/" + pool + "/.well-known/openid-configuration",
              "",
              Map.of("Host", "evil.example"));
      assertThat(discovery.member("issuer")).isEqualTo(issuer.replace("POOL", pool));
      assertThat(discovery.member("jwks_uri"))
          .isEqualTo("https://id.example/" + pool + "/.well-known/jwks.json");
      assertThat(discovery.body()).doesNotContain("evil.example");
    }
  }

  @Test
  void account_id_and_root_key_are_the_operators() {
    ServerOptions options = ServerOptions.ephemeral().with(new Storage(folder, null));
    RootKey key = new RootKey("AKIAOPERATOR00000001", Secret.of("the operator's secret key"));
    try (Server server =
            Server.start(options.withAccountId("123456789012").with(Optional.of(key)));
        Calls calls = Calls.to(server)) {
      assertThat(server.rootKey().id()).isEqualTo(key.id());
      assertThat(calls.operation("CreateUserPool", NEW_POOL).member("Arn"))
          .startsWith("arn:aws:cognito-idp:us-east-1:123456789012:userpool/");
    }
    // kept, and the account id cannot be changed
    try (Server server = Server.start(options)) {
      assertThat(server.rootKey().id()).isEqualTo(key.id());
    }
    assertThatThrownBy(() -> Server.start(options.withAccountId("999999999999")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("123456789012");
    // a refused start lets go of the folder
    Server.start(options).close();
  }

  @Test
  void another_root_key_replaces_the_one_before() {
    ServerOptions options = ServerOptions.ephemeral().with(new Storage(folder, null));
    RootKey first;
    try (Server server = Server.start(options)) {
      first = server.rootKey();
    }
    RootKey other = new RootKey("AKIAOPERATOR00000002", Secret.of("another secret key"));
    try (Server server = Server.start(options.with(Optional.of(other)));
        Calls calls = Calls.to(server)) {
      assertThat(calls.operation("CreateUserPool", NEW_POOL).status()).isEqualTo(200);
      assertThat(calls.operation("CreateUserPool", NEW_POOL, first.id(), first.secret()).body())
          .contains("UnrecognizedClientException");
    }
  }

  @Test
  void a_port_that_is_taken_is_told_and_everything_let_go() {
    ServerOptions options = ServerOptions.ephemeral().with(new Storage(folder, null));
    try (Server server = Server.start(ServerOptions.ephemeral())) {
      Listeners same = Listeners.loopback(server.port());
      assertThatThrownBy(() -> Server.start(options.with(same)))
          .isInstanceOf(PortTakenException.class);
      Server.start(options).close();
    }
  }

  @Test
  void the_seed_makes_what_is_missing_and_changes_nothing() {
    ServerOptions kept = ServerOptions.ephemeral().with(new Storage(folder, null));
    String seed =
        """
        seed:
          pools:
            - id: us-east-1_Seeded001
              settings: {PoolName: seeded, Policies: {PasswordPolicy: {MinimumLength: 8}}}
              clients:
                - id: 1seededclient
                  secret: '${CLIENT_SECRET}'
                  settings: {ClientName: web, ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH]}
              groups:
                - {name: staff, precedence: 1, roleArn: 'arn:aws:iam::000000000000:role/staff'}
                - {name: guests}
              users:
                - username: anna
                  password: Correct-Horse-1
                  attributes: {email: anna@example.com}
                  groups: [staff]
        """;
    try (Server server = Server.start(kept.with(seeded(seed)));
        Calls calls = Calls.to(server)) {
      assertThat(server.seedDifferences()).isEmpty();
      assertThat(signIn(calls, "Correct-Horse-1").body()).contains("AccessToken");
      assertThat(signIn(calls, "Wrong-Horse-1").body()).contains("NotAuthorizedException");
      assertThat(calls.operation("AdminListGroupsForUser", ANNA).body())
          .contains("\"staff\"", "role/staff")
          .doesNotContain("guests");
    }
    String other = seed.replace("ClientName: web", "ClientName: other");
    try (Server server = Server.start(kept.with(seeded(other)));
        Calls calls = Calls.to(server)) {
      assertThat(server.seedDifferences()).singleElement().asString().contains("1seededclient");
      assertThat(signIn(calls, "Correct-Horse-1").body()).contains("AccessToken");
      assertThat(
              calls
                  .operation(
                      "DescribeUserPoolClient",
                      "{\"UserPoolId\":\"us-east-1_Seeded001\",\"ClientId\":\"1seededclient\"}")
                  .member("ClientName"))
          .isEqualTo("web");
      calls.operation("AdminRemoveUserFromGroup", ANNA.replace("}", ",\"GroupName\":\"staff\"}"));
    }
    String another = seed.replace("precedence: 1", "precedence: 2");
    try (Server server = Server.start(kept.with(seeded(another)));
        Calls calls = Calls.to(server)) {
      assertThat(server.seedDifferences())
          .containsExactlyInAnyOrder(
              "group staff of us-east-1_Seeded001 differs from its seed",
              "user anna of us-east-1_Seeded001 differs from its seed");
      assertThat(calls.operation("AdminListGroupsForUser", ANNA).body()).doesNotContain("staff");
    }
    String unknown = seed.replace("groups: [staff]", "groups: [nobody]").replace("anna", "otto");
    assertThatThrownBy(() -> Server.start(kept.with(seeded(unknown))))
        .hasMessageContaining("user otto")
        .hasMessageContaining("Group not found.");
  }

  private static final String ANNA =
      "{\"UserPoolId\":\"us-east-1_Seeded001\",\"Username\":\"anna\"}";

  private static dev.gatehouse.userpool.SeedConfig seeded(String yaml) {
    GatehouseConfig config =
        new ConfigFile(name -> Optional.of("seeded-secret-0123456789")).parse(yaml, "seed");
    return java.util.Objects.requireNonNull(config.seed());
  }

  /** With the client's secret, as its hash over name and client id. */
  private static Answer signIn(Calls calls, String password) {
    byte[] mac =
        dev.gatehouse.crypto.Hmac.sha256(
            "seeded-secret-0123456789".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            "anna1seededclient".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return calls.operation(
        "InitiateAuth",
        "{\"AuthFlow\":\"USER_PASSWORD_AUTH\",\"ClientId\":\"1seededclient\",\"AuthParameters\":{\"USERNAME\":\"anna\",\"PASSWORD\":\""
            + password
            + "\",\"SECRET_HASH\":\""
            + java.util.Base64.getEncoder().encodeToString(mac)
            + "\"}}");
  }
}
