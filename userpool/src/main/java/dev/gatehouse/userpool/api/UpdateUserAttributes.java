package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CodeDeliveryDetailsType;
import dev.gatehouse.model.cognitoidp.UpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.UpdateUserAttributesResponse;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttributeRules;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import java.util.List;
import java.util.Map;

/** The bearer changes its own attributes, as far as its client may write them (users.md §6). */
public final class UpdateUserAttributes
    implements Operation<UpdateUserAttributesRequest, UpdateUserAttributesResponse> {
  private final AccessTokens accessTokens;
  private final AttributeWriting writing;
  private final Clock clock;

  public UpdateUserAttributes(AccessTokens accessTokens, AttributeWriting writing, Clock clock) {
    this.accessTokens = accessTokens;
    this.writing = writing;
    this.clock = clock;
  }

  @Override
  public UpdateUserAttributesResponse handle(
      UpdateUserAttributesRequest request, RequestContext context) {
    Map<String, String> change = AttributeRules.given(request.userAttributes());
    List<CodeDeliveryDetailsType> sent =
        StartOver.untilDone(
            Why.ACCESS_TOKEN_INVALID.refusal(),
            () -> {
              Bearer bearer = accessTokens.require(request.accessToken());
              UnsupportedSettings.check(bearer.pool(), "UpdateUserAttributes");
              AttributeRules.checkWritable(bearer.client(), change.keySet());
              return writing.write(
                  bearer.pool(),
                  bearer.user(),
                  AttributeUpdate.of(bearer.pool(), bearer.user(), change, clock.now()),
                  new Messages.Cause(
                      Messages.Occasion.UPDATE_ATTRIBUTE,
                      bearer.client(),
                      ClientMetadata.of(request.clientMetadata())));
            });
    return UpdateUserAttributesResponse.builder().codeDeliveryDetailsList(sent).build();
  }
}
