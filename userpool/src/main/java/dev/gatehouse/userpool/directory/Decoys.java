package dev.gatehouse.userpool.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Arrays;
import java.util.List;

/**
 * What a name that nobody has answers with: the same each time, unlike for each pool and name, and
 * not to be told from a user's. All of it is keyed hashes under the pool's data key, which never
 * changes.
 */
public final class Decoys {
  private static final int SALT_BYTES = 16;

  /** As often as people's names begin so; every letter and digit is there, or it would tell. */
  private static final String LOCAL_INITIALS =
      "abcdefghijklmnopqrstuvwxyz".repeat(2)
          + "aabbccddeeffgghhjjkkllmmnnpprrsstt".repeat(3)
          + "0123456789";

  /** Most people's addresses are with a few providers, the others' anywhere. */
  private static final String DOMAIN_INITIALS =
      "ggggghhooyyi".repeat(6) + "abcdefghijklmnopqrstuvwxyz".repeat(2) + "0123456789";

  private final Vault vault;

  public Decoys(Vault vault) {
    this.vault = vault;
  }

  /** The sub that counters of this name are kept under. */
  public String sub(Pool pool, String name) {
    return Ids.uuidOf(derive(pool, "decoy-sub", pool.names().fold(name)));
  }

  /** USER_ID_FOR_SRP in the form that a user of this pool has (auth.md §4). */
  public String userIdForSrp(Pool pool, String name) {
    String folded = pool.names().fold(name);
    boolean typedIsAlias =
        pool.aliasAttributes().contains("email") && folded.indexOf('@') >= 0
            || pool.aliasAttributes().contains("phone_number") && Names.isPhoneNumber(folded);
    if (!pool.usernameAttributes().isEmpty() && Users.isSub(name)) {
      // the username of such a pool's user is the sub
      return name;
    }
    if (!pool.usernameAttributes().isEmpty() || typedIsAlias) {
      return Ids.uuidOf(derive(pool, "decoy-username", folded));
    }
    return folded;
  }

  public byte[] salt(Pool pool, String sub) {
    return Arrays.copyOf(derive(pool, "decoy-salt", sub), SALT_BYTES);
  }

  public SrpVerifier verifier(Pool pool, String sub) {
    return SrpVerifier.decoy(derive(pool, "decoy-verifier", sub));
  }

  /**
   * Where a simulated code goes: the name itself where it is an address, else one that is the same
   * each time. However the name is spelt, what folds alike has one address.
   *
   * @param channels the attributes that a code of this kind may go to, the preferred first
   */
  public Address address(Pool pool, String name, List<String> channels) {
    String folded = pool.names().fold(name);
    if (channels.contains("phone_number") && Names.isPhoneNumber(folded)) {
      return new Address("phone_number", folded);
    }
    if (channels.contains("email") && Names.isEmail(folded)) {
      return new Address("email", folded);
    }
    byte[] draw = derive(pool, "decoy-destination", folded);
    if (channel(pool, channels).equals("phone_number")) {
      int digits = (((draw[0] & 0xff) << 8) | (draw[1] & 0xff)) % 10_000;
      return new Address("phone_number", "+1555555" + "%04d".formatted(digits));
    }
    return new Address(
        "email", drawn(LOCAL_INITIALS, draw, 0) + "x@" + drawn(DOMAIN_INITIALS, draw, 2) + "x.com");
  }

  /**
   * Bytes that are the same each time for a name, however it is spelt.
   *
   * @param purpose what is drawn
   */
  public byte[] draw(Pool pool, String purpose, String name) {
    return derive(pool, purpose, pool.names().fold(name));
  }

  private static char drawn(String from, byte[] draw, int at) {
    return from.charAt((((draw[at] & 0xff) << 8) | (draw[at + 1] & 0xff)) % from.length());
  }

  /** What most users of the pool have verified: what it verifies by itself, else e-mail. */
  private static String channel(Pool pool, List<String> channels) {
    return channels.stream()
        .filter(pool.autoVerifiedAttributes()::contains)
        .findFirst()
        .orElse(channels.contains("email") ? "email" : "phone_number");
  }

  private byte[] derive(Pool pool, String purpose, String value) {
    return vault.mac(pool.id(), purpose, value.getBytes(UTF_8));
  }
}
