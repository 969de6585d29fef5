package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListWebAuthnCredentialsRequest;
import dev.gatehouse.model.cognitoidp.ListWebAuthnCredentialsResponse;
import dev.gatehouse.model.cognitoidp.WebAuthnCredentialDescription;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.passkey.Passkey;
import dev.gatehouse.userpool.passkey.PasskeyStore;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import java.util.List;

/** The bearer's passkeys, the oldest first (auth.md §8). */
public final class ListWebAuthnCredentials
    implements Operation<ListWebAuthnCredentialsRequest, ListWebAuthnCredentialsResponse> {
  private final AccessTokens accessTokens;
  private final Database database;
  private final PageTokens pageTokens;

  public ListWebAuthnCredentials(
      AccessTokens accessTokens, Database database, PageTokens pageTokens) {
    this.accessTokens = accessTokens;
    this.database = database;
    this.pageTokens = pageTokens;
  }

  @Override
  public ListWebAuthnCredentialsResponse handle(
      ListWebAuthnCredentialsRequest request, RequestContext context) {
    Bearer bearer = accessTokens.require(request.accessToken());
    String pool = bearer.pool().id();
    int most =
        request.maxResults() == null || request.maxResults() == 0
            ? Passkey.MOST
            : request.maxResults();
    String after =
        request.nextToken() == null
            ? ""
            : pageTokens
                .open("ListWebAuthnCredentials", pool, request.nextToken())
                .orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal());
    List<Passkey> left =
        database.read(handle -> PasskeyStore.of(handle, pool, bearer.user().sub())).stream()
            .filter(passkey -> place(passkey).compareTo(after) > 0)
            .toList();
    List<Passkey> page = left.subList(0, Math.min(most, left.size()));
    return ListWebAuthnCredentialsResponse.builder()
        .credentials(page.stream().map(ListWebAuthnCredentials::described).toList())
        .nextToken(
            left.size() > page.size()
                ? pageTokens.seal("ListWebAuthnCredentials", pool, place(page.getLast()))
                : null)
        .build();
  }

  /** Where it stands in the list. */
  private static String place(Passkey passkey) {
    return "%016x %s".formatted(passkey.created().toEpochMilli(), passkey.id());
  }

  private static WebAuthnCredentialDescription described(Passkey passkey) {
    return WebAuthnCredentialDescription.builder()
        .credentialId(passkey.id())
        .friendlyCredentialName(passkey.name())
        .relyingPartyId(passkey.relyingPartyId())
        .authenticatorAttachment(passkey.attachment())
        .authenticatorTransports(passkey.transports())
        .createdAt(passkey.created())
        .build();
  }
}
