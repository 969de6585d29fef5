package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.OptionsReader.CommandLine;
import dev.gatehouse.app.ServerOptions.AuditTo;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.KeySource;
import dev.gatehouse.app.ServerOptions.Limits;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.userpool.auth.RefreshFlow.ReusePolicy;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.PoolChecks.TierGates;
import dev.gatehouse.userpool.token.SessionClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command line, environment and file become options, or a text for the operator. */
@NullUnmarked // looks into options that may be absent
class OptionsReaderTest {
  private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=";
  @TempDir Path folder;

  /** As picocli fills it; one word an option. */
  private static CommandLine line(Path config, String... options) {
    java.util.List<String> said = java.util.List.of(options);
    return new CommandLine(
        number(said, "port"),
        value(said, "host"),
        number(said, "tls-port"),
        value(said, "data") == null ? null : Path.of(value(said, "data")),
        config,
        said.contains("ephemeral"),
        said.contains("behind-proxy"),
        number(said, "management-port"),
        said.contains("allow-test-credentials"),
        said.contains("development"),
        value(said, "public-url"),
        value(said, "issuer"),
        value(said, "account-id"));
  }

  private static String value(java.util.List<String> said, String name) {
    return said.stream()
        .filter(option -> option.startsWith(name + "="))
        .map(option -> option.substring(name.length() + 1))
        .findFirst()
        .orElse(null);
  }

  private static Integer number(java.util.List<String> said, String name) {
    String value = value(said, name);
    return value == null ? null : Integer.valueOf(value);
  }

  private static ServerOptions read(String... options) {
    return OptionsReader.read(line(null, options), Map.of());
  }

  private ServerOptions readFile(String yaml, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
    return OptionsReader.read(line(file, options), Map.of());
  }

  @Test
  void says_nothing_and_has_the_defaults() {
    ServerOptions options = read();
    Listeners listeners = options.listeners();
    assertThat(listeners.host()).isEqualTo("127.0.0.1");
    assertThat(listeners.port()).isEqualTo(9400);
    assertThat(listeners.tls().port()).isEqualTo(9443);
    assertThat(listeners.tls().files()).isNull();
    assertThat(listeners.managementPort()).isNull();
    assertThat(listeners.exposure()).isEqualTo(Exposure.DEVELOPMENT);
    assertThat(listeners.limits()).isEqualTo(Limits.OWN);
    assertThat(listeners.allowTestCredentials()).isFalse();
    assertThat(options.storage().data()).isEqualTo(OptionsReader.dataFolder());
    assertThat(options.audit())
        .isEqualTo(new AuditTo.Folder(OptionsReader.dataFolder().resolve("audit")));
    assertThat(options.issuer()).isEqualTo(Issuers.Form.OWN);
    assertThat(options.userPools().tierGates()).isEqualTo(TierGates.ENFORCED);
    assertThat(options.userPools().refreshReuse()).isEqualTo(ReusePolicy.REVOKE);
    assertThat(options.userPools().sessionClaim()).isEqualTo(SessionClaim.SID);
  }

  @Test
  void the_command_line_wins_over_the_file() throws IOException {
    String yaml = "port: 1000\nissuer: updated\naccountId: '111122223333'\npublicUrl: https://a\n";
    ServerOptions options = readFile(yaml, "port=2000", "account-id=444455556666");
    assertThat(options.listeners().port()).isEqualTo(2000);
    assertThat(options.listeners().tls().port()).isEqualTo(2043);
    assertThat(options.accountId()).isEqualTo("444455556666");
    assertThat(options.issuer()).isEqualTo(Issuers.Form.UPDATED);
    assertThat(options.publicUrl()).isEqualTo("https://a");
  }

  @Test
  void passwords_do_not_go_in_clear_over_a_network() throws IOException {
    assertThatThrownBy(() -> read("host=0.0.0.0"))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("passwords in clear")
        .hasMessageContaining("--behind-proxy");
    String tls = "tls: {certificates: /c.pem, key: /k.pem}\n";
    Listeners listeners = readFile(tls, "host=0.0.0.0").listeners();
    assertThat(listeners.host()).as("plain HTTP stays on this machine").isEqualTo("127.0.0.1");
    assertThat(listeners.tls().host()).isEqualTo("0.0.0.0");
    assertThat(listeners.tls().files().key()).isEqualTo(Path.of("/k.pem"));
    assertThat(listeners.exposure()).isEqualTo(Exposure.SERVICE);
    assertThat(listeners.managementPort()).isEqualTo(9401);
  }

  @Test
  void behind_a_proxy_it_listens_where_it_is_told_and_management_moves_away() {
    Listeners listeners = read("host=0.0.0.0", "behind-proxy").listeners();
    assertThat(listeners.host()).isEqualTo("0.0.0.0");
    assertThat(listeners.exposure()).isEqualTo(Exposure.SERVICE);
    assertThat(listeners.managementPort()).isEqualTo(9401);
    assertThat(read("behind-proxy", "management-port=7000").listeners().managementPort())
        .isEqualTo(7000);
    assertThat(read("behind-proxy").listeners().exposure()).isEqualTo(Exposure.SERVICE);
  }

  @Test
  void test_images_may_say_development() {
    Listeners listeners = read("host=0.0.0.0", "development", "allow-test-credentials").listeners();
    assertThat(listeners.exposure()).isEqualTo(Exposure.DEVELOPMENT);
    assertThat(listeners.host()).isEqualTo("0.0.0.0");
    assertThat(listeners.allowTestCredentials()).isTrue();
    assertThatThrownBy(() -> read("development", "behind-proxy"))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("does not go with --behind-proxy");
  }

  @Test
  void test_credentials_are_for_this_machine_alone() {
    assertThat(read("allow-test-credentials").listeners().allowTestCredentials()).isTrue();
    assertThatThrownBy(() -> read("allow-test-credentials", "behind-proxy"))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("loopback");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "issuer: other\n",
        "limits: none\n",
        "tierGates: maybe\n",
        "refreshReuse: allow\n",
        "sessionClaim: session\n",
        "trustedProxies: [not-a-range]\n",
        "database: {user: a}\n",
        "tls: {key: /k.pem}\n",
        "port: 65536\n",
        "tlsPort: -1\n",
        "managementPort: 99999\n",
        "publicUrl: localhost\n",
        "publicUrl: ftp://a\n",
        "publicUrl: https://a/?b=c\n",
        "accountId: '12'\n",
        "accountId: 12345678901x\n",
        "lockOut: {threshold: 0}\n",
        "lockOut: {firstSeconds: 20, longestSeconds: 10}\n"
      })
  void a_value_that_is_none_is_refused_by_its_name(String yaml) {
    String key = yaml.substring(0, yaml.indexOf(':'));
    assertThatThrownBy(() -> readFile(yaml))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageStartingWith(key);
  }

  @Test
  void an_ephemeral_server_has_no_folder() {
    assertThatThrownBy(() -> read("ephemeral", "data=/tmp/x"))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("does not go with --data");
    assertThat(read("ephemeral").storage().data()).isNull();
    assertThat(read("public-url=https://id.example/").publicUrl()).isEqualTo("https://id.example");
  }

  @Test
  void words_are_read_in_any_case() throws IOException {
    String yaml =
        "limits: AWS\ntierGates: Off\nrefreshReuse: refuse\nsessionClaim: None\nlockOut: {threshold: 3}\n";
    ServerOptions options = readFile(yaml);
    assertThat(options.listeners().limits()).isEqualTo(Limits.AWS);
    assertThat(options.userPools().tierGates()).isEqualTo(TierGates.OFF);
    assertThat(options.userPools().refreshReuse()).isEqualTo(ReusePolicy.REFUSE);
    assertThat(options.userPools().sessionClaim()).isEqualTo(SessionClaim.NONE);
    assertThat(options.userPools().lockOut().threshold()).isEqualTo(3);
    assertThat(options.userPools().lockOut().longest()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void postgres_demands_a_key_of_the_operators() throws IOException {
    String yaml = "database: {url: 'jdbc:postgresql://db/gatehouse'}\n";
    assertThatThrownBy(() -> readFile(yaml))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("master key");
    Path file = folder.resolve("gatehouse.yaml");
    ServerOptions options =
        OptionsReader.read(
            line(file), Map.of("GATEHOUSE_MASTER_KEY", KEY, "GATEHOUSE_NEXT_MASTER_KEY", "next"));
    assertThat(options.storage().data()).isNull();
    KeySource.Given given = (KeySource.Given) options.storage().postgres().masterKey();
    assertThat(given.key().text()).isEqualTo(KEY);
    assertThat(given.next().text()).isEqualTo("next");
    assertThat(options.audit()).isEqualTo(new AuditTo.StandardOutput());
  }

  @Test
  void audit_lines_go_where_the_file_says() throws IOException {
    assertThat(read("ephemeral").audit()).isEqualTo(new AuditTo.Nowhere());
    assertThat(readFile("audit: stdout\n").audit()).isEqualTo(new AuditTo.StandardOutput());
    assertThat(readFile("audit: none\n").audit()).isEqualTo(new AuditTo.Nowhere());
    assertThat(readFile("audit: /var/log/gatehouse\n").audit())
        .isEqualTo(new AuditTo.Folder(Path.of("/var/log/gatehouse")));
  }

  @Test
  void half_a_root_key_is_none() {
    assertThatThrownBy(
            () -> OptionsReader.read(line(null), Map.of("GATEHOUSE_ROOT_ACCESS_KEY_ID", "AKIA1")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("go together");
    ServerOptions options =
        OptionsReader.read(
            line(null),
            Map.of(
                "GATEHOUSE_ROOT_ACCESS_KEY_ID", "AKIA1",
                "GATEHOUSE_ROOT_SECRET_ACCESS_KEY", "s3cret"));
    assertThat(options.rootKey().orElseThrow().id()).isEqualTo("AKIA1");
    assertThat(options.toString()).doesNotContain("s3cret");
  }
}
