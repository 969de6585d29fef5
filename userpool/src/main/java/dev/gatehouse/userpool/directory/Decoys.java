package dev.gatehouse.userpool.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Arrays;

/**
 * What a name that nobody has answers with: the same each time, unlike for each pool and name, and
 * not to be told from a user's. All of it is keyed hashes under the pool's data key, which never
 * changes.
 */
public final class Decoys {
  private static final int SALT_BYTES = 16;

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
    boolean typedIsAlias =
        pool.aliasAttributes().contains("email") && name.indexOf('@') >= 0
            || pool.aliasAttributes().contains("phone_number") && Names.isPhoneNumber(name);
    if (!pool.usernameAttributes().isEmpty() || typedIsAlias) {
      return Ids.uuidOf(derive(pool, "decoy-username", pool.names().fold(name)));
    }
    return pool.names() == Names.CASE_SENSITIVE ? name : pool.names().fold(name);
  }

  public byte[] salt(Pool pool, String sub) {
    return Arrays.copyOf(derive(pool, "decoy-salt", sub), SALT_BYTES);
  }

  public SrpVerifier verifier(Pool pool, String sub) {
    return SrpVerifier.decoy(derive(pool, "decoy-verifier", sub));
  }

  /**
   * Where a simulated code went: an e-mail address when the pool has no reason to send an SMS,
   * masked like a real one.
   */
  public Destination destination(Pool pool, String name) {
    String folded = pool.names().fold(name);
    byte[] draw = derive(pool, "decoy-destination", folded);
    if (Names.isPhoneNumber(name)) {
      return Destination.of(Destination.Medium.SMS, name);
    }
    if (Names.isEmail(name)) {
      return Destination.of(Destination.Medium.EMAIL, name);
    }
    if (pool.autoVerifiedAttributes().contains("phone_number")) {
      int digits = (((draw[0] & 0xff) << 8) | (draw[1] & 0xff)) % 10_000;
      return Destination.of(Destination.Medium.SMS, "+1555555" + "%04d".formatted(digits));
    }
    String letters = "abcdefghijklmnoprstvw";
    char local = letters.charAt((draw[0] & 0xff) % letters.length());
    // most people's addresses are with a few providers
    char domain = "ggghhooyi".charAt((draw[1] & 0xff) % 9);
    return Destination.of(Destination.Medium.EMAIL, local + "x@" + domain + "x.com");
  }

  private byte[] derive(Pool pool, String purpose, String value) {
    return vault.mac(pool.id(), purpose, value.getBytes(UTF_8));
  }
}
