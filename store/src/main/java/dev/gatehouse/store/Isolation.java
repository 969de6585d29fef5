package dev.gatehouse.store;

/** The isolation of PostgreSQL's transactions. Everything is right under either. */
public enum Isolation {
  /** The default: fewer retries. */
  READ_COMMITTED("TRANSACTION_READ_COMMITTED"),
  /** What some distributed engines offer as their strongest, and one third of the tests run on. */
  SERIALIZABLE("TRANSACTION_SERIALIZABLE");

  private final String jdbcName;

  Isolation(String jdbcName) {
    this.jdbcName = jdbcName;
  }

  String jdbcName() {
    return jdbcName;
  }
}
