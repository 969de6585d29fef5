package dev.gatehouse.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.kernel.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The two pools: readers commit each statement by itself and cannot write, writers the opposite.
 */
record PostgresPools(HikariDataSource readers, HikariDataSource writers) {
  private static final int OLDEST = 140_000;

  static PostgresPools open(
      String url, String user, Secret password, Isolation isolation, StoreConfig config) {
    HikariConfig reading = base("gatehouse-read", url, user, password, isolation, config);
    reading.setMaximumPoolSize(config.readers());
    reading.setReadOnly(true);
    HikariConfig writing = base("gatehouse-write", url, user, password, isolation, config);
    writing.setMaximumPoolSize(config.writers());
    writing.setAutoCommit(false);
    HikariDataSource readers = new HikariDataSource(reading);
    try {
      return new PostgresPools(readers, new HikariDataSource(writing));
    } catch (RuntimeException e) {
      readers.close();
      throw e;
    }
  }

  private static HikariConfig base(
      String name,
      String url,
      String user,
      Secret password,
      Isolation isolation,
      StoreConfig config) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName(name);
    hikari.setJdbcUrl(url);
    hikari.setUsername(user);
    hikari.setPassword(password.text());
    hikari.setTransactionIsolation(isolation.jdbcName());
    hikari.setConnectionTimeout(Math.max(250, config.patience().toMillis()));
    hikari.setMinimumIdle(2);
    Properties driver = new Properties();
    driver.setProperty("ApplicationName", "gatehouse");
    driver.setProperty("tcpKeepAlive", "true");
    driver.setProperty("connectTimeout", "5");
    // A connection that went dead without a word must not hold a request for ever.
    driver.setProperty("socketTimeout", "60");
    // The server's detail quotes the row's values, which do not belong in a log.
    driver.setProperty("logServerErrorDetail", "false");
    // Without a transaction "read only" would otherwise not reach the server.
    driver.setProperty("readOnlyMode", "always");
    hikari.setDataSourceProperties(driver);
    return hikari;
  }

  /** A data source without a pool, for migrations, which may take their time. */
  static DataSource plain(String url, String user, Secret password) {
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url);
    dataSource.setUser(user);
    dataSource.setPassword(password.text());
    dataSource.setLogServerErrorDetail(false);
    return dataSource;
  }

  /**
   * Refuses a server that is too old for our statements or cannot be reached.
   *
   * @param where how the server is called in the message; without a password
   */
  static void requireServer(DataSource dataSource, String where) {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW server_version_num")) {
      rows.next();
      requireVersion(rows.getInt(1));
    } catch (SQLException e) {
      throw new StartRefusedException(
          "PostgreSQL at " + where + " cannot be reached: " + e.getMessage(), e);
    }
  }

  static void requireVersion(int version) {
    if (version < OLDEST) {
      throw new StartRefusedException(
          "PostgreSQL " + version / 10_000 + " is too old; Gatehouse needs 14 or newer.");
    }
  }
}
