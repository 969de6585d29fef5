package dev.gatehouse.userpool.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.directory.CodeStore.OpenCode;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes and compares the codes that users receive. Known to the server by a keyed hash only. */
public final class Codes {
  private static final int DIGITS = 6;

  private final Vault vault;
  private final Clock clock;
  private final Ids ids;

  public Codes(Vault vault, Clock clock, Ids ids) {
    this.vault = vault;
    this.clock = clock;
    this.ids = ids;
  }

  /** A code that was just drawn: its row, and the digits for the message. */
  public record NewCode(OpenCode row, Secret digits) {}

  /**
   * Draws a code; to be called before {@code Database.write}.
   *
   * @param attribute {@code email} or {@code phone_number}
   * @param address where it goes, and what a right answer verifies
   */
  public NewCode draw(
      String poolId, String sub, Purpose purpose, String attribute, String address) {
    Secret digits = ids.code(DIGITS);
    byte[] mac = mac(poolId, sub, purpose, OpenCode.target(attribute, address), digits);
    return new NewCode(
        new OpenCode(
            purpose, mac, attribute, address, clock.now().plus(Duration.ofHours(purpose.hours()))),
        digits);
  }

  /**
   * Draws a code for a sign-in, which its session remembers and no table.
   *
   * @param length digits
   */
  public NewCode drawForSignIn(
      String poolId, String sub, String attribute, String address, int length, Instant expires) {
    Secret digits = ids.code(length);
    byte[] mac = mac(poolId, sub, Purpose.SIGN_IN, OpenCode.target(attribute, address), digits);
    return new NewCode(new OpenCode(Purpose.SIGN_IN, mac, attribute, address, expires), digits);
  }

  /** How a presented code compares with the open one. */
  public enum Verdict {
    RIGHT,
    WRONG,
    /** Expired, or none was requested. */
    EXPIRED
  }

  /**
   * Compares in constant time; without an open code a hash is made all the same.
   *
   * @param open null when there is none
   */
  public Verdict compare(
      String poolId, String sub, Purpose purpose, @Nullable OpenCode open, String presented) {
    String target = open == null ? "" : open.target();
    byte[] mac = mac(poolId, sub, purpose, target, Secret.of(presented));
    boolean equal = ConstantTime.equal(open == null ? new byte[mac.length] : open.mac(), mac);
    if (open == null || !open.expires().isAfter(clock.now())) {
      return Verdict.EXPIRED;
    }
    return equal ? Verdict.RIGHT : Verdict.WRONG;
  }

  private byte[] mac(String poolId, String sub, Purpose purpose, String target, Secret code) {
    return vault.mac(
        poolId,
        "code",
        sub.getBytes(UTF_8),
        purpose.name().getBytes(UTF_8),
        target.getBytes(UTF_8),
        code.bytes());
  }
}
