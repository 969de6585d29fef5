package dev.gatehouse.userpool.imports;

import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.SchemaAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a pool's import files, and which of them stands where in one file.
 *
 * @param columns by name, the place in a row
 */
record CsvHeader(Map<String, Integer> columns) {
  static final String USERNAME = "cognito:username";
  static final String MFA_ENABLED = "cognito:mfa_enabled";
  static final String PASSWORD_HASH = "password_hash";

  /** The order of GetCSVHeader (userpool.md §20). */
  private static final List<String> STANDARD =
      List.of(
          "name",
          "given_name",
          "family_name",
          "middle_name",
          "nickname",
          "preferred_username",
          "profile",
          "picture",
          "website",
          "email",
          "email_verified",
          "gender",
          "birthdate",
          "zoneinfo",
          "locale",
          "phone_number",
          "phone_number_verified",
          "address",
          "updated_at");

  /** A header that does not fit. */
  static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1;

    private final String problem;

    UnfitException(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }

  /** The columns that a file of the pool must have. */
  static List<String> names(Pool pool) {
    List<String> names = new ArrayList<>(STANDARD);
    pool.schema().attributes().stream()
        .map(SchemaAttribute::name)
        .filter(name -> name.indexOf(':') >= 0)
        .forEach(names::add);
    names.add(MFA_ENABLED);
    names.add(USERNAME);
    return names;
  }

  /**
   * Reads a file's first row: all the pool's columns in any order, {@code password_hash} where the
   * job has an algorithm, and nothing else.
   */
  static CsvHeader read(Pool pool, ImportJob.Document job, List<String> cells)
      throws UnfitException {
    Set<String> missing = new HashSet<>(names(pool));
    if (job.algorithm() != null) {
      missing.add(PASSWORD_HASH);
    }
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < cells.size(); i++) {
      if (i == 0 && cells.getFirst().startsWith("\uFEFF")) {
        throw new UnfitException("The file begins with a byte order mark.");
      }
      if (columns.put(cells.get(i), i) != null) {
        throw new UnfitException(
            "The header has a column twice, the second one is column " + (i + 1) + ".");
      }
      if (!missing.remove(cells.get(i))) {
        throw new UnfitException(
            "The header has a column that is no attribute of the user pool: column "
                + (i + 1)
                + ".");
      }
    }
    if (!missing.isEmpty()) {
      throw new UnfitException(
          "The header misses the column "
              + missing.stream().sorted().findFirst().orElseThrow()
              + ".");
    }
    return new CsvHeader(columns);
  }

  String cell(List<String> row, String column) {
    Integer place = columns.get(column);
    return place == null ? "" : row.get(place);
  }
}
