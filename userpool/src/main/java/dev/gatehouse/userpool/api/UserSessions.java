package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.model.cognitoidp.SessionDescriptionType;
import dev.gatehouse.model.cognitoidp.SessionLocationType;
import dev.gatehouse.model.cognitoidp.SessionTypeType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.api.Paging.Listing;
import dev.gatehouse.userpool.api.Paging.Page;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.Family;
import dev.gatehouse.userpool.token.FamilyStore;
import dev.gatehouse.userpool.token.TokenSession;
import dev.gatehouse.userpool.token.TokenSessions;
import dev.gatehouse.userpool.token.TokenSessions.Position;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the session operations of users and of administrators share (new-2026.md §1). */
final class UserSessions {
  private static final int PAGE = 125;

  private final Pools pools;
  private final Database database;
  private final Paging paging;
  private final Clock clock;

  UserSessions(Pools pools, Database database, PageTokens pageTokens, Clock clock) {
    this.pools = pools;
    this.database = database;
    this.paging = new Paging(pageTokens);
    this.clock = clock;
  }

  /**
   * A page of the user's sessions, the newest first; empty while tracking is off.
   *
   * @param current which of them is the caller's own
   */
  Page<SessionDescriptionType> page(
      Pool pool, User user, @Nullable String token, Predicate<Family> current) {
    Instant now = clock.now();
    Page<Family> page =
        paging.page(
            new Listing("UserSessions/" + user.sub(), pool.id(), PAGE, token),
            (after, most) -> read(pool, user, now, after, most),
            UserSessions::key);
    // a deleted client's refresh tokens are dead
    return new Page<>(
        page.entries().stream()
            .filter(family -> pools.findClient(family.clientId()).isPresent())
            .map(family -> shape(family, current.test(family)))
            .toList(),
        page.nextToken());
  }

  private List<Family> read(Pool pool, User user, Instant now, Optional<String> after, int most) {
    if (pool.tracking().since() == null) {
      return List.of();
    }
    @Nullable Position position = after.map(UserSessions::position).orElse(null);
    return database.read(
        handle -> TokenSessions.page(handle, pool, user.sub(), now, position, most));
  }

  /**
   * Revokes a session of the user. Only sessions of hosted login are linked with others, so that
   * RevokeAssociatedSessions LINKED finds none here.
   *
   * @param check may refuse the session that was found
   * @throws dev.gatehouse.kernel.Refusal SESSION_UNKNOWN, and what {@code check} throws
   */
  void revoke(Pool pool, User user, String sessionId, Consumer<Family> check) {
    if (pool.tracking().since() == null) {
      throw Why.SESSION_UNKNOWN.refusal(sessionId);
    }
    Instant now = clock.now();
    Family family =
        database
            .read(handle -> TokenSessions.find(handle, pool, user.sub(), sessionId, now))
            .orElseThrow(() -> Why.SESSION_UNKNOWN.refusal(sessionId));
    check.accept(family);
    database.write(handle -> {
      FamilyStore.revoke(handle, pool.id(), family.originJti());
      return family;
    });
  }

  /** Location is not looked up: there is no map from addresses to places here. */
  private static SessionDescriptionType shape(Family family, boolean current) {
    TokenSession session = Objects.requireNonNull(family.session());
    return SessionDescriptionType.builder()
        .sessionId(session.id())
        .sessionType(SessionTypeType.TOKEN)
        .clientId(family.clientId())
        .createDate(session.created())
        .lastActiveDate(session.lastActive())
        .deviceType(session.deviceType())
        .lastIPAddress(session.address())
        .lastLocation(SessionLocationType.builder().country("unknown").build())
        .isCurrentSession(current)
        .build();
  }

  private static String key(Family family) {
    TokenSession session = Objects.requireNonNull(family.session());
    return session.created().toEpochMilli() + "/" + family.originJti();
  }

  private static Position position(String key) {
    int slash = key.indexOf('/');
    return new Position(Long.parseLong(key.substring(0, slash)), key.substring(slash + 1));
  }
}
