package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserAttributesResponse;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer deletes attributes of its own (users.md §6). */
public final class DeleteUserAttributes
    implements Operation<DeleteUserAttributesRequest, DeleteUserAttributesResponse> {
  private final AccessTokens accessTokens;
  private final AttributeWriting writing;
  private final Clock clock;

  public DeleteUserAttributes(AccessTokens accessTokens, AttributeWriting writing, Clock clock) {
    this.accessTokens = accessTokens;
    this.writing = writing;
    this.clock = clock;
  }

  @Override
  public DeleteUserAttributesResponse handle(
      DeleteUserAttributesRequest request, RequestContext context) {
    StartOver.untilDone(
        Why.ACCESS_TOKEN_INVALID.refusal(),
        () -> {
          Bearer bearer = accessTokens.require(request.accessToken());
          AttributeRules.checkWritable(bearer.client(), request.userAttributeNames());
          return writing.write(
              bearer.pool(),
              bearer.user(),
              AttributeUpdate.without(
                  bearer.pool(), bearer.user(), request.userAttributeNames(), clock.now()),
              Messages.Cause.none());
        });
    return DeleteUserAttributesResponse.builder().build();
  }
}
