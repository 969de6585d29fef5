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
import dev.gatehouse.userpool.api.Paging.Listing;
import dev.gatehouse.userpool.api.Paging.Page;
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
  private static final char SEPARATOR = '\n';

  private final Pools pools;
  private final Database database;
  private final Paging paging;

  /**
   * @param pageTokens whose tokens live one hour (protocol.md §6)
   */
  public ListUsers(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.paging = new Paging(pageTokens);
  }

  @Override
  public ListUsersResponse handle(ListUsersRequest request, RequestContext context) {
    // 1. what is asked for
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "ListUsers");
    String text = request.filter();
    Optional<UserFilter> filter = UserFilter.parse(text == null ? "" : text);
    List<String> shown = shown(pool, request.attributesToGet());
    // 2. the page; a token serves the filter that it was made for
    String list = "ListUsers" + SEPARATOR + filter.map(UserFilter::toString).orElse("");
    Page<Found> page =
        paging.page(
            Listing.of(list, pool.id(), request.limit(), request.paginationToken()),
            (after, most) -> found(pool, filter, after.map(ListUsers::position), most),
            row -> key(row.position()));
    return ListUsersResponse.builder()
        .users(page.map(row -> answer(row.user(), shown)))
        .paginationToken(page.nextToken())
        .build();
  }

  private List<Found> found(
      Pool pool, Optional<UserFilter> filter, Optional<Position> after, int most) {
    return database.read(handle ->
        filter.isEmpty()
            ? UserSearch.all(handle, pool.id(), after, most)
            : UserSearch.matching(
                handle, pool.id(), pool.names(), pool.usernameForm(), filter.get(), after, most));
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
