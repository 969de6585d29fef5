package dev.gatehouse.userpool.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.jose.ClaimValue;
import dev.gatehouse.jose.Claims;
import dev.gatehouse.userpool.group.Membership;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Groups, roles and the preferred role; and changed claims. */
@NullUnmarked
class TokenContentTest {
  private static final String A = "arn:aws:iam::000000000000:role/a";
  private static final String B = "arn:aws:iam::000000000000:role/b";

  private static TokenContent of(Membership... memberships) {
    return TokenContent.of(List.of(memberships), "one two");
  }

  private static Membership in(String group, Integer precedence, String role) {
    return new Membership(group, precedence, role);
  }

  @Test
  void groupsAreOrderedByPrecedenceThenName() {
    TokenContent content =
        of(in("z", null, null), in("c", 5, B), in("b", 5, A), in("a", null, A), in("d", 0, null));
    assertThat(content.groups()).containsExactly("d", "b", "c", "a", "z");
    assertThat(content.roles()).containsExactly(A, B);
    assertThat(content.scopes()).containsExactly("one", "two");
  }

  @Test
  void theLowestPrecedenceGivesThePreferredRole() {
    assertThat(of(in("x", 2, B), in("y", 1, A)).preferredRole()).isEqualTo(A);
    assertThat(of(in("x", null, B), in("y", Integer.MAX_VALUE, A)).preferredRole()).isEqualTo(A);
    assertThat(of(in("x", null, B)).preferredRole()).isEqualTo(B);
    assertThat(of(in("x", 1, A), in("y", 1, A), in("z", 2, B)).preferredRole()).isEqualTo(A);
  }

  @Test
  void thereIsNoPreferredRoleWhereNoneIsFirst() {
    assertThat(of().preferredRole()).isNull();
    assertThat(of(in("x", 1, A), in("y", 1, B)).preferredRole()).isNull();
    assertThat(of(in("x", null, A), in("y", null, B)).preferredRole()).isNull();
    assertThat(of(in("x", 0, null), in("y", 1, B)).preferredRole()).isNull();
    assertThat(of(in("x", 1, A), in("y", 1, null)).preferredRole()).isNull();
  }

  private static Claims.Builder filled() {
    return Claims.builder()
        .put("sub", "s")
        .put("cognito:groups", List.of("g"))
        .put("cognito:roles", List.of(A))
        .put("cognito:preferred_role", A)
        .put("email", "a@b.cd")
        .put("dev:x", "1")
        .put("aud", "client");
  }

  @Test
  void claimsAreAddedReplacedAndLeftOut() {
    ClaimChanges changes =
        new ClaimChanges(
            Map.of(
                "tenant", new ClaimValue.Text("t"),
                "email", new ClaimValue.Text("x@y.z"),
                "both", new ClaimValue.Flag(true)),
            Set.of("both", "dev:x"));
    Claims claims = changes.ofIdToken(filled());
    assertThat(claims.text("tenant")).contains("t");
    assertThat(claims.text("email")).contains("x@y.z");
    assertThat(claims.has("both")).isFalse();
    assertThat(claims.has("dev:x")).isFalse();
    assertThat(claims.texts("cognito:groups")).containsExactly("g");
  }

  @Test
  void whatAVerifierReliesOnStays() {
    Claims before = filled().put("iss", "i").put("scope", "s").put("sid", "x").build();
    for (String name :
        List.of("sub", "iss", "aud", "scope", "sid", "cognito:username", "dev:x", "token_use")) {
      ClaimChanges put = new ClaimChanges(Map.of(name, new ClaimValue.Text("!")), Set.of());
      assertThat(put.ofIdToken(before.toBuilder())).as(name).isEqualTo(before);
      assertThat(put.ofAccessToken(before.toBuilder(), "client")).as(name).isEqualTo(before);
    }
    for (String name : List.of("sub", "iss", "aud", "scope", "sid", "cognito:preferred_role")) {
      ClaimChanges left = new ClaimChanges(Map.of(), Set.of(name));
      assertThat(left.ofIdToken(before.toBuilder())).as(name).isEqualTo(before);
      assertThat(left.ofAccessToken(before.toBuilder(), "client")).as(name).isEqualTo(before);
    }
  }

  @Test
  void withoutGroupsThereAreNoRoles() {
    Claims claims = new ClaimChanges(Map.of(), Set.of("cognito:groups")).ofIdToken(filled());
    assertThat(claims.has("cognito:groups")).isFalse();
    assertThat(claims.has("cognito:roles")).isFalse();
    assertThat(claims.has("cognito:preferred_role")).isFalse();
    assertThat(claims.text("email")).contains("a@b.cd");
  }

  @Test
  void anAccessTokenMayBeAddressedToItsClientOnly() {
    Claims.Builder access = Claims.builder().put("sub", "s");
    ClaimChanges own = new ClaimChanges(Map.of("aud", new ClaimValue.Text("client")), Set.of());
    assertThat(own.ofAccessToken(access, "client").text("aud")).contains("client");
    ClaimChanges other = new ClaimChanges(Map.of("aud", new ClaimValue.Text("other")), Set.of());
    assertThat(other.ofAccessToken(Claims.builder().put("sub", "s"), "client").has("aud"))
        .isFalse();
  }
}
