package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.GatehouseConfig.LogLevel;
import dev.gatehouse.store.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // looks into options that may be absent
class ConfigFileTest {
  @TempDir Path folder;
  private final ConfigFile file =
      new ConfigFile(name -> Optional.ofNullable(Map.of("DB_PASSWORD", "from env").get(name)));

  private GatehouseConfig parse(String yaml) {
    return file.parse(yaml, "gatehouse.yaml");
  }

  @Test
  void an_empty_file_says_nothing() {
    assertThat(parse("")).isEqualTo(GatehouseConfig.defaults());
    assertThat(parse("  \n# a remark\n")).isEqualTo(GatehouseConfig.defaults());
  }

  @Test
  void everything_is_read() {
    GatehouseConfig config =
        parse(
            """
            port: 9500
            behindProxy: true
            trustedProxies: [10.0.0.0/8]
            logLevels: {dev.gatehouse.store: debug}
            database:
              url: jdbc:postgresql://db/gatehouse
              password: ${DB_PASSWORD}
            seed:
              pools:
                - id: us-east-1_Example01
                  settings: {PoolName: example}
                  clients:
                    - id: 1example
                      settings: {ClientName: web}
            """);
    assertThat(config.port()).isEqualTo(9500);
    assertThat(config.behindProxy()).isTrue();
    assertThat(config.logLevels()).containsEntry("dev.gatehouse.store", LogLevel.DEBUG);
    assertThat(config.database().password().text()).isEqualTo("from env");
    assertThat(config.seed().pools().getFirst().settings().poolName()).isEqualTo("example");
    assertThat(config.toString()).doesNotContain("from env");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"port: 1\nbehindproxi: true\"|line 2: unknown key 'behindproxi'; did you mean 'behindProxy'?",
        "\"database:\n  uri: x\"|line 2: unknown key 'uri'; did you mean 'url'?",
        "\"seed:\n  pools:\n    - id: a\n      setings: {}\"|line 4: unknown key 'setings'; did you mean 'settings'?",
        "zzzzzzzzzzzz: 1|line 1: unknown key 'zzzzzzzzzzzz'.",
        "\"port: 1\nport: 2\"|line 2",
        "port: abc|/port: is a whole number",
        "behindProxy: 7|/behindProxy: is true or false",
        "trustedProxies: x|/trustedProxies: is a list",
        "tls: ssl|/tls: is a block of keys",
        "port: [|line",
        "delivery: {smtp: {tls: sometimes}}|/delivery/smtp/tls: is one of tls, starttls, none",
        "logLevels: {a: loud}|/logLevels/a: is one of error, warn"
      })
  void what_cannot_be_understood_is_told_with_its_line(String yaml, String text) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageStartingWith("gatehouse.yaml")
        .hasMessageContaining(text);
  }

  @Test
  void secrets_come_from_environment_or_file() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "from file\n");
    String yaml = "database: {url: x, password: 'file:%s'}".formatted(secret);
    assertThat(parse(yaml).database().password().text()).isEqualTo("from file");
    assertThatThrownBy(() -> parse("database: {url: x, password: '${NOT_THERE}'}"))
        .hasMessageContaining("NOT_THERE");
    assertThatThrownBy(() -> parse("database: {url: x, password: 'file:/not/there'}"))
        .hasMessageContaining("/not/there");
  }

  @Test
  void a_file_that_is_not_there_is_told() {
    assertThatThrownBy(() -> file.read(folder.resolve("absent.yaml")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("absent.yaml");
  }
}
