package dev.gatehouse.store;

import dev.gatehouse.kernel.Clock;
import java.time.Duration;
import java.time.Instant;

/** What has to be done once a day, by any node. */
public final class StoreMaintenance {
  /** A commit of unknown outcome is looked up within seconds; a day is beyond any doubt. */
  private static final Duration APPLIED_KEPT = Duration.ofDays(1);

  private static final int AT_ONCE = 500;

  private StoreMaintenance() {}

  /** Deletes operation ids and configuration changes that nobody will look up any more. */
  public static void sweep(Database database, Clock clock) {
    Instant before = clock.now().minus(APPLIED_KEPT);
    String firstKept = OperationIds.firstOf(before);
    int deleted;
    do {
      deleted =
          database.write(handle ->
              handle.execute(
                  "DELETE FROM applied WHERE op_id IN (SELECT op_id FROM applied"
                      + " WHERE op_id < ? ORDER BY op_id LIMIT ?)",
                  firstKept,
                  AT_ONCE));
    } while (deleted == AT_ONCE);
    database.write(handle -> {
      ConfigChanges.sweep(handle);
      return 0;
    });
  }
}
