package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminListUserAuthEventsRequest;
import dev.gatehouse.model.cognitoidp.AdminListUserAuthEventsResponse;
import dev.gatehouse.model.cognitoidp.AuthEventType;
import dev.gatehouse.model.cognitoidp.ChallengeName;
import dev.gatehouse.model.cognitoidp.ChallengeResponse;
import dev.gatehouse.model.cognitoidp.ChallengeResponseType;
import dev.gatehouse.model.cognitoidp.EventContextDataType;
import dev.gatehouse.model.cognitoidp.EventResponseType;
import dev.gatehouse.model.cognitoidp.EventType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.event.AuthEvent;
import dev.gatehouse.userpool.event.AuthEventStore;
import dev.gatehouse.userpool.event.AuthEventStore.Position;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a user, the newest first (userpool.md §18). Risk and feedback are not there,
 * since nothing rates or takes them. Two statements.
 */
public final class AdminListUserAuthEvents
    implements Operation<AdminListUserAuthEventsRequest, AdminListUserAuthEventsResponse> {
  private static final int DEFAULT_LIMIT = 60;
  private static final char SEPARATOR = ' ';

  private final Pools pools;
  private final Database database;
  private final PageTokens pageTokens;

  public AdminListUserAuthEvents(Pools pools, Database database, PageTokens pageTokens) {
    this.pools = pools;
    this.database = database;
    this.pageTokens = pageTokens;
  }

  @Override
  public AdminListUserAuthEventsResponse handle(
      AdminListUserAuthEventsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    if (!pool.recordsEvents()) {
      throw Why.ADD_ON_OFF.refusal();
    }
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    Integer most = request.maxResults();
    int limit = most == null || most == 0 ? DEFAULT_LIMIT : most;
    String list = "AdminListUserAuthEvents/" + user.sub();
    Position before = before(list, pool, request.nextToken());
    List<AuthEvent> found =
        database.read(
            handle -> AuthEventStore.page(handle, pool.id(), user.sub(), before, limit + 1));
    List<AuthEvent> page = found.subList(0, Math.min(limit, found.size()));
    return AdminListUserAuthEventsResponse.builder()
        .authEvents(page.stream().map(AdminListUserAuthEvents::answer).toList())
        .nextToken(
            found.size() > limit
                ? pageTokens.seal(list, pool.id(), key(Position.of(page.getLast())))
                : null)
        .build();
  }

  private Position before(String list, Pool pool, @Nullable String token) {
    if (token == null) {
      return Position.START;
    }
    String key =
        pageTokens.open(list, pool.id(), token).orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal());
    int separator = key.indexOf(SEPARATOR);
    return new Position(Long.parseLong(key.substring(0, separator)), key.substring(separator + 1));
  }

  private static String key(Position position) {
    return "" + position.created() + SEPARATOR + position.id();
  }

  private static AuthEventType answer(AuthEvent event) {
    String device = event.origin().userAgent();
    return AuthEventType.builder()
        .eventId(event.id())
        .eventType(new EventType(event.kind().value()))
        .creationDate(event.created())
        .eventResponse(new EventResponseType(event.response().value()))
        .challengeResponses(
            event.answers().stream()
                .map(answer ->
                    ChallengeResponseType.builder()
                        .challengeName(new ChallengeName(answer.challenge()))
                        .challengeResponse(new ChallengeResponse(answer.outcome()))
                        .build())
                .toList())
        .eventContextData(
            EventContextDataType.builder()
                .ipAddress(event.origin().address())
                .deviceName(device.isEmpty() ? null : device)
                .build())
        .build();
  }
}
