package dev.gatehouse.bench;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.PoolDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * The transaction of SignUp without its arithmetic, by 16 clients in this process, on SQLite with
 * {@code synchronous=FULL}. Afterwards it counts: no acknowledged write may be missing.
 */
final class StoreWrites {
  static final int CLIENTS = 16;

  private final Database database;
  private final Pool pool;
  private final Ids ids = new Ids(new SecureRandom());
  private final Clock clock = WallClock.system()::now;
  private final Credential credential;

  private StoreWrites(Database database, Pool pool) {
    this.database = database;
    this.pool = pool;
    this.credential = new Credential("$".repeat(97), new byte[16], ids.bytes(413), clock.now());
  }

  /**
   * @param perSecond transactions, median of the runs
   * @param acknowledged users whose write was answered, warm-up included
   * @param found of them afterwards, in a database opened anew
   * @param commits that they took
   */
  record Outcome(double perSecond, long acknowledged, long found, long commits) {}

  /** Hears of every commit of the writer. */
  private static final class CommitCount implements Meter {
    private final LongAdder commits = new LongAdder();

    long sum() {
      return commits.sum();
    }

    @Override
    public void size(String name, double value, String... labels) {
      if (name.equals("store_commit_works")) {
        commits.increment();
      }
    }

    @Override
    public void count(String name, String... labels) {}

    @Override
    public void time(String name, Duration elapsed, String... labels) {}

    @Override
    public void gauge(String name, DoubleSupplier value) {}
  }

  static Outcome measure(Path folder, LoadConfig config) throws IOException, InterruptedException {
    double[] perSecond = new double[config.runs()];
    long acknowledged = 0;
    CommitCount commits = new CommitCount();
    try (Database database = open(folder, commits)) {
      StoreWrites writes = new StoreWrites(database, pool());
      acknowledged += writes.run(config.warmUp());
      for (int i = 0; i < perSecond.length; i++) {
        long began = System.nanoTime();
        long done = writes.run(config.run());
        perSecond[i] = done / ((System.nanoTime() - began) / 1e9);
        acknowledged += done;
      }
    }
    try (Database database = open(folder, Meter.none())) {
      long found =
          database.read(handle ->
              handle
                  .createQuery(
                      "SELECT COUNT(*) FROM pool_user u JOIN credential c"
                          + " ON c.pool_id = u.pool_id AND c.sub = u.sub")
                  .mapTo(Long.class)
                  .one());
      return new Outcome(Statistics.median(perSecond), acknowledged, found, commits.sum());
    }
  }

  private static Database open(Path folder, Meter meter) {
    return Databases.openSqlite(
        folder, StoreConfig.defaults(), StoreContext.of(WallClock.system()::now, meter));
  }

  private static Pool pool() {
    Instant begun = Instant.EPOCH;
    UserPoolType settings =
        UserPoolType.builder().aliasAttributes(List.of(AliasAttributeType.EMAIL)).build();
    return new Pool("us-east-1_storebenc", begun, begun, 0, PoolDocument.ofNew(settings));
  }

  private long run(Duration length) throws IOException, InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<Long>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            threads.submit(() -> {
              long done = 0;
              while (System.nanoTime() < end) {
                signUp();
                done++;
              }
              return done;
            }));
      }
      long sum = 0;
      for (Future<Long> client : clients) {
        sum += Load.result(client);
      }
      return sum;
    }
  }

  private void signUp() {
    String sub = ids.uuid();
    Instant now = clock.now();
    String email = sub + "@example.com";
    UserRow row =
        UserRow.of(
            User.ofNew(
                pool.id(),
                sub,
                sub,
                UserStatus.UNCONFIRMED,
                Map.of("email", email, "email_verified", "false"),
                now));
    CodeStore.OpenCode code =
        new CodeStore.OpenCode(
            CodeStore.Purpose.SIGN_UP,
            ids.bytes(32),
            "email",
            email,
            now.plus(Duration.ofHours(24)));
    database.write(handle -> {
      Directory.insert(handle, pool, row);
      UserStore.setCredential(handle, pool.id(), sub, credential);
      CodeStore.put(handle, pool.id(), sub, code);
      return sub;
    });
  }
}
