package dev.gatehouse.userpool.directory;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Table {@code code}: at most one open code for a user and purpose, known only by its keyed hash.
 */
public final class CodeStore {
  /** What a code is for, and so how long it lives (users.md §6). */
  public enum Purpose {
    SIGN_UP(24),
    RESET_PASSWORD(1),
    VERIFY_EMAIL(24),
    VERIFY_PHONE_NUMBER(24),
    /** A code of a sign-in; lives as long as its session, which holds it. */
    SIGN_IN(1);

    private final int hours;

    Purpose(int hours) {
      this.hours = hours;
    }

    public int hours() {
      return hours;
    }

    /** The purpose of a code that verifies {@code email} or {@code phone_number}. */
    public static Purpose verifying(String attribute) {
      return attribute.equals("email") ? VERIFY_EMAIL : VERIFY_PHONE_NUMBER;
    }
  }

  /**
   * An open code.
   *
   * @param mac keyed hash of pool, sub, purpose, target and code
   * @param attribute {@code email} or {@code phone_number}
   * @param address the value of that attribute which the code went to
   */
  public record OpenCode(
      Purpose purpose, byte[] mac, String attribute, String address, Instant expires) {
    public OpenCode {
      mac = mac.clone();
    }

    /** The text that the keyed hash covers beside the code. */
    public String target() {
      return target(attribute, address);
    }

    public static String target(String attribute, String address) {
      return attribute + "=" + address;
    }

    @Override
    public byte[] mac() {
      return mac.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof OpenCode code
          && purpose == code.purpose
          && Arrays.equals(mac, code.mac)
          && target().equals(code.target())
          && expires.equals(code.expires);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(mac);
    }
  }

  /** About as long as a sealed message. */
  private static final String UNSENT = ".".repeat(400);

  private CodeStore() {}

  public static Optional<OpenCode> find(Handle handle, String poolId, String sub, Purpose purpose) {
    return handle
        .createQuery(
            "SELECT mac, target, expires FROM code WHERE pool_id = :pool AND sub = :sub AND purpose = :purpose")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("purpose", purpose.name())
        .map((row, context) -> {
          String target = row.getString("target");
          int equals = target.indexOf('=');
          return new OpenCode(
              purpose,
              row.getBytes("mac"),
              target.substring(0, equals),
              target.substring(equals + 1),
              Instant.ofEpochMilli(row.getLong("expires")));
        })
        .findOne();
  }

  /** Opens a code; one that was open for the same purpose is void from now. */
  public static void put(Handle handle, String poolId, String sub, OpenCode code) {
    put(handle, poolId, sub, code.purpose().name(), code, code.target());
  }

  /**
   * Writes a row that nothing reads, in the place of the message that a user would have been sent:
   * the code of a name that nobody has must cost as many writes. It goes when the code expires.
   */
  public static void putUnsent(Handle handle, String poolId, String sub, OpenCode code) {
    put(handle, poolId, sub, "UNSENT", code, UNSENT);
  }

  private static void put(
      Handle handle, String poolId, String sub, String purpose, OpenCode code, String target) {
    handle
        .createUpdate(
            """
            INSERT INTO code (pool_id, sub, purpose, mac, target, expires) VALUES (:pool, :sub, :purpose, :mac, :target, :expires)
            ON CONFLICT (pool_id, sub, purpose) DO UPDATE SET mac = :mac, target = :target, expires = :expires
            """)
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("purpose", purpose)
        .bind("mac", code.mac())
        .bind("target", target)
        .bind("expires", code.expires().toEpochMilli())
        .execute();
  }

  /**
   * Uses the code up.
   *
   * @return false when another request has used or replaced it
   */
  public static boolean use(Handle handle, String poolId, String sub, OpenCode code) {
    return handle
            .createUpdate(
                "DELETE FROM code WHERE pool_id = :pool AND sub = :sub AND purpose = :purpose AND mac = :mac")
            .bind("pool", poolId)
            .bind("sub", sub)
            .bind("purpose", code.purpose().name())
            .bind("mac", code.mac())
            .execute()
        == 1;
  }

  /** Voids the user's code for the purpose, if there is one. */
  public static void cancel(Handle handle, String poolId, String sub, Purpose purpose) {
    handle
        .createUpdate(
            "DELETE FROM code WHERE pool_id = :pool AND sub = :sub AND purpose = :purpose")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("purpose", purpose.name())
        .execute();
  }

  /**
   * Voids the user's code for the purpose if it went to this address.
   *
   * @param attribute {@code email} or {@code phone_number}
   */
  static void cancelSentTo(
      Handle handle, String poolId, String sub, Purpose purpose, String attribute, String address) {
    handle
        .createUpdate(
            "DELETE FROM code WHERE pool_id = :pool AND sub = :sub AND purpose = :purpose AND target = :target")
        .bind("pool", poolId)
        .bind("sub", sub)
        .bind("purpose", purpose.name())
        .bind("target", OpenCode.target(attribute, address))
        .execute();
  }

  /** Takes away expired codes; at most {@code most} in one go. */
  public static int sweep(Handle handle, Instant now, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM code WHERE (pool_id, sub, purpose) IN (
              SELECT pool_id, sub, purpose FROM code WHERE expires < :now LIMIT :most)
            """)
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .execute();
  }
}
