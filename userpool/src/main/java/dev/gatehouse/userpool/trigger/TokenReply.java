package dev.gatehouse.userpool.trigger;

import dev.gatehouse.jose.ClaimValue;
import dev.gatehouse.jose.Claims;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.token.ClaimChanges;
import dev.gatehouse.userpool.token.TokenContent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What PreTokenGeneration may answer, in its first and its later forms (tokens.md §8). */
final class TokenReply {
  private static final int MOST_CHANGES = 5000;
  private static final String ADDED = "claimsToAddOrOverride";
  private static final String SUPPRESSED = "claimsToSuppress";

  /** Claims of the ID token that clients read as what they are. */
  private static final List<String> SIMPLE =
      List.of("phone_number_verified", "email_verified", "updated_at", "address");

  private TokenReply() {}

  /**
   * V1_0: texts in the ID token, groups in both tokens.
   *
   * @throws dev.gatehouse.kernel.Refusal LAMBDA_OUTPUT_INVALID
   */
  static TokenContent first(LambdaReply reply, TokenContent content) {
    Optional<LambdaReply> given = reply.object("claimsOverrideDetails");
    if (given.isEmpty()) {
      return content;
    }
    LambdaReply details = given.get();
    Map<String, ClaimValue> put = new LinkedHashMap<>();
    details.texts(ADDED).forEach((name, value) -> put.put(name, new ClaimValue.Text(value)));
    ClaimChanges id = new ClaimChanges(put, Set.copyOf(details.list(SUPPRESSED)));
    refuseTooMany(size(id));
    return groups(details, content).withChanges(id, ClaimChanges.NONE);
  }

  /**
   * V2_0 and V3_0: claims of any form in both tokens, groups, scopes.
   *
   * @throws dev.gatehouse.kernel.Refusal LAMBDA_OUTPUT_INVALID
   */
  static TokenContent later(LambdaReply reply, TokenContent content) {
    Optional<LambdaReply> given = reply.object("claimsAndScopeOverrideDetails");
    if (given.isEmpty()) {
      return content;
    }
    LambdaReply details = given.get();
    ClaimChanges id = claims(details.object("idTokenGeneration").orElseGet(LambdaReply::none));
    for (String name : SIMPLE) {
      ClaimValue value = id.put().get(name);
      if (value instanceof ClaimValue.Items || value instanceof ClaimValue.Members) {
        throw invalid(name + " has a simple value");
      }
    }
    LambdaReply ofAccess = details.object("accessTokenGeneration").orElseGet(LambdaReply::none);
    ClaimChanges access = claims(ofAccess);
    List<String> more = ofAccess.list("scopesToAdd");
    List<String> less = ofAccess.list("scopesToSuppress");
    refuseTooMany(size(id) + size(access) + more.size() + less.size());
    return groups(details, content)
        .withScopes(scopes(content.scopes(), more, less))
        .withChanges(id, access);
  }

  private static ClaimChanges claims(LambdaReply reply) {
    Claims added =
        reply
            .object(ADDED)
            .map(object ->
                Claims.parse(object.json()).orElseThrow(() -> invalid("claims cannot be read")))
            .orElseGet(() -> Claims.builder().build());
    Map<String, ClaimValue> put = new LinkedHashMap<>(added.values());
    put.values().removeIf(ClaimValue.Nothing.class::isInstance);
    return new ClaimChanges(put, Set.copyOf(reply.list(SUPPRESSED)));
  }

  /** Suppressing wins. A blank would make two scopes of one. */
  private static List<String> scopes(List<String> granted, List<String> more, List<String> less) {
    if (more.stream().anyMatch(TokenReply::isNoScope)) {
      throw invalid("a scope is one word");
    }
    Set<String> result = new LinkedHashSet<>(granted);
    result.addAll(more);
    less.forEach(result::remove);
    return new ArrayList<>(result);
  }

  private static boolean isNoScope(String scope) {
    return scope.isEmpty() || scope.chars().anyMatch(c -> c <= ' ' || Character.isWhitespace(c));
  }

  /** Not named: unchanged. Named without content: taken away. */
  private static TokenContent groups(LambdaReply details, TokenContent content) {
    if (!details.has("groupOverrideDetails")) {
      return content;
    }
    LambdaReply groups = details.object("groupOverrideDetails").orElseGet(LambdaReply::none);
    return content.withGroups(
        groups.list("groupsToOverride"),
        groups.list("iamRolesToOverride"),
        groups.text("preferredRole"));
  }

  private static int size(ClaimChanges changes) {
    return changes.put().size() + changes.suppressed().size();
  }

  private static void refuseTooMany(int changed) {
    if (changed > MOST_CHANGES) {
      throw invalid("more than " + MOST_CHANGES + " changes");
    }
  }

  private static RuntimeException invalid(String what) {
    return Why.LAMBDA_OUTPUT_INVALID.refusal(what);
  }
}
