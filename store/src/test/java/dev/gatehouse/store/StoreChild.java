package dev.gatehouse.store;

import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** The other process of tests that need one. */
final class StoreChild {
  private static final int CLIENTS = 8;

  private StoreChild() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    StoreContext context = StoreContext.of(WallClock.system()::now, Meter.none());
    try {
      Database database = Databases.openSqlite(folder, StoreConfig.defaults(), context);
      if (arguments[0].equals("load")) {
        load(database, Integer.parseInt(arguments[2]));
      }
    } catch (StartRefusedException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }

  /** Writes until it is killed, and prints the number of each row whose write was acknowledged. */
  private static void load(Database database, int first) {
    AtomicInteger next = new AtomicInteger(first);
    for (int client = 0; client < CLIENTS; client++) {
      Thread.ofPlatform()
          .start(() -> {
            while (true) {
              int row = next.getAndIncrement();
              database.<Integer>write(handle ->
                  handle.execute("INSERT INTO counter VALUES ('p', 'a', ?, 1)", row)
                      + handle.execute("INSERT INTO counter VALUES ('p', 'b', ?, 1)", row));
              synchronized (next) {
                System.out.println(row);
                System.out.flush();
              }
            }
          });
    }
  }
}
