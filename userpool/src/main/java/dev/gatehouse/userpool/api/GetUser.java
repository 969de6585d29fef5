package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import dev.gatehouse.model.cognitoidp.GetUserResponse;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/**
 * The bearer's own profile, as far as its client may read it. One signature check, two statements.
 */
public final class GetUser implements Operation<GetUserRequest, GetUserResponse> {
  private final AccessTokens accessTokens;

  public GetUser(AccessTokens accessTokens) {
    this.accessTokens = accessTokens;
  }

  @Override
  public GetUserResponse handle(GetUserRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    return GetUserResponse.builder()
        .username(bearer.user().username())
        .userAttributes(Answers.attributes(bearer.user(), bearer.client()::reads))
        .preferredMfaSetting(MfaPreferences.preferred(bearer.user()))
        .userMFASettingList(MfaPreferences.list(bearer.user()))
        .mfaOptions(MfaPreferences.options(bearer.user()))
        .build();
  }
}
