package dev.gatehouse.userpool.directory;

import dev.gatehouse.kernel.AuditNote;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptStore.Guess;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Finds users by any of the names they may be called by: username, sub, verified alias, e-mail or
 * phone username. Whom it finds stands in the call's audit line.
 */
public final class Users {
  private static final Pattern SUB =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Decoys decoys;

  public Users(Decoys decoys) {
    this.decoys = decoys;
  }

  /**
   * The sub that a name may stand for: the user who has it as sub, else a sign-in name's owner,
   * else the name itself when it has a sub's form. One statement.
   *
   * <p>The sub comes first, as applications keep it and administrators call by it: no name that
   * anybody chooses may stand before it. {@link SignInNames#bring} also refuses such names.
   */
  public static Optional<String> sub(Handle handle, Pool pool, String name) {
    String folded = pool.names().fold(name);
    return isSub(name)
        ? LoginNames.findBySub(handle, pool.id(), name, folded).or(() -> Optional.of(name))
        : LoginNames.find(handle, pool.id(), folded);
  }

  /** Whether the text has a sub's form. */
  static boolean isSub(String name) {
    return SUB.matcher(name).matches();
  }

  /** Three statements, whether the user exists or not. */
  public Subject subject(Handle handle, Pool pool, String name) {
    String sub = sub(handle, pool, name).orElseGet(() -> decoys.sub(pool, name));
    return subjectOf(handle, pool, sub, name);
  }

  /** The subject of a sub or decoy sub that a flow remembers. Two statements. */
  public Subject subjectOf(Handle handle, Pool pool, String sub, String name) {
    Optional<Account> account = UserStore.account(handle, pool.id(), sub);
    account.ifPresent(found -> AuditNote.user(found.user().sub()));
    var lockedUntil = AttemptStore.lockedUntil(handle, pool.id(), sub, Guess.PASSWORD);
    return account
        .<Subject>map(found -> new Subject.Known(found, lockedUntil))
        .orElseGet(() -> new Subject.Unknown(name, sub, lockedUntil));
  }

  /**
   * The user whom an administrator names.
   *
   * @throws dev.gatehouse.kernel.Refusal USER_UNKNOWN
   */
  public static User require(Handle handle, Pool pool, String name) {
    User user =
        sub(handle, pool, name)
            .flatMap(sub -> UserStore.find(handle, pool.id(), sub))
            .orElseThrow(() -> Why.USER_UNKNOWN.refusal());
    AuditNote.user(user.sub());
    return user;
  }

  /**
   * The user whom an administrator names, with the password.
   *
   * @throws dev.gatehouse.kernel.Refusal USER_UNKNOWN
   */
  public static Account requireAccount(Handle handle, Pool pool, String name) {
    Account account =
        sub(handle, pool, name)
            .flatMap(sub -> UserStore.account(handle, pool.id(), sub))
            .orElseThrow(() -> Why.USER_UNKNOWN.refusal());
    AuditNote.user(account.user().sub());
    return account;
  }
}
