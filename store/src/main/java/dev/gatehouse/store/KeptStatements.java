package dev.gatehouse.store;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the prepared statements of one SQLite connection by their SQL; its driver has no statement
 * cache, and parsing costs more than most statements. Used by one thread at a time.
 */
final class KeptStatements implements StatementBuilder {
  private static final int KEPT = 256;
  private final StatementBuilder plain = new DefaultStatementBuilder();
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>(64, 0.75f, true);

  /** The SQL that the driver was given; JDBI's close tells the SQL with its names still in it. */
  private final IdentityHashMap<Statement, String> lent = new IdentityHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement statement;
    if (context.isReturningGeneratedKeys() || context.isConcurrentUpdatable()) {
      statement = plain.create(connection, sql, context);
    } else {
      PreparedStatement kept = idle.remove(sql);
      statement = kept != null ? kept : connection.prepareStatement(sql);
      lent.put(statement, sql);
    }
    return statement;
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    String driverSql = lent.remove(statement);
    if (driverSql == null || !(statement instanceof PreparedStatement prepared)) {
      plain.close(connection, sql, statement);
      return;
    }
    try {
      // Bound values do not outlive their use.
      prepared.clearParameters();
    } catch (SQLException closed) {
      // The driver has let go of a statement that failed.
      return;
    }
    PreparedStatement other = idle.put(driverSql, prepared);
    if (other != null) {
      other.close();
    }
    if (idle.size() > KEPT) {
      var eldest = idle.entrySet().iterator();
      PreparedStatement oldest = eldest.next().getValue();
      eldest.remove();
      oldest.close();
    }
  }

  /**
   * Closes what a work left open: a cursor that stays open would pin the connection to the snapshot
   * it began with, and later works would read old rows.
   */
  void reclaim() throws SQLException {
    if (lent.isEmpty()) {
      return;
    }
    for (Statement statement : lent.keySet()) {
      statement.close();
    }
    lent.clear();
  }

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return plain.create(connection, context);
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return plain.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection) {
    idle.clear();
    lent.clear();
  }
}
