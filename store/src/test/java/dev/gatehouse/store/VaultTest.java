package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.testing.OnEveryEngine;
import dev.gatehouse.store.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@OnEveryEngine
class VaultTest {
  private static final byte[] PLAIN = "a verifier".getBytes(StandardCharsets.UTF_8);
  private final TestDatabase test;
  private final Database database;
  private final Vault vault;
  private final String pool;

  VaultTest(TestDatabase test) {
    this.test = test;
    this.database = test.database();
    this.vault = test.vault();
    this.pool = createPool();
  }

  private String createPool() {
    String id = test.ids().poolId("us-east-1");
    insert(vault.newPoolKey(id));
    return id;
  }

  private void insert(NewPoolKey key) {
    database.<Integer>write(handle -> {
      key.insert(handle);
      return 0;
    });
  }

  private Place place(String table, String row, String column) {
    return new Place(table, pool, row, column);
  }

  @Test
  void opensWhatItSealed() {
    byte[] sealed = vault.seal(place("user", "sub", "verifier"), PLAIN);
    assertThat(vault.open(place("user", "sub", "verifier"), sealed)).isEqualTo(PLAIN);
    byte[] ofServer =
        vault.seal(new Place("access_key", Vault.SERVER, "AKIA", "secret"), Secret.of("s"));
    assertThat(vault.open(new Place("access_key", Vault.SERVER, "AKIA", "secret"), ofServer))
        .isEqualTo(new byte[] {'s'});
  }

  @Test
  void sealsTheEmptyValue() {
    byte[] sealed = vault.seal(place("user", "sub", "x"), new byte[0]);
    assertThat(vault.open(place("user", "sub", "x"), sealed)).isEmpty();
  }

  @Test
  void theSealedFormIsVersionKeyIdNonceCiphertextTag() {
    byte[] sealed = vault.seal(place("user", "sub", "verifier"), PLAIN);
    assertThat(sealed).hasSize(1 + 4 + 12 + PLAIN.length + 16);
    assertThat(Arrays.copyOf(sealed, 5)).containsExactly(1, 0, 0, 0, 1);
  }

  @Test
  void noTwoSealsAreAlike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(Arrays.toString(vault.seal(place("user", "sub", "v"), PLAIN)));
    }
    assertThat(seen).hasSize(1_000);
  }

  @Test
  void opensNowhereElse() {
    byte[] sealed = vault.seal(place("user", "sub", "verifier"), PLAIN);
    String other = createPool();
    for (Place elsewhere :
        List.of(
            place("client", "sub", "verifier"),
            place("user", "other", "verifier"),
            place("user", "sub", "totp"),
            // The same letters, cut differently.
            place("users", "ub", "verifier"),
            new Place("user", other, "sub", "verifier"),
            new Place("user", Vault.SERVER, "sub", "verifier"))) {
      assertThat(vault.tryOpen(elsewhere, sealed)).isEmpty();
      assertThatThrownBy(() -> vault.open(elsewhere, sealed)).isInstanceOf(StoreException.class);
    }
  }

  @Test
  void opensNothingAltered() {
    Place place = place("user", "sub", "verifier");
    byte[] sealed = vault.seal(place, PLAIN);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 1;
      assertThat(vault.tryOpen(place, altered)).as("byte %d", i).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(vault.tryOpen(place, Arrays.copyOf(sealed, length))).isEmpty();
    }
    assertThat(vault.tryOpen(place, Arrays.copyOf(sealed, sealed.length + 1))).isEmpty();
  }

  @Test
  void whatTheNewKeySealedTheVaultOpensAfterTheCommit() {
    NewPoolKey key = vault.newPoolKey(test.ids().poolId("eu-west-1"));
    Place place = new Place("signing_key", key.poolId(), "kid", "private");
    byte[] sealed = key.seal(place, Secret.of(PLAIN));
    byte[] mac = key.mac("codes", PLAIN);
    assertThatThrownBy(() -> vault.open(place, sealed)).isInstanceOf(StoreException.class);
    insert(key);
    assertThat(vault.open(place, sealed)).isEqualTo(PLAIN);
    assertThat(vault.mac(key.poolId(), "codes", PLAIN)).isEqualTo(mac);
    assertThatThrownBy(() -> key.seal(place("t", "r", "c"), PLAIN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDeletedPoolsKeyIsGone() {
    Place place = place("user", "sub", "verifier");
    byte[] sealed = vault.seal(place, PLAIN);
    database.<Integer>write(handle -> {
      Vault.deletePoolKeys(handle, pool);
      return 0;
    });
    assertThatThrownBy(() -> vault.open(place, sealed)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> vault.seal(place, PLAIN)).isInstanceOf(StoreException.class);
  }

  @Test
  void hashesDifferByPoolPurposeAndParts() {
    byte[] a = {1, 2};
    byte[] b = {3};
    Set<String> seen = new HashSet<>();
    for (byte[] mac :
        List.of(
            vault.mac(pool, "codes", a, b),
            vault.mac(pool, "codes", b, a),
            vault.mac(pool, "codes", new byte[] {1, 2, 3}),
            vault.mac(pool, "codes", new byte[] {1}, new byte[] {2, 3}),
            vault.mac(pool, "codes", a, b, new byte[0]),
            vault.mac(pool, "oauth", a, b),
            vault.mac(createPool(), "codes", a, b),
            vault.mac(Vault.SERVER, "codes", a, b))) {
      assertThat(mac).hasSize(32);
      seen.add(Arrays.toString(mac));
    }
    assertThat(seen).hasSize(8);
    assertThat(vault.mac(pool, "codes", a, b)).isEqualTo(vault.mac(pool, "codes", a, b));
  }

  @Test
  void poolSecretsSealOutsideTheDatabase() {
    PoolSecrets secrets =
        new PoolSecrets(database, vault, new ConfigChanges(database), test.ids(), test.clock());
    NewPoolKey key = vault.newPoolKey(test.ids().poolId("us-east-1"));
    String id = key.poolId();
    PoolSecrets.NewPoolSecret first = secrets.make(key, "flow", 100);
    assertThat(secrets.of(id, "flow")).isEmpty();
    database.<Boolean>write(handle -> {
      key.insert(handle);
      return first.insert(handle);
    });
    PoolSecret inForce = secrets.of(id, "flow").getFirst();
    assertThat(inForce.keyId()).isEqualTo(100);
    Place place = new Place("flow", id, "client", "session");
    byte[] sealed = inForce.seal(place, PLAIN);
    assertThat(PoolSecret.keyIdOf(sealed)).hasValue(100);

    PoolSecrets.NewPoolSecret one = secrets.make(id, "flow", 101);
    PoolSecrets.NewPoolSecret sameTime = secrets.make(id, "flow", 101);
    assertThat(database.<Boolean>write(one::insert)).isTrue();
    assertThat(database.<Boolean>write(sameTime::insert)).isFalse();
    assertThat(secrets.of(id, "flow")).extracting(PoolSecret::keyId).containsExactly(101, 100);
    assertThat(secrets.find(id, "flow", 100).orElseThrow().open(place, sealed)).contains(PLAIN);
    assertThat(secrets.find(id, "flow", 101).orElseThrow().open(place, sealed)).isEmpty();
    assertThat(secrets.of(id, "refresh")).isEmpty();
    assertThatThrownBy(() -> inForce.seal(place("t", "r", "c"), PLAIN))
        .isInstanceOf(IllegalArgumentException.class);

    database.<Integer>write(handle -> {
      PoolSecrets.deleteOlder(handle, id, "flow", 1);
      return 0;
    });
    assertThat(secrets.of(id, "flow")).extracting(PoolSecret::keyId).containsExactly(101);
    assertThat(secrets.find(id, "flow", 100)).isEmpty();
  }
}
