package dev.gatehouse.userpool.imports;

import dev.gatehouse.userpool.directory.LoginNames.Kind;
import dev.gatehouse.userpool.directory.NewUsers.Claim;
import dev.gatehouse.userpool.directory.NewUsers.NewUser;
import dev.gatehouse.userpool.directory.NewUsers.Taken;
import dev.gatehouse.userpool.imports.ImportJob.Counts;
import dev.gatehouse.userpool.pool.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are written in one transaction. Each is judged by itself: a name that somebody has
 * costs its row alone, whether that one is in the database or in an earlier row.
 */
final class ImportBatch {
  private final Pool pool;
  private final List<Row> rows = new ArrayList<>();

  /** Names of rows, by the row's place, that were found taken in the database. */
  private final Map<Integer, Kind> taken = new HashMap<>();

  ImportBatch(Pool pool) {
    this.pool = pool;
  }

  /**
   * @param user null for a row that is broken
   * @param problem of a broken row
   */
  private record Row(long line, @Nullable NewUser user, @Nullable String problem) {}

  /** What becomes of a row. */
  sealed interface Fate {
    record Imported() implements Fate {}

    record Skipped() implements Fate {}

    record Failed(String problem) implements Fate {}
  }

  void add(long line, NewUser user) {
    rows.add(new Row(line, user, null));
  }

  void addBroken(long line, String problem) {
    rows.add(new Row(line, null, problem));
  }

  Pool pool() {
    return pool;
  }

  int size() {
    return rows.size();
  }

  /**
   * What is to be written, and what becomes of all rows when it is.
   *
   * @param places of the users in the batch
   */
  record Plan(List<NewUser> users, List<Integer> places, List<Fate> fates, Counts counts) {}

  /** Goes through the rows in order: of two that claim one name the first has it. */
  Plan plan() {
    List<NewUser> users = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    List<Fate> fates = new ArrayList<>();
    Set<Claim> claimed = new HashSet<>();
    int skipped = 0;
    int failed = 0;
    for (int i = 0; i < rows.size(); i++) {
      Fate fate = fate(i, claimed);
      fates.add(fate);
      NewUser user = rows.get(i).user();
      switch (fate) {
        case Fate.Imported ignored -> {
          if (user != null) {
            users.add(user);
            places.add(i);
            claimed.addAll(user.claims());
          }
        }
        case Fate.Skipped ignored -> skipped++;
        case Fate.Failed ignored -> failed++;
      }
    }
    return new Plan(users, places, fates, new Counts(users.size(), skipped, failed));
  }

  private Fate fate(int place, Set<Claim> claimed) {
    Row row = rows.get(place);
    if (row.user() == null) {
      return new Fate.Failed(String.valueOf(row.problem()));
    }
    Kind kind = taken.get(place);
    if (kind == null) {
      kind =
          row.user().claims().stream()
              .filter(claimed::contains)
              .map(Claim::kind)
              .min(Kind::compareTo)
              .orElse(null);
    }
    return kind == null ? new Fate.Imported() : ofTaken(kind);
  }

  /** A username that is taken is a user who is there already; an alias is somebody else's. */
  private Fate ofTaken(Kind kind) {
    return switch (kind) {
      case USERNAME -> new Fate.Skipped();
      case EMAIL -> ofAttribute("email");
      case PHONE_NUMBER -> ofAttribute("phone_number");
      case PREFERRED_USERNAME -> ofAttribute("preferred_username");
    };
  }

  private Fate ofAttribute(String name) {
    return pool.usernameAttributes().contains(name)
        ? new Fate.Skipped()
        : new Fate.Failed("An account with the given " + name + " already exists.");
  }

  /** Remembers what the database said of a plan's users. */
  void learn(Plan plan, List<Taken> names) {
    for (Taken name : names) {
      taken.merge(
          plan.places().get(name.user()),
          name.kind(),
          (one, other) -> one.compareTo(other) < 0 ? one : other);
    }
  }

  /** Tells the log what became of the rows. */
  void tell(Plan plan, ImportLog log) {
    for (int i = 0; i < rows.size(); i++) {
      long line = rows.get(i).line();
      switch (plan.fates().get(i)) {
        case Fate.Imported ignored -> log.succeeded(line);
        case Fate.Skipped ignored -> log.skipped(line);
        case Fate.Failed(String problem) -> log.failed(line, problem);
      }
    }
  }
}
