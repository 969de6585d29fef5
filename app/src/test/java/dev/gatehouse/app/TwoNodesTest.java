package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.Calls.Answer;
import dev.gatehouse.app.ServerOptions.KeySource;
import dev.gatehouse.app.ServerOptions.Postgres;
import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.store.testing.TestPostgres;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers on one PostgreSQL, as an operator runs them. */
@Tag("slow")
class TwoNodesTest {
  private static final String FIRST = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=";
  private static final String SECOND = "/wECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=";
  private final String database = TestPostgres.freshDatabase();

  private Server node(String key, @Nullable String next) {
    return Server.start(
        ServerOptions.ephemeral()
            .with(
                new Storage(
                    null,
                    new Postgres(
                        TestPostgres.url(database, TestPostgres.port()),
                        "postgres",
                        Secret.of("postgres"),
                        new KeySource.Given(
                            Secret.of(key), next == null ? null : Secret.of(next))))));
  }

  @Test
  void the_master_key_changes_while_all_nodes_serve() {
    String pool;
    try (Server one = node(FIRST, null);
        Calls calls = Calls.to(one)) {
      pool = calls.operation("CreateUserPool", "{\"PoolName\":\"p\"}").member("Id");
      Answer refused = calls.managing("POST", KeyRoutes.ROTATE_MASTER);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body()).contains("database.nextMasterKey");
    }
    try (Server one = node(FIRST, SECOND);
        Server two = node(FIRST, SECOND);
        Calls first = Calls.to(one);
        Calls second = Calls.to(two)) {
      assertThat(first.managing("POST", KeyRoutes.ROTATE_MASTER).body())
          .contains("Now give it to every node");
      // the other node knows the new key: what is sealed opens there, old pools and new ones
      assertThat(jwks(second, pool).status()).isEqualTo(200);
      String later = first.operation("CreateUserPool", "{\"PoolName\":\"q\"}").member("Id");
      assertThat(jwks(second, later).body()).contains("\"kid\"");
    }
    assertThatThrownBy(() -> node(FIRST, null))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("not the database's master key");
    try (Server one = node(SECOND, null);
        Calls calls = Calls.to(one)) {
      assertThat(jwks(calls, pool).body()).contains("\"kid\"");
    }
  }

  private static Answer jwks(Calls calls, String pool) {
    return calls.send("GET", "/" + pool + "/.well-known/jwks.json", "", Map.of());
  }
}
