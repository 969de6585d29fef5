package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.ListUsersRequest;
import dev.gatehouse.model.cognitoidp.ListUsersResponse;
import dev.gatehouse.model.cognitoidp.UserType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserFilter;
import dev.gatehouse.userpool.directory.UserSearch;
import dev.gatehouse.userpool.directory.UserSearch.Found;
import dev.gatehouse.userpool.directory.UserSearch.Position;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pool's users by pages, all or those that a filter matches (users.md §7). One statement a page,
 * whose cost does not grow with the pool.
 */
public final class ListUsers implements Operation<ListUsersRequest, ListUsersResponse> {
  private static final int DEFAULT_LIMIT = 60;
  private static final char SEPARATOR = '\n';

  private final Pools pools;
  private final Database database;
  private final PageTokens pageTokens;

  /**
   * @param pageTokens whose tokens live one hour (protocol.md §6)
   */
  public ListUsers(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.pageTokens = pageTokens;
  }

  @Override
  public ListUsersResponse handle(ListUsersRequest request, RequestContext context) {
    // 1. what is asked for
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "ListUsers");
    String text = request.filter();
    Optional<UserFilter> filter = UserFilter.parse(text == null ? "" : text);
    List<String> shown = shown(pool, request.attributesToGet());
    int limit = request.limit() == null || request.limit() == 0 ? DEFAULT_LIMIT : request.limit();
    // 2. where the page begins; a token serves the filter that it was made for
    String list = "ListUsers" + SEPARATOR + filter.map(UserFilter::toString).orElse("");
    Optional<Position> after =
        Optional.ofNullable(request.paginationToken())
            .map(token ->
                pageTokens
                    .open(list, pool.id(), token)
                    .map(ListUsers::position)
                    .orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal()));
    // 3. the page, and one more to know whether it is the last
    List<Found> found =
        database.read(handle ->
            filter.isEmpty()
                ? UserSearch.all(handle, pool.id(), after, limit + 1)
                : UserSearch.matching(
                    handle,
                    pool.id(),
                    pool.names(),
                    pool.usernameForm(),
                    filter.get(),
                    after,
                    limit + 1));
    List<Found> page = found.subList(0, Math.min(limit, found.size()));
    ListUsersResponse.Builder response =
        ListUsersResponse.builder()
            .users(page.stream().map(row -> answer(row.user(), shown)).toList());
    if (found.size() > limit) {
      response.paginationToken(pageTokens.seal(list, pool.id(), key(page.getLast().position())));
    }
    return response.build();
  }

  /** The attributes to show; empty for all of them. */
  private static List<String> shown(Pool pool, @Nullable List<String> attributesToGet) {
    if (attributesToGet == null) {
      return List.of();
    }
    for (String name : attributesToGet) {
      if (pool.schema().find(name).isEmpty()) {
        throw Why.ATTRIBUTES_TO_GET.refusal();
      }
    }
    return attributesToGet;
  }

  private static UserType answer(User user, List<String> shown) {
    if (shown.isEmpty()) {
      return Answers.user(user, name -> true);
    }
    // sub is shown like any other attribute here: only when it was asked for
    List<AttributeType> attributes =
        Answers.attributes(user, shown::contains).stream()
            .filter(attribute -> shown.contains(attribute.name()))
            .toList();
    return Answers.user(user, shown::contains).toBuilder().attributes(attributes).build();
  }

  private static String key(Position position) {
    return position.sub() + SEPARATOR + position.value();
  }

  private static Position position(String key) {
    int separator = key.indexOf(SEPARATOR);
    return new Position(key.substring(separator + 1), key.substring(0, separator));
  }
}
