package dev.gatehouse.store.testing;

import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.Isolation;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The one PostgreSQL server of this JVM, and a fresh database in it for whoever asks. */
public final class TestPostgres {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private TestPostgres() {}

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        // nothing outlives the run, and its end must not wait for the disk
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The port on 127.0.0.1 on which the server listens. */
  public static int port() {
    return Server.INSTANCE.getPort();
  }

  /** Migrated once, copied for every test: migrations take longer than most tests. */
  private static final class Template {
    static final String NAME = migrated();

    private static String migrated() {
      String name = freshDatabase();
      open(
              name,
              Isolation.READ_COMMITTED,
              StoreConfig.defaults(),
              StoreContext.of(WallClock.system()::now, Meter.none()))
          .close();
      return name;
    }
  }

  /** Makes an empty database and answers its name. */
  public static String freshDatabase() {
    return create("");
  }

  /** Makes a database that has all tables and answers its name. */
  static String migratedDatabase() {
    return create(" TEMPLATE " + Template.NAME);
  }

  private static String create(String options) {
    String name = "test_" + DATABASES.incrementAndGet();
    // As many an operator has it: a collation that is not by bytes.
    execute("CREATE DATABASE " + name + options);
    return name;
  }

  /** Takes a database away; hundreds of them make the server slow to stop. */
  static void drop(String name) {
    execute("DROP DATABASE " + name + " WITH (FORCE)");
  }

  private static void execute(String sql) {
    try (Connection connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The JDBC address of a database of this server, reached through {@code port}. */
  public static String url(String name, int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  static Database openBehind(
      PostgresProxy proxy, String name, StoreConfig config, StoreContext context) {
    return Databases.openPostgres(
        url(name, proxy.port()) + "?prepareThreshold=0",
        "postgres",
        Secret.of("postgres"),
        Isolation.READ_COMMITTED,
        config,
        context);
  }

  /** Opens a database of this server. */
  public static Database open(
      String name, Isolation isolation, StoreConfig config, StoreContext context) {
    return Databases.openPostgres(
        url(name, port()), "postgres", Secret.of("postgres"), isolation, config, context);
  }
}
