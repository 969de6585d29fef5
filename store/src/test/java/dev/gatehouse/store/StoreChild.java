package dev.gatehouse.store;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.WallClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The other process of tests that need one. */
final class StoreChild {
  /** What it ends with in the middle of a change. */
  static final int HALTED = 77;

  private static final int CLIENTS = 8;

  private StoreChild() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    StoreContext context = StoreContext.of(WallClock.system()::now, Meter.none());
    try {
      Database database = Databases.openSqlite(folder, StoreConfig.defaults(), context);
      if (arguments[0].equals("load")) {
        load(database, Integer.parseInt(arguments[2]));
      } else if (arguments[0].equals("rotate")) {
        rotate(database, folder, context.clock());
      }
    } catch (StartRefusedException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }

  /** Dies in the middle of changing the master key. */
  private static void rotate(Database database, Path folder, Clock clock) {
    Ids ids = new Ids(new SecureRandom());
    MasterKeyFile file = MasterKeyFile.in(folder);
    Vault vault = Vault.open(database, file.open(), ids, clock, null);
    file.rotate(vault, MasterKey.random(ids), done -> Runtime.getRuntime().halt(HALTED));
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
