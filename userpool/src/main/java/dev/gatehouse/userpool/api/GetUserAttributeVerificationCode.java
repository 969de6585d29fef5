package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetUserAttributeVerificationCodeRequest;
import dev.gatehouse.model.cognitoidp.GetUserAttributeVerificationCodeResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.OpenCode;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.pool.Schema;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import java.util.Optional;

/**
 * Sends a code that verifies one of the bearer's addresses; the one before is void (users.md §6).
 */
public final class GetUserAttributeVerificationCode
    implements Operation<
        GetUserAttributeVerificationCodeRequest, GetUserAttributeVerificationCodeResponse> {
  private final AccessTokens accessTokens;
  private final Database database;
  private final CodeSending sending;

  public GetUserAttributeVerificationCode(
      AccessTokens accessTokens, Database database, CodeSending sending) {
    this.accessTokens = accessTokens;
    this.database = database;
    this.sending = sending;
  }

  @Override
  public GetUserAttributeVerificationCodeResponse handle(
      GetUserAttributeVerificationCodeRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    UnsupportedSettings.check(bearer.pool(), "GetUserAttributeVerificationCode");
    String attribute = request.attributeName();
    if (!Schema.ADDRESSES.contains(attribute)) {
      throw Why.ATTRIBUTE_NOT_VERIFIABLE.refusal();
    }
    Purpose purpose = Purpose.verifying(attribute);
    // an address that waits for its code goes before the one in force
    Optional<String> waiting =
        database
            .read(
                handle -> CodeStore.find(handle, bearer.pool().id(), bearer.user().sub(), purpose))
            .map(OpenCode::address);
    String value = waiting.orElseGet(() -> present(bearer, attribute));
    return GetUserAttributeVerificationCodeResponse.builder()
        .codeDeliveryDetails(
            Answers.delivery(
                sending.send(
                    bearer.pool(),
                    bearer.user(),
                    purpose,
                    new Address(attribute, value),
                    new Messages.Cause(
                        Messages.Occasion.VERIFY_ATTRIBUTE,
                        bearer.client(),
                        ClientMetadata.of(request.clientMetadata())),
                    AttemptLimit.ATTRIBUTE_CODE)))
        .build();
  }

  private static String present(Bearer bearer, String attribute) {
    String value = bearer.user().attribute(attribute);
    if (value == null) {
      throw Why.ATTRIBUTE_ABSENT.refusal(attribute);
    }
    return value;
  }
}
