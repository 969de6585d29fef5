package dev.gatehouse.userpool.token;

import dev.gatehouse.userpool.group.Membership;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the tokens of one sign-in or refresh say beyond the user's attributes and the facts of the
 * sign-in: made before anything is signed, so that PreTokenGeneration can look at it and answer
 * another one (tokens.md §8). Built anew at each refresh.
 *
 * @param groups {@code cognito:groups} of both tokens, in order; no claim when empty
 * @param roles {@code cognito:roles} of the ID token; no claim when empty
 * @param preferredRole {@code cognito:preferred_role} of the ID token; null for none
 * @param scopes of the access token, which has them blank-separated
 * @param idChanges what is put into or left out of the ID token besides
 * @param accessChanges the same for the access token
 */
public record TokenContent(
    List<String> groups,
    List<String> roles,
    @Nullable String preferredRole,
    List<String> scopes,
    ClaimChanges idChanges,
    ClaimChanges accessChanges) {
  public TokenContent {
    groups = List.copyOf(groups);
    roles = List.copyOf(roles);
    scopes = List.copyOf(scopes);
  }

  /**
   * The content that follows from what is stored.
   *
   * @param memberships in any order
   * @param scope blank-separated
   */
  public static TokenContent of(List<Membership> memberships, String scope) {
    List<Membership> ordered = memberships.stream().sorted(Membership.ORDER).toList();
    return new TokenContent(
        ordered.stream().map(Membership::group).toList(),
        ordered.stream().map(Membership::roleArn).filter(Objects::nonNull).distinct().toList(),
        preferredRole(ordered),
        Arrays.stream(scope.split(" ")).filter(one -> !one.isEmpty()).toList(),
        ClaimChanges.NONE,
        ClaimChanges.NONE);
  }

  /**
   * The role of the group that comes first. Where several have the same precedence they must agree
   * on one: a role that only some of them give is nobody's choice (userpool.md §12).
   */
  private static @Nullable String preferredRole(List<Membership> ordered) {
    if (ordered.isEmpty()) {
      return null;
    }
    Membership first = ordered.getFirst();
    boolean agreed =
        ordered.stream()
            .takeWhile(membership -> membership.rank() == first.rank())
            .allMatch(membership -> Objects.equals(membership.roleArn(), first.roleArn()));
    return agreed ? first.roleArn() : null;
  }

  /** Other groups and roles, as {@code groupOverrideDetails} names them. */
  public TokenContent withGroups(
      List<String> nextGroups, List<String> nextRoles, @Nullable String nextPreferredRole) {
    return new TokenContent(
        nextGroups, nextRoles, nextPreferredRole, scopes, idChanges, accessChanges);
  }

  public TokenContent withScopes(List<String> next) {
    return new TokenContent(groups, roles, preferredRole, next, idChanges, accessChanges);
  }

  public TokenContent withChanges(ClaimChanges nextId, ClaimChanges nextAccess) {
    return new TokenContent(groups, roles, preferredRole, scopes, nextId, nextAccess);
  }
}
