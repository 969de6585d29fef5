package dev.gatehouse.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A statement without parameters or rows (BEGIN, SAVEPOINT), kept prepared. */
final class ControlStatement {
  private final Connection connection;
  private final String sql;
  private @Nullable PreparedStatement prepared;

  ControlStatement(Connection connection, String sql) {
    this.connection = connection;
    this.sql = sql;
  }

  void execute() throws SQLException {
    PreparedStatement statement = prepared;
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared = statement;
    }
    try {
      statement.execute();
    } catch (SQLException e) {
      // The driver has let go of a statement that failed.
      prepared = null;
      throw e;
    }
  }
}
