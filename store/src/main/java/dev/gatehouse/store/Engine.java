package dev.gatehouse.store;

import dev.gatehouse.kernel.WriteGuard;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;

/** What both engines share: the guard around works, JDBI's set-up, the news of commits. */
abstract non-sealed class Engine implements Database {
  final StoreContext context;
  private final CommitNews news = new CommitNews();

  Engine(StoreContext context) {
    this.context = context;
  }

  CommitNews news() {
    return news;
  }

  final void refuseNesting() {
    if (WriteGuard.isInside()) {
      throw new IllegalStateException("a work must not call the database it runs in");
    }
  }

  /** Runs the work of a write; what it changed of the configuration rows is in the handle after. */
  final <T extends @Nullable Object> T runInside(Work<T> work, Handle handle) {
    handle.getConfig(CommitNews.Pending.class).clear();
    return WriteGuard.inside(context.guard(), () -> work.run(handle));
  }

  static List<CommitNews.Change> changesOf(Handle handle) {
    return handle.getConfig(CommitNews.Pending.class).take();
  }

  final Jdbi setUp(Jdbi jdbi) {
    // JDBI's own messages hold the bound values, which may be secrets or personal data.
    jdbi.getConfig(StatementExceptions.class)
        .setMessageRendering(
            failure -> failure.getShortMessage() + " in: " + rawSql(failure.getStatementContext()));
    jdbi.getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext statement) {
                context.statements().accept(statement.getRenderedSql());
              }
            });
    return jdbi;
  }

  private static String rawSql(@Nullable StatementContext statement) {
    return statement == null ? "?" : String.valueOf(statement.getRawSql());
  }

  /** The SQLException that a failure of JDBI or of a driver goes back to. */
  static Optional<SQLException> sqlCause(Throwable failure) {
    for (@Nullable Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  static void closeQuietly(@Nullable Connection connection) {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException ignored) {
      // Nothing was left to be saved on it.
    }
  }
}
