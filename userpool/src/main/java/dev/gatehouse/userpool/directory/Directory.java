package dev.gatehouse.userpool.directory;

import dev.gatehouse.store.StripedCounter;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
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
   * @param before the state that {@code after} was made from
   * @return false when the user has changed since
   * @throws dev.gatehouse.kernel.Refusal ALIAS_EXISTS
   */
  public static boolean update(Handle handle, Pool pool, User before, UserRow after) {
    if (!UserStore.update(handle, after)) {
      return false;
    }
    SignInNames.bring(handle, pool, before, after.user());
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
