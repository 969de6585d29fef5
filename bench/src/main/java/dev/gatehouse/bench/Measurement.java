package dev.gatehouse.bench;

/** The measurements by name. */
enum Measurement {
  SIGN_UP("sign-up", "SignUp: a hash, a verifier, one transaction"),
  PASSWORD_SIGN_IN("password-sign-in", "USER_PASSWORD_AUTH, against hash + two signatures"),
  SRP_SIGN_IN("srp-sign-in", "USER_SRP_AUTH, both rounds, against its unavoidable arithmetic"),
  REFRESH("refresh", "REFRESH_TOKEN_AUTH, against two signatures"),
  GET_USER("get-user", "GetUser"),
  LIST_USERS("list-users", "a page of 60 of ListUsers at 10,000 users"),
  GROWTH(
      "growth",
      "sign-in and AdminGetUser by alias, a page of ListUsers and one with a filter,"
          + " at 1,000 and at 1,000,000 users (--users)"),
  EXISTENCE("existence", "10,000 latencies each of users and of names that nobody has"),
  IMPORT("import", "500,000 users from a CSV file (fewer with --users), and the memory that takes"),
  STORE_WRITES("store-writes", "SignUp's transactions without its arithmetic, 16 clients"),
  IDLE_MEMORY("idle-memory", "VmRSS 10 s after Ready and 60 s after 1,000 sign-ins"),
  START_TIME("start-time", "from the launcher to Ready, on a data folder that is there"),
  PRICE_LIST("price-list", "statements, hashes, exponentiations and signatures of one operation"),
  JMH("jmh", "JMH: SRP verify, token issue, Argon2id, SigV4 verify, JSON pipeline"),
  ALL("all", "everything but jmh, one after the other");

  private final String text;
  private final String about;

  Measurement(String text, String about) {
    this.text = text;
    this.about = about;
  }

  String text() {
    return text;
  }

  String about() {
    return about;
  }

  static Measurement of(String name) {
    for (Measurement measurement : values()) {
      if (measurement.text.equals(name)) {
        return measurement;
      }
    }
    throw new IllegalArgumentException(
        "There is no measurement " + name + "; ./gatehouse bench lists them.");
  }
}
