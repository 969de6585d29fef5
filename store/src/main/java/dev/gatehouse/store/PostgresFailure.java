package dev.gatehouse.store;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failure means for the transaction it happened in (PostgreSQL, Appendix A). */
enum PostgresFailure {
  /** Other transactions were in the way; rolled back, worth another attempt. */
  CONFLICT,
  /** The connection is gone, or the server ends it; worth another attempt. */
  UNREACHABLE,
  /** A write met a server that is no longer the primary; worth another attempt elsewhere. */
  READ_ONLY,
  /** The statement is at fault, or the failure is none of the database's. */
  OTHER;

  static PostgresFailure of(Throwable failure) {
    Optional<SQLException> cause = Engine.sqlCause(failure);
    if (cause.isEmpty()) {
      return OTHER;
    }
    @Nullable String state = cause.get().getSQLState();
    if (state == null) {
      // Drivers and the pool give no state when there is no server to tell one.
      return UNREACHABLE;
    }
    return switch (state) {
      // statement_completion_unknown: of class 40, but not known to be rolled back.
      case "40003" -> UNREACHABLE;
      // admin_shutdown, crash_shutdown, cannot_connect_now
      case "57P01", "57P02", "57P03" -> UNREACHABLE;
      // read_only_sql_transaction
      case "25006" -> READ_ONLY;
      // too_many_connections
      case "53300" -> UNREACHABLE;
      default -> state.startsWith("40") ? CONFLICT : state.startsWith("08") ? UNREACHABLE : OTHER;
    };
  }
}
