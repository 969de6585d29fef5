package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminDisableUserRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ListUsersRequest;
import dev.gatehouse.model.cognitoidp.ListUsersResponse;
import dev.gatehouse.model.cognitoidp.UserType;
import dev.gatehouse.testkit.Shows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Filters, shown attributes and pages of ListUsers. */
@NullUnmarked
class ListUsersTest {
  private static final String PASSWORD = "Permanent1!";

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private final String pool = fixture.pool(CreateUserPoolRequest.builder());

  private void three() {
    fixture.confirmed(pool, "jan", PASSWORD, UsersFixture.attributes("email", "a@b.cd"));
    fixture.confirmed(
        pool, "janet", PASSWORD, UsersFixture.attributes("email", "x@b.cd", "name", "Say \"hi\""));
    fixture.confirmed(pool, "eva", PASSWORD, List.of());
  }

  private ListUsersResponse list(ListUsersRequest.Builder request) {
    return fixture.call(CognitoIdpOperations.LIST_USERS, request.userPoolId(pool).build());
  }

  private List<String> names(@Nullable String filter) {
    return list(ListUsersRequest.builder().filter(filter)).users().stream()
        .map(UserType::username)
        .toList();
  }

  private String refused(ListUsersRequest.Builder request) {
    return fixture.refused(CognitoIdpOperations.LIST_USERS, request.userPoolId(pool).build());
  }

  @Test
  @Shows(id = "users-07", says = "ListUsers filters by email, username prefix, status and sub")
  void filters() {
    three();
    fixture.call(
        CognitoIdpOperations.ADMIN_DISABLE_USER,
        AdminDisableUserRequest.builder().userPoolId(pool).username("eva").build());
    String sub = fixture.user(pool, "jan").userAttributes().getFirst().value();
    assertThat(names("email = \"a@b.cd\"")).containsExactly("jan");
    assertThat(names("email=\"a@b.c\"")).isEmpty();
    assertThat(names("username ^= \"jan\"")).containsExactly("jan", "janet");
    assertThat(names("\"username\" = \"jan\"")).containsExactly("jan");
    assertThat(names("cognito:user_status = \"confirmed\"")).hasSize(3);
    assertThat(names("status = \"Disabled\"")).containsExactly("eva");
    assertThat(names("status = \"Enabled\"")).containsExactlyInAnyOrder("jan", "janet");
    assertThat(names("sub = \"" + sub + "\"")).containsExactly("jan");
    assertThat(names("name = \"Say \\\"hi\\\"\"")).containsExactly("janet");
    assertThat(names("")).hasSize(3);
    assertThat(names(null)).hasSize(3);
  }

  @Test
  @Shows(id = "users-07", says = "ListUsers refuses a filter by a custom attribute")
  void refusesOtherFilters() {
    assertThat(refused(ListUsersRequest.builder().filter("custom:x = \"1\"")))
        .isEqualTo("InvalidParameterException: Invalid search attribute: custom:x");
    for (String filter : List.of("email", "email = a", "email > \"a\"", "email = \"a\" x")) {
      assertThat(refused(ListUsersRequest.builder().filter(filter)))
          .isEqualTo("InvalidParameterException: Error while parsing filter");
    }
  }

  @Test
  void showsOnlyTheAttributesAskedFor() {
    three();
    UserType jan =
        list(ListUsersRequest.builder()
                .filter("username = \"jan\"")
                .attributesToGet(List.of("email", "name")))
            .users()
            .getFirst();
    assertThat(UsersFixture.map(jan.attributes())).isEqualTo(Map.of("email", "a@b.cd"));
    assertThat(refused(ListUsersRequest.builder().attributesToGet(List.of("custom:x"))))
        .isEqualTo(
            "InvalidParameterException: One or more requested attributes do not exist in user pool.");
  }

  @Test
  void pagesMeetEachUserOnce() {
    three();
    for (String filter : List.of("", "username ^= \"\"", "email ^= \"\"", "status = \"Enabled\"")) {
      List<String> seen = new ArrayList<>();
      @Nullable String token = null;
      do {
        ListUsersResponse page =
            list(ListUsersRequest.builder().filter(filter).limit(1).paginationToken(token));
        page.users().forEach(user -> seen.add(user.username()));
        token = page.paginationToken();
      } while (token != null);
      assertThat(seen).as(filter).doesNotHaveDuplicates().containsAll(names(filter));
    }
    assertThat(list(ListUsersRequest.builder().limit(3)).paginationToken()).isNull();
    assertThat(list(ListUsersRequest.builder().limit(0)).users()).hasSize(3);
  }

  @Test
  void aTokenServesItsOwnPoolAndFilterForAnHour() {
    three();
    String token = list(ListUsersRequest.builder().limit(1)).paginationToken();
    String invalid = "InvalidParameterException: Invalid pagination token.";
    assertThat(refused(ListUsersRequest.builder().filter("name ^= \"a\"").paginationToken(token)))
        .isEqualTo(invalid);
    String other = fixture.pool(CreateUserPoolRequest.builder());
    assertThat(
            fixture.refused(
                CognitoIdpOperations.LIST_USERS,
                ListUsersRequest.builder().userPoolId(other).paginationToken(token).build()))
        .isEqualTo(invalid);
    assertThat(refused(ListUsersRequest.builder().paginationToken("x" + token))).isEqualTo(invalid);
    fixture.clock.advance(Duration.ofMinutes(61));
    assertThat(refused(ListUsersRequest.builder().paginationToken(token))).isEqualTo(invalid);
  }
}
