package dev.gatehouse.userpool.directory;

import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.LoginNames.Kind;
import dev.gatehouse.userpool.directory.NewUsers.Claim;
import dev.gatehouse.userpool.directory.UserSearch.UsernameForm;
import dev.gatehouse.userpool.pool.Pool;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Which names a user has by its present attributes (userpool.md §4): the username; e-mail and phone
 * where they are the username, verified or not; aliases once verified, preferred_username once set.
 */
public final class SignInNames {
  private SignInNames() {}

  /** The folded names of the user. */
  public static Map<Kind, String> of(Pool pool, User user) {
    Map<Kind, String> result = new EnumMap<>(Kind.class);
    if (pool.usernameForm() == UsernameForm.GIVEN) {
      result.put(Kind.USERNAME, pool.names().fold(user.username()));
    }
    for (String attribute : pool.usernameAttributes()) {
      put(result, pool, attribute, user.attribute(attribute));
    }
    for (String alias : pool.aliasAttributes()) {
      if (alias.equals("preferred_username") || user.verified(alias)) {
        put(result, pool, alias, user.attribute(alias));
      }
    }
    return result;
  }

  /**
   * Every row of {@code login_name} that a new user takes, {@link #bring} in one list: the names,
   * and the username as a preferred one where the two share a space.
   */
  public static Set<Claim> claims(Pool pool, User user) {
    Set<Claim> claims = new LinkedHashSet<>();
    of(pool, user)
        .forEach((kind, value) -> {
          claims.add(new Claim(kind, value));
          if (sharesPreferred(pool, kind)) {
            claims.add(new Claim(Kind.PREFERRED_USERNAME, value));
          }
        });
    return claims;
  }

  private static void put(
      Map<Kind, String> names, Pool pool, String attribute, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      names.put(Kind.of(attribute), pool.names().fold(value));
    }
  }

  /**
   * Brings the tables of names and searchable values from one state of a user to another, inside
   * the write that changes the user's row.
   *
   * @param before null for a new user
   * @throws dev.gatehouse.kernel.Refusal USERNAME_EXISTS for a username, ALIAS_EXISTS for any other
   *     name that somebody else has
   */
  public static void bring(Handle handle, Pool pool, @Nullable User before, User after) {
    Map<Kind, String> old = before == null ? Map.of() : of(pool, before);
    Map<Kind, String> next = of(pool, after);
    old.forEach((kind, value) -> {
      if (!value.equals(next.get(kind))) {
        release(handle, pool, kind, value, after);
      }
    });
    next.forEach((kind, value) -> {
      if (!value.equals(old.get(kind))
          && (isSomebodysSub(handle, pool, value)
              || !claim(handle, pool, kind, value, after.sub()))) {
        throw taken(pool, kind, before);
      }
    });
    UserSearch.reindex(
        handle,
        pool.id(),
        after.sub(),
        pool.names(),
        before == null ? Map.of() : before.attributes(),
        after.attributes());
  }

  /**
   * Takes the name. Where preferred usernames are aliases, a username is taken as one of them, too:
   * the two share one space, or a newcomer's username would stand before a preferred one in every
   * look-up. The table's key decides, whatever else is written at the same time. Addresses need no
   * such thing: where they are aliases, neither kind of username may have their form.
   */
  private static boolean claim(Handle handle, Pool pool, Kind kind, String value, String sub) {
    return LoginNames.claim(handle, pool.id(), kind, value, sub)
        && (!sharesPreferred(pool, kind)
            || LoginNames.claim(handle, pool.id(), Kind.PREFERRED_USERNAME, value, sub));
  }

  private static boolean sharesPreferred(Pool pool, Kind kind) {
    return kind == Kind.USERNAME && pool.aliasAttributes().contains("preferred_username");
  }

  /** Gives the name up; a preferred username that is the username, too, stays taken. */
  private static void release(Handle handle, Pool pool, Kind kind, String value, User user) {
    if (kind != Kind.PREFERRED_USERNAME || !value.equals(pool.names().fold(user.username()))) {
      LoginNames.release(handle, pool.id(), kind, value, user.sub());
    }
  }

  /**
   * Whether the name is the sub of a user who exists. Cognito takes any text as username where no
   * address is one, so a UUID that is nobody's sub stays allowed. The other way round nothing is
   * looked up: a new sub is 128 random bits, which no name can have been made to await.
   */
  private static boolean isSomebodysSub(Handle handle, Pool pool, String folded) {
    return Users.isSub(folded) && UserStore.find(handle, pool.id(), folded).isPresent();
  }

  /**
   * A new user whose e-mail or phone username is taken meets the same answer as one whose username
   * is (users.md §2).
   */
  private static RuntimeException taken(Pool pool, Kind kind, @Nullable User before) {
    String attribute = attribute(kind);
    if (kind == Kind.USERNAME
        || (before == null && pool.usernameAttributes().contains(attribute))) {
      return Why.USERNAME_EXISTS.refusal();
    }
    return Why.ALIAS_EXISTS.refusal(attribute);
  }

  private static String attribute(Kind kind) {
    return switch (kind) {
      case USERNAME -> "username";
      case EMAIL -> "email";
      case PHONE_NUMBER -> "phone_number";
      case PREFERRED_USERNAME -> "preferred_username";
    };
  }
}
