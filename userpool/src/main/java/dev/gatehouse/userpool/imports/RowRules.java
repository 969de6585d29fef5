package dev.gatehouse.userpool.imports;

import dev.gatehouse.crypto.ImportedHash;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.UserPoolMfaType;
import dev.gatehouse.userpool.UserPoolWords;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.Credential;
import dev.gatehouse.userpool.directory.NewUsername;
import dev.gatehouse.userpool.directory.NewUsers.NewUser;
import dev.gatehouse.userpool.directory.SignInNames;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes users of rows (metering-backup.md §3), and says what is wrong with those that are none, for
 * the log: in words that hold nothing of the row.
 */
final class RowRules {
  private static final int LONGEST_USERNAME = 128;
  private static final Pattern DATE = Pattern.compile("([0-9]{2})/([0-9]{2})/([0-9]{4})");
  private static final Pattern EPOCH_SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final UserPoolWords WORDS = new UserPoolWords();

  private final Pool pool;
  private final CsvHeader header;
  private final @Nullable ImportedHash algorithm;
  private final Ids ids;
  private final List<String> attributeColumns;
  private final Set<String> autoVerified;

  RowRules(Pool pool, CsvHeader header, @Nullable ImportedHash algorithm, Ids ids) {
    this.pool = pool;
    this.header = header;
    this.algorithm = algorithm;
    this.ids = ids;
    this.attributeColumns =
        CsvHeader.names(pool).stream()
            .filter(name -> !name.equals(CsvHeader.USERNAME) && !name.equals(CsvHeader.MFA_ENABLED))
            .toList();
    this.autoVerified = pool.autoVerifiedAttributes();
  }

  /** A row that no user can be made of. */
  static final class BrokenRowException extends Exception {
    private static final long serialVersionUID = 1;

    private final String problem;

    BrokenRowException(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }

  /** The user of a row: everything is made here, before the write. */
  NewUser user(List<String> row, Instant now) throws BrokenRowException {
    // 1. as many cells as the header
    if (row.size() != header.columns().size()) {
      throw new BrokenRowException(
          "The row has "
              + row.size()
              + " columns, the header "
              + header.columns().size()
              + ". A comma inside a value is written \\, and there is no quoting.");
    }
    // 2. the cells that are no attributes
    String username = username(row);
    checkMfa(header.cell(row, CsvHeader.MFA_ENABLED));
    String hash = hash(row);
    // 3. the attributes
    Map<String, String> given = attributes(row);
    checkDates(given);
    try {
      // 4. what every new user has to keep to
      String sub = ids.uuid();
      NewUsername name = NewUsername.of(pool, username, sub, given);
      checkAddresses(given, name.attributes());
      Map<String, String> attributes = AttributeRules.ofNewUser(pool, name.attributes());
      AttributeRules.checkRequired(pool, attributes);
      User user =
          User.ofNew(
              pool.id(),
              sub,
              name.username(),
              hash.isEmpty() ? UserStatus.RESET_REQUIRED : UserStatus.CONFIRMED,
              attributes,
              now);
      return new NewUser(
          UserRow.of(user),
          List.copyOf(SignInNames.claims(pool, user)),
          hash.isEmpty() ? null : Credential.imported(hash, now));
    } catch (Refusal refusal) {
      throw new BrokenRowException(
          WORDS.words(refusal.reason(), CognitoIdpOperations.ADMIN_CREATE_USER).message());
    }
  }

  private String username(List<String> row) throws BrokenRowException {
    String username = header.cell(row, CsvHeader.USERNAME);
    if (username.isEmpty()) {
      throw new BrokenRowException("The User Record has no value for cognito:username.");
    }
    if (username.length() > LONGEST_USERNAME) {
      throw new BrokenRowException("The username has more than 128 characters.");
    }
    if (username
        .codePoints()
        .anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c))) {
      throw new BrokenRowException("The username contains spaces or tabs.");
    }
    if (!username.codePoints().allMatch(RowRules::mayStandInUsername)) {
      throw new BrokenRowException("The username contains a character that is not allowed.");
    }
    return username;
  }

  /** {@code [\p{L}\p{M}\p{S}\p{N}\p{P}]} of the API's UsernameType. */
  private static boolean mayStandInUsername(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** True where MFA is required, false where it is off, either where it is optional. */
  private void checkMfa(String cell) throws BrokenRowException {
    if (cell.isEmpty()) {
      return;
    }
    boolean enabled = flag(CsvHeader.MFA_ENABLED, cell).equals("true");
    UserPoolMfaType mfa = pool.settings().mfaConfiguration();
    if (UserPoolMfaType.ON.equals(mfa) && !enabled) {
      throw new BrokenRowException(
          "MFA is required in the user pool: cognito:mfa_enabled has to be true.");
    }
    if ((mfa == null || UserPoolMfaType.OFF.equals(mfa)) && enabled) {
      throw new BrokenRowException(
          "MFA is off in the user pool: cognito:mfa_enabled has to be false.");
    }
  }

  private static String flag(String column, String cell) throws BrokenRowException {
    String flag = cell.toLowerCase(Locale.ROOT);
    if (!flag.equals("true") && !flag.equals("false")) {
      throw new BrokenRowException("The value of " + column + " is neither true nor false.");
    }
    return flag;
  }

  private String hash(List<String> row) throws BrokenRowException {
    String hash = header.cell(row, CsvHeader.PASSWORD_HASH);
    if (algorithm == null || hash.isEmpty()) {
      return "";
    }
    return switch (algorithm.judge(hash)) {
      case GOOD -> hash;
      case MALFORMED ->
          throw new BrokenRowException("The password hash is no hash of " + algorithm + ".");
      case TOO_COSTLY ->
          throw new BrokenRowException("The password hash costs more than is allowed.");
    };
  }

  private Map<String, String> attributes(List<String> row) throws BrokenRowException {
    Map<String, String> given = new LinkedHashMap<>();
    for (String name : attributeColumns) {
      String value = header.cell(row, name);
      if (!value.isEmpty()) {
        given.put(name, Schema.VERIFIED_FLAGS.contains(name) ? flag(name, value) : value);
      }
    }
    return given;
  }

  /**
   * An address that the pool verifies by itself is there and said to be verified; so is each that
   * is said to be. An address that is the username stands in both columns alike, or in one alone.
   */
  private void checkAddresses(Map<String, String> given, Map<String, String> attributes)
      throws BrokenRowException {
    boolean any =
        autoVerified.stream().anyMatch(name -> "true".equals(given.get(name + "_verified")));
    if (!any) {
      throw new BrokenRowException(
          "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).");
    }
    for (String address : Schema.ADDRESSES) {
      String value = attributes.get(address);
      if ("true".equals(given.get(address + "_verified")) && value == null) {
        throw new BrokenRowException(
            "The User Record sets " + address + "_verified to true and has no " + address + ".");
      }
      if (given.containsKey(address) && !given.get(address).equals(value)) {
        throw new BrokenRowException("The username is another " + address + " than the attribute.");
      }
    }
  }

  private static void checkDates(Map<String, String> given) throws BrokenRowException {
    String birthdate = given.get("birthdate");
    if (birthdate != null && !isDate(birthdate)) {
      throw new BrokenRowException("The value of birthdate is no date of the form mm/dd/yyyy.");
    }
    String updated = given.get("updated_at");
    if (updated != null && !EPOCH_SECONDS.matcher(updated).matches()) {
      throw new BrokenRowException("The value of updated_at is not in seconds since 1970.");
    }
  }

  private static boolean isDate(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      return false;
    }
    try {
      LocalDate.of(
          Integer.parseInt(date.group(3)),
          Integer.parseInt(date.group(1)),
          Integer.parseInt(date.group(2)));
      return true;
    } catch (DateTimeException noSuchDay) {
      return false;
    }
  }
}
