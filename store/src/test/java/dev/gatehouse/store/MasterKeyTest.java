package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.kernel.WriteGuard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
  private static final int POOLS = 450;
  @TempDir Path folder;
  private final Ids ids = new Ids(new SecureRandom());
  private final Clock clock = WallClock.system()::now;

  private Database open() {
    return Databases.openSqlite(
        folder,
        StoreConfig.defaults(),
        StoreContext.of(clock, Meter.none()).withGuard(WriteGuard.Mode.THROW));
  }

  private Vault vault(Database database, MasterKey... keys) {
    return Vault.open(database, MasterKeys.of(keys), ids, clock, null);
  }

  private static Place place(String pool) {
    return new Place("t", pool, "row", "c");
  }

  /** A sealed value and a hash of each of many pools. */
  private record Kept(String pool, String sealed, String mac) {}

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private List<Kept> fill(Database database, Vault vault) {
    List<Kept> kept = new ArrayList<>();
    for (int i = 0; i < POOLS; i++) {
      NewPoolKey key = vault.newPoolKey("us-east-1_" + i);
      String sealed = text(key.seal(place(key.poolId()), new byte[] {(byte) i}));
      kept.add(new Kept(key.poolId(), sealed, text(key.mac("m", new byte[] {7}))));
      database.<Integer>write(handle -> {
        key.insert(handle);
        return 0;
      });
    }
    return kept;
  }

  private static void assertAllOpen(Vault vault, List<Kept> kept) {
    for (int i = 0; i < kept.size(); i++) {
      Kept one = kept.get(i);
      assertThat(vault.open(place(one.pool()), Base64.getDecoder().decode(one.sealed())))
          .containsExactly((byte) i);
      assertThat(text(vault.mac(one.pool(), "m", new byte[] {7}))).isEqualTo(one.mac());
    }
  }

  @Test
  void anotherMasterKeyIsRefused() {
    MasterKey right = MasterKey.random(ids);
    MasterKey wrong = MasterKey.random(ids);
    try (Database database = open()) {
      vault(database, right);
      assertThatThrownBy(() -> vault(database, wrong))
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining(right.fingerprint())
          .hasMessageContaining(wrong.fingerprint());
      vault(database, wrong, right);
    }
  }

  @Test
  void theAccountIdIsFixedAtTheFirstStart() {
    MasterKey key = MasterKey.random(ids);
    try (Database database = open()) {
      Vault first = Vault.open(database, MasterKeys.of(key), ids, clock, "123456789012");
      assertThat(first.server().accountId()).isEqualTo("123456789012");
      assertThat(vault(database, key).server()).isEqualTo(first.server());
      assertThatThrownBy(() -> Vault.open(database, MasterKeys.of(key), ids, clock, "210987654321"))
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining("123456789012");
    }
  }

  @Test
  void changingTheMasterKeyChangesNothingThatIsSealedOrHashed() {
    MasterKey old = MasterKey.random(ids);
    MasterKey fresh = MasterKey.random(ids);
    List<Kept> kept;
    try (Database database = open()) {
      Vault vault = vault(database, old);
      kept = fill(database, vault);
      AtomicLong done = new AtomicLong();
      vault.rotateMaster(fresh, done::set);
      assertThat(done).hasValue(POOLS + 1);
      assertThat(vault.masterKeyInForce()).isEqualTo(fresh.fingerprint());
      assertAllOpen(vault, kept);
      // The vault goes on with the new key.
      NewPoolKey later = vault.newPoolKey("us-east-1_later");
      database.<Integer>write(handle -> {
        later.insert(handle);
        return 0;
      });
      vault.rotateMaster(fresh, count -> {});
    }
    try (Database database = open()) {
      assertThatThrownBy(() -> vault(database, old)).isInstanceOf(StartRefusedException.class);
      Vault vault = vault(database, fresh);
      assertAllOpen(vault, kept);
      vault.mac("us-east-1_later", "m");
    }
  }

  @Test
  @Tag("slow")
  void aChangeWhoseProcessWasKilledGoesOnAtTheNextStart() throws Exception {
    MasterKeyFile file = MasterKeyFile.in(folder);
    MasterKeys first = file.openOrMake(folder, ids);
    List<Kept> kept;
    try (Database database = open()) {
      kept = fill(database, Vault.open(database, first, ids, clock, null));
    }
    Process child = ChildJvm.start(StoreChild.class, "rotate", folder.toString());
    assertThat(child.waitFor()).isEqualTo(StoreChild.HALTED);
    String old = first.known().getFirst().fingerprint();
    try (Database database = open()) {
      long byOld =
          database.<Long>read(handle ->
              handle
                  .createQuery("SELECT COUNT(*) FROM data_key WHERE wrapped_by = :old")
                  .bind("old", old)
                  .mapTo(Long.class)
                  .one());
      assertThat(byOld).isStrictlyBetween(0L, POOLS + 1L);
      Vault vault = Vault.open(database, file.open(), ids, clock, null);
      file.settle(vault);
      assertThat(vault.masterKeyInForce()).isNotEqualTo(old);
      assertAllOpen(vault, kept);
    }
    assertThat(file.open().known()).hasSize(1);
  }

  @Test
  void whileAChangeIsUnderWayBothKeysAreNeeded() {
    MasterKey old = MasterKey.random(ids);
    MasterKey fresh = MasterKey.random(ids);
    MasterKey third = MasterKey.random(ids);
    List<Kept> kept;
    try (Database database = open()) {
      kept = interrupted(database, old, fresh);
    }
    try (Database database = open()) {
      for (MasterKey alone : List.of(old, fresh)) {
        assertThatThrownBy(() -> vault(database, alone))
            .isInstanceOf(StartRefusedException.class)
            .hasMessageContaining("both keys")
            .hasMessageContaining(old.fingerprint())
            .hasMessageContaining(fresh.fingerprint());
      }
      assertThatThrownBy(() -> vault(database, old, third))
          .isInstanceOf(StartRefusedException.class);
      Vault resumed = vault(database, old, fresh);
      assertThat(resumed.masterKeyInForce()).isEqualTo(fresh.fingerprint());
      assertAllOpen(resumed, kept);
      assertAllOpen(vault(database, fresh), kept);
    }
  }

  private List<Kept> interrupted(Database database, MasterKey old, MasterKey fresh) {
    Vault vault = vault(database, old);
    List<Kept> kept = fill(database, vault);
    IllegalStateException killed = new IllegalStateException("killed");
    assertThatThrownBy(() ->
            vault.rotateMaster(
                fresh,
                done -> {
                  throw killed;
                }))
        .isSameAs(killed);
    assertThatThrownBy(() -> vault.rotateMaster(MasterKey.random(ids), done -> {}))
        .isInstanceOf(StoreException.class);
    return kept;
  }

  @Test
  void aPoolCreatedByAServerThatWasNotToldTheNewKeyIsRefused() {
    MasterKey old = MasterKey.random(ids);
    MasterKey fresh = MasterKey.random(ids);
    try (Database database = open()) {
      Vault told = vault(database, old);
      Vault behind = vault(database, old);
      Vault prepared = vault(database, old, fresh);
      NewPoolKey stale = behind.newPoolKey("us-east-1_stale");
      told.rotateMaster(fresh, done -> {});
      assertThatThrownBy(() ->
              database.<Integer>write(handle -> {
                stale.insert(handle);
                return 0;
              }))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("restart");
      NewPoolKey good = prepared.newPoolKey("us-east-1_good");
      database.<Integer>write(handle -> {
        good.insert(handle);
        return 0;
      });
      vault(database, fresh).mac("us-east-1_good", "m");
    }
  }

  @Test
  void theKeyFileIsMadeForANewFolderOnly() throws Exception {
    Path data = folder.resolve("data");
    MasterKeyFile file = MasterKeyFile.in(data);
    MasterKeys made = file.openOrMake(data, ids);
    Path path = data.resolve("master.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    assertThat(file.openOrMake(data, ids).known().getFirst().fingerprint())
        .isEqualTo(made.known().getFirst().fingerprint());
    Files.delete(path);
    Files.createFile(data.resolve("gatehouse.db"));
    assertThatThrownBy(() -> file.openOrMake(data, ids))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("is missing");
    assertThat(path).doesNotExist();
  }

  @Test
  void aKeyFileThatOthersMayReadIsRefused() throws Exception {
    MasterKeyFile file = MasterKeyFile.in(folder);
    file.openOrMake(folder, ids);
    Path path = folder.resolve("master.key");
    for (String open : List.of("rw-r-----", "rw----r--", "rw--w----")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(open));
      assertThatThrownBy(file::open)
          .isInstanceOf(StartRefusedException.class)
          .hasMessageContaining("chmod 600");
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
    file.open();
  }

  @Test
  void theKeyFileFollowsAChange() {
    MasterKeyFile file = MasterKeyFile.in(folder);
    MasterKeys first = file.openOrMake(folder, ids);
    MasterKey fresh = MasterKey.random(ids);
    try (Database database = open()) {
      Vault vault = Vault.open(database, first, ids, clock, null);
      file.settle(vault);
      file.rotate(vault, fresh, done -> {});
      assertThat(file.open().known())
          .extracting(MasterKey::fingerprint)
          .containsExactly(fresh.fingerprint());
      Vault.open(database, file.open(), ids, clock, null);
    }
  }

  @Test
  void aChangeKilledAnywhereIsSettledAtTheNextStart() throws Exception {
    MasterKeyFile file = MasterKeyFile.in(folder);
    MasterKeys first = file.openOrMake(folder, ids);
    MasterKey fresh = MasterKey.random(ids);
    Path coming = folder.resolve("master.key.next");
    List<Kept> kept;
    try (Database database = open()) {
      kept = fill(database, Vault.open(database, first, ids, clock, null));
    }
    // Killed after the new key was laid down, before the database knew.
    PrivateFiles.write(coming, fresh.text().bytes());
    try (Database database = open()) {
      Vault vault = Vault.open(database, file.open(), ids, clock, null);
      file.settle(vault);
      assertThat(coming).doesNotExist();
      // Killed while data keys were wrapped.
      assertThatThrownBy(() ->
              file.rotate(
                  vault,
                  fresh,
                  done -> {
                    throw new IllegalStateException("killed");
                  }))
          .hasMessage("killed");
      assertThat(coming).exists();
    }
    try (Database database = open()) {
      // Killed after the last data key, before the file was renamed.
      Vault vault = Vault.open(database, file.open(), ids, clock, null);
      assertThat(vault.masterKeyInForce()).isEqualTo(fresh.fingerprint());
    }
    try (Database database = open()) {
      Vault vault = Vault.open(database, file.open(), ids, clock, null);
      file.settle(vault);
      assertThat(coming).doesNotExist();
      assertAllOpen(Vault.open(database, file.open(), ids, clock, null), kept);
    }
  }

  @Test
  void aChangeThatFailedGoesOnWithTheKeyItBeganWith() {
    MasterKeyFile file = MasterKeyFile.in(folder);
    MasterKeys first = file.openOrMake(folder, ids);
    MasterKey begun = MasterKey.random(ids);
    try (Database database = open()) {
      Vault vault = Vault.open(database, first, ids, clock, null);
      List<Kept> kept = fill(database, vault);
      assertThatThrownBy(() ->
              file.rotate(
                  vault,
                  begun,
                  done -> {
                    throw new IllegalStateException("interrupted");
                  }))
          .hasMessage("interrupted");
      file.rotate(vault, MasterKey.random(ids), done -> {});
      assertThat(vault.masterKeyInForce()).isEqualTo(begun.fingerprint());
      assertAllOpen(Vault.open(database, file.open(), ids, clock, null), kept);
    }
  }

  @Test
  void keysAreReadAsBase64OrHex() {
    String hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";
    String base64 = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=";
    String url = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8";
    String fingerprint = MasterKey.parse(Secret.of(hex)).fingerprint();
    assertThat(fingerprint).matches("[0-9a-f]{32}");
    for (String same : List.of(hex.toUpperCase(java.util.Locale.ROOT), base64, url, url + "\n")) {
      assertThat(MasterKey.parse(Secret.of(same)).fingerprint()).isEqualTo(fingerprint);
    }
    for (String bad : List.of("", "short", hex + "00", hex.substring(2), base64 + "AAAA", "é")) {
      assertThatThrownBy(() -> MasterKey.parse(Secret.of(bad)))
          .isInstanceOf(StartRefusedException.class)
          .message()
          .satisfies(message -> assertThat(bad.isEmpty() || !message.contains(bad)).isTrue());
    }
    assertThatThrownBy(() -> MasterKey.of(Secret.of(new byte[16])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(MasterKey.parse(Secret.of(hex)).toString()).doesNotContain("0001020304");
  }
}
