package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.directory.LoginNames.Kind;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Many new users in one write: the rows that {@link Directory#insert} writes, a batch of statements
 * a table.
 */
public final class NewUsers {
  private NewUsers() {}

  /**
   * A user to be written.
   *
   * @param claims its folded names, {@link SignInNames#claims}
   * @param credential null for a user without a password
   */
  public record NewUser(UserRow row, List<Claim> claims, @Nullable Credential credential) {
    public NewUser {
      claims = List.copyOf(claims);
    }
  }

  /** A folded name that a user is to have. */
  public record Claim(Kind kind, String value) {}

  /**
   * A name that somebody else has.
   *
   * @param user the place in the list
   */
  public record Taken(int user, Kind kind) {}

  /**
   * Writes all of them, or tells which names are taken; then the write has to be rolled back.
   *
   * @param users no two of them claim the same name
   */
  public static List<Taken> insert(Handle handle, Pool pool, List<NewUser> users) {
    if (users.isEmpty()) {
      return List.of();
    }
    List<Taken> taken = claim(handle, pool.id(), users);
    if (taken.isEmpty()) {
      insertUsers(handle, users);
      insertCredentials(handle, users);
      UserSearch.index(handle, pool, users.stream().map(user -> user.row().user()).toList());
      Directory.USERS.addEach(
          handle, pool.id(), users.stream().map(user -> user.row().user().sub()).toList());
    }
    return taken;
  }

  private static List<Taken> claim(Handle handle, String poolId, List<NewUser> users) {
    List<Taken> tried = new ArrayList<>();
    List<Taken> taken = new ArrayList<>();
    int[] inserted;
    try (PreparedBatch batch = handle.prepareBatch(LoginNames.CLAIM)) {
      for (int i = 0; i < users.size(); i++) {
        for (Claim claim : users.get(i).claims()) {
          Taken name = new Taken(i, claim.kind());
          if (Users.isSub(claim.value())
              && UserStore.find(handle, poolId, claim.value()).isPresent()) {
            taken.add(name);
            continue;
          }
          tried.add(name);
          batch
              .bind("pool", poolId)
              .bind("value", claim.value())
              .bind("kind", claim.kind().name())
              .bind("sub", users.get(i).row().user().sub())
              .add();
        }
      }
      inserted = batch.execute();
    }
    for (int i = 0; i < inserted.length; i++) {
      if (inserted[i] == 0) {
        taken.add(tried.get(i));
      }
    }
    return taken;
  }

  private static void insertUsers(Handle handle, List<NewUser> users) {
    try (PreparedBatch batch = handle.prepareBatch(UserStore.INSERT)) {
      users.forEach(user -> UserStore.bindNew(batch, user.row()).add());
      batch.execute();
    }
  }

  private static void insertCredentials(Handle handle, List<NewUser> users) {
    try (PreparedBatch batch = handle.prepareBatch(UserStore.SET_CREDENTIAL)) {
      for (NewUser user : users) {
        if (user.credential() != null) {
          User of = user.row().user();
          UserStore.bindCredential(batch, of.poolId(), of.sub(), user.credential()).add();
        }
      }
      if (batch.size() > 0) {
        batch.execute();
      }
    }
  }
}
