package dev.gatehouse.triggers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose connections the Runtime API takes. Its port is open to everybody on the machine, and who
 * asks first for the next invocation gets it, with the user's attributes and perhaps a password. So
 * the user who owns a connection has to be one that runs the function: the kernel's table of
 * connections says who that is. Where there is no such table (not on Linux) nothing is checked.
 */
final class ConnectionOwners {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionOwners.class);
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int OWNER = 7;

  private ConnectionOwners() {}

  /**
   * Whether a connection belongs to a user that runs the process or one of its children.
   *
   * @param theirs the connection's port on their side
   * @param ours its port on ours
   */
  static boolean isOf(ProcessHandle process, int theirs, int ours) {
    OptionalLong owner = owner(suffix(theirs), suffix(ours));
    if (owner.isEmpty()) {
      return !Files.exists(TABLES.getFirst());
    }
    Set<Long> users = new HashSet<>();
    try (Stream<ProcessHandle> children = process.descendants()) {
      Stream.concat(Stream.of(ProcessHandle.current(), process), children)
          .forEach(running -> user(running.pid()).ifPresent(users::add));
    }
    return users.contains(owner.getAsLong());
  }

  private static String suffix(int port) {
    return ":" + "%04x".formatted(port).toUpperCase(Locale.ROOT);
  }

  private static OptionalLong owner(String theirs, String ours) {
    for (Path table : TABLES) {
      try (Stream<String> rows = Files.lines(table)) {
        OptionalLong owner =
            rows.map(row -> row.strip().split("\\s+"))
                .filter(row ->
                    row.length > OWNER && row[LOCAL].endsWith(theirs) && row[REMOTE].endsWith(ours))
                .mapToLong(row -> Long.parseLong(row[OWNER]))
                .findFirst();
        if (owner.isPresent()) {
          return owner;
        }
      } catch (IOException | RuntimeException unreadable) {
        LOG.debug("{} cannot be read", table, unreadable);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong user(long pid) {
    try {
      return Files.getAttribute(Path.of("/proc", Long.toString(pid)), "unix:uid")
              instanceof Integer uid
          ? OptionalLong.of(uid)
          : OptionalLong.empty();
    } catch (IOException | UnsupportedOperationException gone) {
      return OptionalLong.empty();
    }
  }
}
