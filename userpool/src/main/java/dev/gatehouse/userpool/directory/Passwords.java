package dev.gatehouse.userpool.directory;

import dev.gatehouse.crypto.HashQueueFullException;
import dev.gatehouse.crypto.PasswordHasher;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.crypto.SrpVerifier;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.pool.Pool;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes, checks and compares passwords. A new one costs one hash and one power of g; a comparison
 * one hash, whoever it is for.
 */
public final class Passwords {
  private static final int SALT_BYTES = 16;

  private final PasswordHasher hasher;
  private final Srp6a srp;
  private final Vault vault;
  private final Database database;
  private final Clock clock;
  private final Ids ids;
  private final String unmatchable;

  public Passwords(
      PasswordHasher hasher, Srp6a srp, Vault vault, Database database, Clock clock, Ids ids) {
    this.hasher = hasher;
    this.srp = srp;
    this.vault = vault;
    this.database = database;
    this.clock = clock;
    this.ids = ids;
    // a hash of a random text, made once: nobody's password, of the parameters in force
    this.unmatchable = hasher.hash(Secret.of(ids.bytes(32)));
  }

  /**
   * Both forms of a password for the user; to be called before {@code Database.write}.
   *
   * @param username the stored username: SRP binds the verifier to it
   */
  public Credential make(Pool pool, String sub, String username, Secret password) {
    byte[] salt = ids.bytes(SALT_BYTES);
    SrpVerifier verifier = srp.verifier(SrpIdentity.ofUser(pool.id(), username), salt, password);
    return new Credential(
        hasher.hash(password),
        salt,
        vault.seal(verifierPlace(pool.id(), sub), verifier.bytes().bytes()),
        clock.now());
  }

  /** The user's SRP verifier, for a credential that has one. */
  public SrpVerifier verifier(String poolId, String sub, Credential credential) {
    return SrpVerifier.of(
        Secret.of(vault.open(verifierPlace(poolId, sub), credential.sealedVerifier())));
  }

  /** Where a user's verifier is sealed for. */
  public static Place verifierPlace(String poolId, String sub) {
    return new Place("credential", poolId, sub, "verifier");
  }

  /** Whether the password is the user's; null (nobody's) takes as long and is never right. */
  public boolean matches(@Nullable Credential credential, Secret password) {
    return hasher.verify(password, credential == null ? unmatchable : credential.hash())
        && credential != null;
  }

  /**
   * Makes the house's own hash and the SRP verifier of an imported password, once it was shown and
   * {@linkplain #matches found right}: a hash and a power of g more than the sign-in costs
   * otherwise. Where too many wait for a hash it is left to the next sign-in.
   */
  public void adopt(Pool pool, Account account, Secret password) {
    User user = account.user();
    Credential imported = account.credential();
    if (imported == null || imported.hasVerifier()) {
      return;
    }
    Credential made;
    try {
      made = make(pool, user.sub(), user.username(), password);
    } catch (HashQueueFullException later) {
      return;
    }
    database.write(handle -> {
      UserStore.adopt(handle, pool.id(), user.sub(), imported, made);
      return made;
    });
  }

  /**
   * Holds a new password against the pool's policy.
   *
   * @throws dev.gatehouse.kernel.Refusal PASSWORD_POLICY with the first broken rule
   */
  public void checkPolicy(Pool pool, Secret password) {
    pool.passwordRules()
        .broken(password)
        .ifPresent(rule -> {
          throw Why.PASSWORD_POLICY.refusal(rule);
        });
  }

  /**
   * Holds a new password against those that may not be used again: the present one and the last n−1
   * (userpool.md §5). Costs a hash for each.
   *
   * @throws dev.gatehouse.kernel.Refusal PASSWORD_HISTORY
   */
  public void checkHistory(Pool pool, String sub, @Nullable Credential present, Secret password) {
    int size = pool.passwordRules().history();
    if (size == 0 || present == null) {
      return;
    }
    List<String> earlier =
        size == 1
            ? List.of()
            : database.read(handle -> UserStore.passwordHistory(handle, pool.id(), sub, size - 1));
    boolean used = hasher.verify(password, present.hash());
    for (String hash : earlier) {
      used |= hasher.verify(password, hash);
    }
    if (used) {
      throw Why.PASSWORD_HISTORY.refusal();
    }
  }
}
