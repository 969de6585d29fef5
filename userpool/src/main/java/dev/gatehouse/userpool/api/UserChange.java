package dev.gatehouse.userpool.api;

import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Changes the row of a user whom an administrator names. */
final class UserChange {
  private final Database database;

  UserChange(Database database) {
    this.database = database;
  }

  /**
   * Loads, changes, and writes if the user is still the one that was loaded; begins again if not.
   *
   * @param change may refuse; runs outside the write
   * @param along what is written with it
   * @return the user as written
   * @throws dev.gatehouse.kernel.Refusal USER_UNKNOWN, CONCURRENT_CHANGE
   */
  User write(Pool pool, String name, UnaryOperator<User> change, BiConsumer<Handle, User> along) {
    return StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          User before = database.read(handle -> Users.require(handle, pool, name));
          UserRow after = UserRow.of(change.apply(before));
          boolean done =
              database.write(handle -> {
                if (!Directory.update(handle, pool, before, after)) {
                  return false;
                }
                along.accept(handle, after.user());
                return true;
              });
          return done ? Optional.of(after.user()) : Optional.empty();
        });
  }
}
