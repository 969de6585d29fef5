package dev.gatehouse.userpool.directory;

import dev.gatehouse.store.StripedCounter;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import org.jdbi.v3.core.Handle;

/**
 * A user's row together with its names, searchable values and the pool's count; each inside a
 * write.
 */
public final class Directory {
  /** How many users a pool has. */
  public static final StripedCounter USERS = new StripedCounter("users");

  private Directory() {}

  /**
   * @throws dev.gatehouse.kernel.Refusal USERNAME_EXISTS, ALIAS_EXISTS
   */
  public static void insert(Handle handle, Pool pool, UserRow row) {
    SignInNames.bring(handle, pool, null, row.user());
    UserStore.insert(handle, row);
    USERS.add(handle, pool.id(), row.user().sub(), 1);
  }

  /**
   * Whoever still reads an address that is no longer the user's must not set the password: with the
   * address goes the code that went to it.
   *
   * @param before the state that {@code after} was made from
   * @return false when the user has changed since
   * @throws dev.gatehouse.kernel.Refusal ALIAS_EXISTS
   */
  public static boolean update(Handle handle, Pool pool, User before, UserRow after) {
    if (!UserStore.update(handle, after)) {
      return false;
    }
    SignInNames.bring(handle, pool, before, after.user());
    for (String attribute : Schema.ADDRESSES) {
      String address = before.attribute(attribute);
      if (address != null
          && before.verified(attribute)
          && !after.user().hasVerified(attribute, address)) {
        CodeStore.cancelSentTo(
            handle, pool.id(), before.sub(), Purpose.RESET_PASSWORD, attribute, address);
      }
    }
    return true;
  }

  /**
   * @return false when the user is gone
   */
  public static boolean delete(Handle handle, User user) {
    if (!UserStore.delete(handle, user.poolId(), user.sub())) {
      return false;
    }
    USERS.add(handle, user.poolId(), user.sub(), -1);
    return true;
  }
}
