package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteWebAuthnCredentialRequest;
import dev.gatehouse.model.cognitoidp.DeleteWebAuthnCredentialResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.passkey.PasskeyStore;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;

/** The bearer gives a passkey up (auth.md §8). */
public final class DeleteWebAuthnCredential
    implements Operation<DeleteWebAuthnCredentialRequest, DeleteWebAuthnCredentialResponse> {
  private final AccessTokens accessTokens;
  private final Database database;

  public DeleteWebAuthnCredential(AccessTokens accessTokens, Database database) {
    this.accessTokens = accessTokens;
    this.database = database;
  }

  @Override
  public DeleteWebAuthnCredentialResponse handle(
      DeleteWebAuthnCredentialRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    boolean deleted =
        database.write(handle ->
            PasskeyStore.delete(
                handle, bearer.pool().id(), bearer.user().sub(), request.credentialId()));
    if (!deleted) {
      throw Why.PASSKEY_UNKNOWN.refusal();
    }
    return DeleteWebAuthnCredentialResponse.builder().build();
  }
}
