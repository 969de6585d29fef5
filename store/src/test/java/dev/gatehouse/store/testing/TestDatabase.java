package dev.gatehouse.store.testing;

import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.kernel.WriteGuard;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.Isolation;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.MasterKeys;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.store.Vault;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A fresh database with what belongs to it. Whatever is forbidden inside a write throws there. The
 * clock and the ids of {@link #clock()} and {@link #ids()} are watched too.
 */
public final class TestDatabase implements AutoCloseable {
  private final TestEngine engine;
  private final String postgresName;
  private final @Nullable PostgresProxy proxy;
  private final AdjustableClock adjustable = new AdjustableClock(WallClock.system());
  private final Clock clock = WriteGuard.watching(adjustable);
  private final Ids ids = new Ids(new SecureRandom());
  private final MasterKeys masterKeys;
  private final Queue<String> statements = new ConcurrentLinkedQueue<>();
  private final List<Database> opened = new ArrayList<>();
  private final Node first;

  /**
   * One server's view of the database.
   *
   * @param changes what this node's caches hang on
   */
  public record Node(Database database, Vault vault, ConfigChanges changes) {}

  private TestDatabase(TestEngine engine, String postgresName, @Nullable PostgresProxy proxy) {
    this.engine = engine;
    this.proxy = proxy;
    this.postgresName = postgresName;
    this.masterKeys = MasterKeys.of(MasterKey.random(ids));
    this.first = open();
  }

  /** A fresh database on this engine. */
  public static TestDatabase open(TestEngine engine) {
    return new TestDatabase(
        engine, engine == TestEngine.SQLITE ? "" : TestPostgres.migratedDatabase(), null);
  }

  /** A fresh database on PostgreSQL READ COMMITTED that is reached through a proxy. */
  public static TestDatabase behind(PostgresProxy proxy) {
    return new TestDatabase(
        TestEngine.POSTGRES_READ_COMMITTED, TestPostgres.migratedDatabase(), proxy);
  }

  private Node open() {
    StoreContext context =
        StoreContext.of(clock, Meter.none())
            .withGuard(WriteGuard.Mode.THROW)
            .withStatements(statements::add);
    StoreConfig config = StoreConfig.defaults();
    Database database =
        switch (engine) {
          case SQLITE -> Databases.openEphemeral(config, context);
          case POSTGRES_READ_COMMITTED ->
              proxy == null
                  ? TestPostgres.open(postgresName, Isolation.READ_COMMITTED, config, context)
                  : TestPostgres.openBehind(proxy, postgresName, config, context);
          case POSTGRES_SERIALIZABLE ->
              TestPostgres.open(postgresName, Isolation.SERIALIZABLE, config, context);
        };
    opened.add(database);
    Vault vault = Vault.open(database, masterKeys, ids, clock, null);
    return new Node(database, vault, new ConfigChanges(database));
  }

  /**
   * Another server on the same database.
   *
   * @throws UnsupportedOperationException on SQLite, which has one process
   */
  public Node anotherNode() {
    if (engine == TestEngine.SQLITE) {
      throw new UnsupportedOperationException("SQLite has one node");
    }
    return open();
  }

  public TestEngine engine() {
    return engine;
  }

  public Database database() {
    return first.database();
  }

  public Vault vault() {
    return first.vault();
  }

  public ConfigChanges changes() {
    return first.changes();
  }

  /** The clock that the database and its vault were given. */
  public Clock clock() {
    return clock;
  }

  /** Moves {@link #clock()}. */
  public AdjustableClock adjustableClock() {
    return adjustable;
  }

  public Ids ids() {
    return ids;
  }

  /** Thirty-two random bytes from the ids. */
  public Secret key() {
    return Secret.of(ids.bytes(32));
  }

  /** The SQL of every statement since {@link #forgetStatements}. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  public void forgetStatements() {
    statements.clear();
  }

  @Override
  public void close() {
    opened.forEach(Database::close);
    if (engine != TestEngine.SQLITE) {
      TestPostgres.drop(postgresName);
    }
  }

  @Override
  public String toString() {
    return engine.name();
  }
}
