package dev.gatehouse.bench;

import dev.gatehouse.crypto.Argon2Parameters;
import dev.gatehouse.crypto.Argon2PasswordHasher;
import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.MasterKeyFile;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes users into a stopped server's data folder through the store's own statements: the rows
 * that SignUp writes, with one precomputed hash for all of them. They sign in with {@link
 * Scene#PASSWORD} in clear; their SRP verifiers fit nobody.
 */
final class GrowthLoader {
  private static final int BATCH = 500;

  /** As many users share a family name: one page of ListUsers. */
  static final int FAMILY = 60;

  private GrowthLoader() {}

  /** A loaded user's name; their e-mail address, an alias, is this at example.com. */
  static String username(int number) {
    return "user-%07d".formatted(number);
  }

  static String email(int number) {
    return username(number) + "@example.com";
  }

  static String familyName(int number) {
    return "Family-%05d".formatted(number / FAMILY);
  }

  /** Writes users 0 to {@code users} − 1. */
  static void load(Path data, String poolId, int users) {
    SecureRandom random = new SecureRandom();
    Ids ids = new Ids(random);
    Clock clock = WallClock.system()::now;
    MasterKeyFile keyFile = MasterKeyFile.in(data);
    Primitives primitives = Primitives.choose();
    WorkTally work = new WorkTally();
    String hash =
        new Argon2PasswordHasher(primitives.argon2id(), Argon2Parameters.DEFAULT, random, work)
            .hash(Secret.of(Scene.PASSWORD));
    byte[] salt = ids.bytes(16);
    SrpVerifier verifier =
        new Srp6a(primitives.modExp(), primitives.generator(), random, work)
            .verifier(SrpIdentity.ofUser(poolId, "nobody"), salt, Secret.of(Scene.PASSWORD));
    try (Database database =
        Databases.openSqlite(data, StoreConfig.defaults(), StoreContext.of(clock, Meter.none()))) {
      Vault vault = Vault.open(database, keyFile.open(), ids, clock, null);
      Pool pool = database.read(handle -> PoolStore.find(handle, poolId)).orElseThrow();
      Instant now = clock.now();
      for (int from = 0; from < users; from += BATCH) {
        List<Row> batch = new ArrayList<>();
        for (int i = from; i < Math.min(users, from + BATCH); i++) {
          String sub = ids.uuid();
          batch.add(
              new Row(
                  UserRow.of(user(poolId, sub, i, now)),
                  new Credential(
                      hash,
                      salt,
                      vault.seal(Passwords.verifierPlace(poolId, sub), verifier.bytes()),
                      now)));
        }
        database.write(handle -> {
          for (Row row : batch) {
            Directory.insert(handle, pool, row.user());
            UserStore.setCredential(handle, poolId, row.user().user().sub(), row.credential());
          }
          return batch.size();
        });
      }
    }
  }

  private record Row(UserRow user, Credential credential) {}

  private static User user(String poolId, String sub, int number, Instant now) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("email", email(number));
    attributes.put("email_verified", "true");
    attributes.put("given_name", "Given-" + number);
    attributes.put("family_name", familyName(number));
    return User.ofNew(poolId, sub, username(number), UserStatus.CONFIRMED, attributes, now);
  }
}
