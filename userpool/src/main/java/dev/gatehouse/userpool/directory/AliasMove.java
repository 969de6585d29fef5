package dev.gatehouse.userpool.directory;

import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.directory.LoginNames.Kind;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Takes e-mail and phone names from their owners for another user (ForceAliasCreation, userpool.md
 * §4): the former owner keeps the value, unverified, and can no longer sign in with it. Everything
 * is made before the write, which states the revisions it relies on.
 */
public final class AliasMove {
  private final Pool pool;
  private final List<Loss> losses;

  private AliasMove(Pool pool, List<Loss> losses) {
    this.pool = pool;
    this.losses = losses;
  }

  /**
   * A name that somebody has.
   *
   * @param attribute {@code email} or {@code phone_number}
   */
  public record Owned(String attribute, User owner) {}

  private record Loss(User before, UserRow after, List<Kind> kinds) {}

  /** The e-mail and phone names that {@code wanting} would have and that others have. */
  public static List<Owned> owned(Handle handle, Pool pool, User wanting) {
    List<Owned> result = new ArrayList<>();
    Map<Kind, String> names = SignInNames.of(pool, wanting);
    for (String attribute : Schema.ADDRESSES) {
      String name = names.get(Kind.of(attribute));
      if (name != null) {
        LoginNames.owner(handle, pool.id(), Kind.of(attribute), name)
            .filter(sub -> !sub.equals(wanting.sub()))
            .flatMap(sub -> UserStore.find(handle, pool.id(), sub))
            .ifPresent(owner -> result.add(new Owned(attribute, owner)));
      }
    }
    return result;
  }

  /** Moves nothing. */
  public static AliasMove none(Pool pool) {
    return new AliasMove(pool, List.of());
  }

  /**
   * Prepares the move of the aliases that {@code wanting} has verified. An address that is the
   * username of somebody else does not move. Outside a write.
   */
  public static AliasMove ofVerified(Database database, Pool pool, User wanting, Instant now) {
    List<Owned> names = database.read(handle -> owned(handle, pool, wanting));
    return of(
        pool,
        names.stream().filter(name -> pool.aliasAttributes().contains(name.attribute())).toList(),
        now);
  }

  /** Prepares the move of these names; outside a write. */
  public static AliasMove of(Pool pool, List<Owned> names, Instant now) {
    Map<String, Loss> losses = new LinkedHashMap<>();
    for (Owned name : names) {
      Loss earlier = losses.get(name.owner().sub());
      User state = earlier == null ? name.owner() : earlier.after().user();
      List<Kind> kinds = new ArrayList<>(earlier == null ? List.of() : earlier.kinds());
      kinds.add(Kind.of(name.attribute()));
      losses.put(
          name.owner().sub(),
          new Loss(
              name.owner(),
              UserRow.of(AttributeUpdate.unverified(state, name.attribute(), now)),
              kinds));
    }
    return new AliasMove(pool, List.copyOf(losses.values()));
  }

  /**
   * Frees the names; inside the write that gives them to the new owner, before that, and to be
   * rolled back with it ({@link StartOver#writeWhole}).
   *
   * @return false when a former owner has changed since
   */
  public boolean write(Handle handle) {
    for (Loss loss : losses) {
      if (!Directory.update(handle, pool, loss.before(), loss.after())) {
        return false;
      }
      // where the address is the username it stays a name even unverified, but no longer theirs
      loss.kinds()
          .forEach(kind -> LoginNames.release(handle, pool.id(), kind, loss.before().sub()));
    }
    return true;
  }
}
