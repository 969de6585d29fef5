package dev.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.MasterKeys;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.store.Vault;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredAccessKeysTest {
  private static final String ACCOUNT = "123456789012";

  private final Ids ids = new Ids(new SecureRandom());
  private final Clock clock = () -> Instant.parse("2026-11-24T09:08:07Z");
  private Database database;
  private StoredAccessKeys keys;

  @BeforeEach
  void open() {
    database =
        Databases.openEphemeral(StoreConfig.defaults(), StoreContext.of(clock, Meter.none()));
    Vault vault = Vault.open(database, MasterKeys.of(MasterKey.random(ids)), ids, clock, ACCOUNT);
    keys = new StoredAccessKeys(database, vault, new ConfigChanges(database), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void makesARootKeyOnceAndKeepsIt() {
    RootKey made = keys.root(Optional.empty(), ids);
    assertThat(made.id()).matches("AKIA[A-Z2-7]{16}");
    assertThat(made.secret().text()).hasSize(40);
    RootKey again = keys.root(Optional.empty(), ids);
    assertThat(again.id()).isEqualTo(made.id());
    assertThat(again.secret().matches(made.secret())).isTrue();
    assertThat(keys.read(made.id()))
        .hasValueSatisfying(key -> {
          assertThat(key.secret().matches(made.secret())).isTrue();
          assertThat(key.principal().arn()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":root");
          assertThat(key.principal().userId()).isEqualTo(ACCOUNT);
        });
  }

  @Test
  void theOperatorsKeyTakesThePlaceOfAnother() {
    RootKey made = keys.root(Optional.empty(), ids);
    RootKey wanted = new RootKey("AKIACHOSENBYOPERATOR", Secret.of("chosen"));
    assertThat(keys.root(Optional.of(wanted), ids).id()).isEqualTo(wanted.id());
    assertThat(keys.read(made.id())).isEmpty();
    assertThat(keys.read(wanted.id())).isPresent();
    RootKey changed = new RootKey(wanted.id(), Secret.of("changed"));
    keys.root(Optional.of(changed), ids);
    assertThat(keys.read(wanted.id()))
        .hasValueSatisfying(key -> assertThat(key.secret().matches(Secret.of("changed"))).isTrue());
  }

  @Test
  void theSecretIsSealedAndNotShown() {
    RootKey made = keys.root(Optional.empty(), ids);
    assertThat(made.toString()).doesNotContain(made.secret().text());
    byte[] stored =
        database.read(handle ->
            handle.createQuery("SELECT secret FROM access_key").mapTo(byte[].class).one());
    assertThat(new String(stored, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(made.secret().text());
  }

  @Test
  void anInactiveKeyIsUnknown() {
    RootKey made = keys.root(Optional.empty(), ids);
    database.write(handle -> handle.execute("UPDATE access_key SET active = 0"));
    assertThat(keys.read(made.id())).isEmpty();
    assertThat(keys.read("AKIANOBODYSKEY000000")).isEmpty();
  }
}
