package dev.gatehouse.store;

/**
 * Where a sealed value lives. It is bound to the value, so that a row copied to another user, pool
 * or column does not open there.
 *
 * @param poolId the pool, {@code ""} for what belongs to the server itself
 * @param rowKey the rest of the row's primary key
 */
public record Place(String table, String poolId, String rowKey, String column) {
  @Override
  public String toString() {
    // For the log: which kind of value, not whose.
    return table + "." + column;
  }
}
