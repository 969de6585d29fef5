package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.directory.UserStore.Account;
import java.time.Instant;

/**
 * Whom a name belongs to: a user, or nobody. Nobody is a user that never succeeds: with a sub,
 * counters and a lock-out of its own, so that both cost the same and answer the same (design.md,
 * issue text on PreventUserExistenceErrors).
 */
public sealed interface Subject {
  /** The user's sub, or the decoy's. */
  String sub();

  /** Refused until then because of wrong passwords; the epoch when not. */
  Instant lockedUntil();

  /** A user of the pool. */
  record Known(Account account, Instant lockedUntil) implements Subject {
    @Override
    public String sub() {
      return account.user().sub();
    }
  }

  /**
   * A name that nobody has.
   *
   * @param name as it was typed
   */
  record Unknown(String name, String sub, Instant lockedUntil) implements Subject {}
}
