package dev.gatehouse.userpool.directory;

/**
 * Where a code went, as an answer may show it.
 *
 * @param medium {@code EMAIL} or {@code SMS}
 * @param attribute {@code email} or {@code phone_number}
 * @param masked the address with all but a few characters starred
 */
public record Destination(Medium medium, String attribute, String masked) {
  /** How a message travels. */
  public enum Medium {
    EMAIL("email"),
    SMS("phone_number");

    private final String attribute;

    Medium(String attribute) {
      this.attribute = attribute;
    }

    /** The attribute that holds the address. */
    public String attribute() {
      return attribute;
    }

    public static Medium of(String attribute) {
      return attribute.equals("email") ? EMAIL : SMS;
    }
  }

  public static Destination of(Medium medium, String address) {
    return new Destination(
        medium,
        medium.attribute(),
        medium == Medium.EMAIL ? maskEmail(address) : maskPhone(address));
  }

  /**
   * {@code t***@t***}: first character of local part and domain, three stars each (protocol.md §5).
   */
  static String maskEmail(String email) {
    int at = email.indexOf('@');
    if (at < 1 || at == email.length() - 1) {
      return "***@***";
    }
    int domainFirst = at + 1;
    return email.substring(0, email.offsetByCodePoints(0, 1))
        + "***@"
        + email.substring(domainFirst, email.offsetByCodePoints(domainFirst, 1))
        + "***";
  }

  /**
   * {@code +*******1234}: seven stars and the last four digits (protocol.md §5), however long the
   * number is: its length would tell a user's from the one that is made up for nobody.
   */
  static String maskPhone(String phone) {
    return "+*******" + phone.substring(Math.max(1, phone.length() - 4));
  }
}
