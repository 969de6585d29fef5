package dev.gatehouse.app;

import dev.gatehouse.app.ServerOptions.KeySource;
import dev.gatehouse.app.ServerOptions.Postgres;
import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.crypto.Argon2Parameters;
import dev.gatehouse.crypto.Argon2PasswordHasher;
import dev.gatehouse.crypto.HashGate;
import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.jose.KeyStock;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.TokenSigner;
import dev.gatehouse.jose.TokenVerifier;
import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.Isolation;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.MasterKeyFile;
import dev.gatehouse.store.MasterKeys;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolModule;
import dev.gatehouse.userpool.token.SigningKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ring 1 put together: database, vault, keys and the costly primitives. */
final class GroundFloor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroundFloor.class);
  private static final int KEYS_IN_STOCK = 4;

  final WallClock wall = WallClock.system();
  final AdjustableClock clock = new AdjustableClock(wall);
  final SecureRandom random = new SecureRandom();
  final Ids ids = new Ids(random);
  final WorkTally work;
  final Meter meter;
  final Database database;
  final Vault vault;
  final ConfigChanges changes;

  /** Where the master key is, for a data folder. */
  final @Nullable MasterKeyFile masterKeyFile;

  /** The key that a database of many nodes may be changed to. */
  final @Nullable MasterKey nextMasterKey;

  final boolean ephemeral;
  private final Primitives primitives;
  private final Rs256 rs256;
  private final HashGate hasher;
  private final KeyStock keyStock;

  GroundFloor(
      Storage storage,
      @Nullable String accountId,
      Meter meter,
      WorkTally work,
      Consumer<String> statements) {
    this.meter = meter;
    this.work = work;
    // the native libraries load beside the database
    CompletableFuture<Primitives> choosing =
        CompletableFuture.supplyAsync(() -> {
          Primitives chosen = Primitives.choose();
          chosen.warmUp();
          return chosen;
        });
    CompletableFuture<Rs256> signing = CompletableFuture.supplyAsync(Rs256::choose);
    StoreContext context = StoreContext.of(clock, meter).withStatements(statements);
    Path data = storage.data();
    Postgres postgres = storage.postgres();
    this.ephemeral = data == null && postgres == null;
    MasterKeys keys;
    if (postgres != null) {
      this.masterKeyFile = null;
      keys = keys(postgres.masterKey());
      this.nextMasterKey = keys.known().size() > 1 ? keys.known().getLast() : null;
      this.database =
          Databases.openPostgres(
              postgres.url(),
              postgres.user(),
              postgres.password(),
              Isolation.READ_COMMITTED,
              StoreConfig.defaults(),
              context);
    } else if (data != null) {
      this.nextMasterKey = null;
      // before the database: a new folder gets both
      this.masterKeyFile = MasterKeyFile.in(data);
      keys = masterKeyFile.openOrMake(data, ids);
      this.database = Databases.openSqlite(data, StoreConfig.defaults(), context);
    } else {
      this.nextMasterKey = null;
      this.masterKeyFile = null;
      keys = MasterKeys.of(MasterKey.random(ids));
      this.database = Databases.openEphemeral(StoreConfig.defaults(), context);
    }
    this.vault = openVault(keys, accountId);
    this.changes = new ConfigChanges(database);
    this.primitives = choosing.join();
    this.rs256 = signing.join();
    primitives.describe().forEach(LOG::info);
    LOG.info("RS256: {}", rs256.name());
    this.hasher =
        new HashGate(
            new Argon2PasswordHasher(primitives.argon2id(), Argon2Parameters.DEFAULT, random, work),
            Runtime.getRuntime().availableProcessors(),
            meter);
    this.keyStock = new KeyStock(rs256::generate, KEYS_IN_STOCK);
  }

  /** The key in force, and the next one if there is one. */
  private MasterKeys keys(KeySource source) {
    Secret key;
    Secret next;
    switch (source) {
      case KeySource.Given given -> {
        key = given.key();
        next = given.next();
      }
      case KeySource.FromKms(GatehouseConfig.Kms config) -> {
        KmsClient kms = new KmsClient(config, wall);
        String coming = config.nextCiphertext();
        key = kms.decrypt(config.ciphertext());
        next = coming == null ? null : kms.decrypt(coming);
      }
    }
    return next == null
        ? MasterKeys.of(MasterKey.parse(key))
        : MasterKeys.of(MasterKey.parse(key), MasterKey.parse(next));
  }

  /** A start that is refused lets go of the database. */
  private Vault openVault(MasterKeys keys, @Nullable String accountId) {
    try {
      Vault opened = Vault.open(database, keys, ids, clock, accountId);
      if (masterKeyFile != null) {
        masterKeyFile.settle(opened);
      }
      return opened;
    } catch (RuntimeException refused) {
      database.close();
      throw refused;
    }
  }

  /** What user pools stand on. */
  UserPoolModule.Ground forUserPools() {
    return new UserPoolModule.Ground(
        database,
        vault,
        changes,
        clock,
        ids,
        meter,
        hasher,
        new Srp6a(primitives.modExp(), primitives.generator(), random, work),
        rs256,
        keyStock,
        new TokenSigner(rs256, work),
        new TokenVerifier(rs256, work));
  }

  /** Pools' signing keys, for who has no user pools put together. */
  SigningKeys signingKeys() {
    return new SigningKeys(database, vault, rs256, keyStock, changes, clock);
  }

  /** Begins to make key pairs ahead; once the server answers. */
  void refillKeys() {
    keyStock.refill();
  }

  @Override
  public void close() {
    keyStock.close();
    hasher.close();
    database.close();
  }
}
