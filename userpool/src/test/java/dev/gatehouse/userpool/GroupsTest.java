package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.AdminAddUserToGroupRequest;
import dev.gatehouse.model.cognitoidp.AdminDeleteUserRequest;
import dev.gatehouse.model.cognitoidp.AdminListGroupsForUserRequest;
import dev.gatehouse.model.cognitoidp.AdminListGroupsForUserResponse;
import dev.gatehouse.model.cognitoidp.AdminRemoveUserFromGroupRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateGroupRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeleteGroupRequest;
import dev.gatehouse.model.cognitoidp.GetGroupRequest;
import dev.gatehouse.model.cognitoidp.GroupType;
import dev.gatehouse.model.cognitoidp.ListGroupsRequest;
import dev.gatehouse.model.cognitoidp.ListGroupsResponse;
import dev.gatehouse.model.cognitoidp.ListUsersInGroupRequest;
import dev.gatehouse.model.cognitoidp.ListUsersInGroupResponse;
import dev.gatehouse.model.cognitoidp.UpdateGroupRequest;
import dev.gatehouse.model.cognitoidp.UserType;
import dev.gatehouse.testkit.Shows;
import dev.gatehouse.userpool.group.GroupStore;
import dev.gatehouse.userpool.group.MemberStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Groups and who is in them. */
@NullUnmarked
class GroupsTest {
  private static final String PASSWORD = "Permanent1!";
  private static final String ROLE = "arn:aws:iam::000000000000:role/a";
  private static final String NOT_FOUND = "ResourceNotFoundException: Group not found.";
  private static final String NO_USER = "UserNotFoundException: User does not exist.";
  private static final String BAD_TOKEN = "InvalidParameterException: Invalid pagination token.";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());

  @AfterEach
  void close() {
    fixture.close();
  }

  private GroupType create(String name) {
    return create(CreateGroupRequest.builder().groupName(name));
  }

  private GroupType create(CreateGroupRequest.Builder request) {
    return fixture
        .call(CognitoIdpOperations.CREATE_GROUP, request.userPoolId(pool).build())
        .group();
  }

  private GroupType get(String name) {
    return fixture.call(CognitoIdpOperations.GET_GROUP, named(name)).group();
  }

  private GetGroupRequest named(String name) {
    return GetGroupRequest.builder().userPoolId(pool).groupName(name).build();
  }

  private void delete(String name) {
    fixture.call(
        CognitoIdpOperations.DELETE_GROUP,
        DeleteGroupRequest.builder().userPoolId(pool).groupName(name).build());
  }

  private AdminAddUserToGroupRequest addition(String user, String group) {
    return AdminAddUserToGroupRequest.builder()
        .userPoolId(pool)
        .username(user)
        .groupName(group)
        .build();
  }

  private void add(String user, String group) {
    fixture.call(CognitoIdpOperations.ADMIN_ADD_USER_TO_GROUP, addition(user, group));
  }

  private AdminRemoveUserFromGroupRequest removal(String user, String group) {
    return AdminRemoveUserFromGroupRequest.builder()
        .userPoolId(pool)
        .username(user)
        .groupName(group)
        .build();
  }

  private void remove(String user, String group) {
    fixture.call(CognitoIdpOperations.ADMIN_REMOVE_USER_FROM_GROUP, removal(user, group));
  }

  private AdminListGroupsForUserResponse groupsOf(
      String user, @Nullable Integer limit, @Nullable String token) {
    return fixture.call(
        CognitoIdpOperations.ADMIN_LIST_GROUPS_FOR_USER, ofUser(user, limit, token));
  }

  private AdminListGroupsForUserRequest ofUser(
      String user, @Nullable Integer limit, @Nullable String token) {
    return AdminListGroupsForUserRequest.builder()
        .userPoolId(pool)
        .username(user)
        .limit(limit)
        .nextToken(token)
        .build();
  }

  private List<String> groupsOf(String user) {
    return groupsOf(user, null, null).groups().stream().map(GroupType::groupName).toList();
  }

  private ListUsersInGroupRequest inGroup(
      String group, @Nullable Integer limit, @Nullable String token) {
    return ListUsersInGroupRequest.builder()
        .userPoolId(pool)
        .groupName(group)
        .limit(limit)
        .nextToken(token)
        .build();
  }

  private List<String> usersIn(String group) {
    return fixture
        .call(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup(group, null, null))
        .users()
        .stream()
        .map(UserType::username)
        .sorted()
        .toList();
  }

  private ListGroupsRequest groups(@Nullable Integer limit, @Nullable String token) {
    return ListGroupsRequest.builder().userPoolId(pool).limit(limit).nextToken(token).build();
  }

  private void users(String... names) {
    for (String name : names) {
      fixture.confirmed(pool, name, PASSWORD, List.of());
    }
  }

  @Test
  @Shows(id = "userpool-12", says = "groups are always answered with both dates")
  void aGroupIsAnsweredAsItIsStored() {
    GroupType created =
        create(
            CreateGroupRequest.builder()
                .groupName("büro+1")
                .description("who works there")
                .roleArn(ROLE)
                .precedence(0));
    assertThat(created.creationDate())
        .isBetween(fixture.clock.now().minusSeconds(60), fixture.clock.now());
    assertThat(created.lastModifiedDate()).isEqualTo(created.creationDate());
    assertThat(created.userPoolId()).isEqualTo(pool);
    assertThat(get("büro+1")).isEqualTo(created);
    GroupType bare = create("bare");
    assertThat(bare.precedence()).isNull();
    assertThat(bare.roleArn()).isNull();
    assertThat(bare.description()).isNull();
    assertThat(fixture.call(CognitoIdpOperations.LIST_GROUPS, groups(null, null)).groups())
        .containsExactly(bare, created);
  }

  @Test
  void aNameIsGivenOnce() {
    create("a");
    CreateGroupRequest again =
        CreateGroupRequest.builder().userPoolId(pool).groupName("a").precedence(7).build();
    assertThat(fixture.refused(CognitoIdpOperations.CREATE_GROUP, again))
        .isEqualTo("GroupExistsException: A group with the name already exists");
    assertThat(get("a").precedence()).isNull();
    assertThat(create("A").groupName()).as("another name").isEqualTo("A");
  }

  @Test
  void anUpdateChangesWhatIsGiven() {
    create(CreateGroupRequest.builder().groupName("a").roleArn(ROLE).precedence(3));
    fixture.clock.advance(Duration.ofMinutes(1));
    fixture.call(
        CognitoIdpOperations.UPDATE_GROUP,
        UpdateGroupRequest.builder()
            .userPoolId(pool)
            .groupName("a")
            .description("new")
            .precedence(0)
            .build());
    GroupType updated = get("a");
    assertThat(updated.description()).isEqualTo("new");
    assertThat(updated.precedence()).isZero();
    assertThat(updated.roleArn()).isEqualTo(ROLE);
    assertThat(updated.lastModifiedDate())
        .isBetween(updated.creationDate().plusSeconds(60), fixture.clock.now());
  }

  @Test
  void anUnknownGroupIsRefusedByAllThatNameOne() {
    users("eva");
    String none = "none";
    assertThat(fixture.refused(CognitoIdpOperations.GET_GROUP, named(none))).isEqualTo(NOT_FOUND);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.UPDATE_GROUP,
                UpdateGroupRequest.builder().userPoolId(pool).groupName(none).build()))
        .isEqualTo(NOT_FOUND);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.DELETE_GROUP,
                DeleteGroupRequest.builder().userPoolId(pool).groupName(none).build()))
        .isEqualTo(NOT_FOUND);
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_ADD_USER_TO_GROUP, addition("eva", none)))
        .isEqualTo(NOT_FOUND);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_REMOVE_USER_FROM_GROUP, removal("eva", none)))
        .isEqualTo(NOT_FOUND);
    assertThat(fixture.refused(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup(none, null, null)))
        .isEqualTo(NOT_FOUND);
  }

  @Test
  void anUnknownUserIsRefusedByAllThatNameOne() {
    create("a");
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_ADD_USER_TO_GROUP, addition("x", "a")))
        .isEqualTo(NO_USER);
    assertThat(
            fixture.refused(CognitoIdpOperations.ADMIN_REMOVE_USER_FROM_GROUP, removal("x", "a")))
        .isEqualTo(NO_USER);
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_LIST_GROUPS_FOR_USER, ofUser("x", null, null)))
        .isEqualTo(NO_USER);
    assertThat(usersIn("a")).isEmpty();
  }

  @Test
  void groupsOfAnotherPoolAreUnknown() {
    String other = fixture.pool(CreateUserPoolRequest.builder());
    create("a");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.GET_GROUP,
                GetGroupRequest.builder().userPoolId(other).groupName("a").build()))
        .isEqualTo(NOT_FOUND);
    assertThat(
            fixture
                .call(
                    CognitoIdpOperations.LIST_GROUPS,
                    ListGroupsRequest.builder().userPoolId(other).build())
                .groups())
        .isEmpty();
  }

  @Test
  void beingPutInOrTakenOutTwiceDoesNoHarm() {
    users("eva", "jan");
    create("a");
    create("b");
    add("eva", "a");
    add("eva", "a");
    add("eva", "b");
    add("jan", "b");
    assertThat(groupsOf("eva")).containsExactly("a", "b");
    assertThat(usersIn("b")).containsExactly("eva", "jan");
    remove("eva", "b");
    remove("eva", "b");
    assertThat(groupsOf("eva")).containsExactly("a");
    assertThat(usersIn("b")).containsExactly("jan");
  }

  @Test
  void membersAreShownLikeUsers() {
    fixture.confirmed(pool, "eva", PASSWORD, UsersFixture.attributes("email", "eva@example.com"));
    create("a");
    add("eva", "a");
    UserType member =
        fixture
            .call(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup("a", null, null))
            .users()
            .getFirst();
    assertThat(UsersFixture.map(member.attributes())).containsEntry("email", "eva@example.com");
    assertThat(member.enabled()).isTrue();
    assertThat(member.userCreateDate()).isNotNull();
    assertThat(member.userLastModifiedDate()).isNotNull();
  }

  @Test
  void aDeletedUserIsInNoGroup() {
    users("eva", "jan");
    create("a");
    add("eva", "a");
    add("jan", "a");
    fixture.call(
        CognitoIdpOperations.ADMIN_DELETE_USER,
        AdminDeleteUserRequest.builder().userPoolId(pool).username("eva").build());
    assertThat(usersIn("a")).containsExactly("jan");
    assertThat(memberRows()).isEqualTo(1);
    users("eva");
    assertThat(groupsOf("eva")).isEmpty();
  }

  private long memberRows() {
    return fixture.database.read(handle ->
        handle
            .createQuery("SELECT COUNT(*) AS members FROM group_member")
            .map((row, context) -> row.getLong("members"))
            .one());
  }

  @Test
  void aGroupMadeAgainUnderTheSameNameIsEmpty() {
    users("eva", "jan");
    create("a");
    add("eva", "a");
    delete("a");
    assertThat(groupsOf("eva")).isEmpty();
    create("a");
    assertThat(groupsOf("eva")).isEmpty();
    assertThat(usersIn("a")).isEmpty();
    add("jan", "a");
    assertThat(usersIn("a")).containsExactly("jan");
    add("eva", "a");
    assertThat(groupsOf("eva")).containsExactly("a");
  }

  @Test
  void theMembersOfALargeGroupGoInTheBackgroundAndStayAwayMeanwhile() {
    users("eva");
    create("a");
    add("eva", "a");
    long incarnation =
        fixture.database.read(handle -> GroupStore.require(handle, pool, "a")).incarnation();
    fixture.database.write(handle -> {
      for (int i = 0; i < 1200; i++) {
        handle.execute(
            "INSERT INTO group_member (pool_id, sub, name, incarnation) VALUES (?, ?, 'a', ?)",
            pool,
            "-" + i, // before every sub
            incarnation);
      }
      return pool;
    });
    delete("a");
    assertThat(memberRows()).isEqualTo(701);
    create("a");
    assertThat(groupsOf("eva")).isEmpty();
    users("jan");
    add("jan", "a");
    fixture.module.housekeeping().run();
    assertThat(memberRows()).isEqualTo(1);
    assertThat(usersIn("a")).containsExactly("jan");
    int left = fixture.database.write(handle -> MemberStore.sweep(handle, 500));
    assertThat(left).isZero();
  }

  @Test
  void aUserIsInAHundredGroupsAtMost() {
    users("eva");
    for (int i = 0; i < 101; i++) {
      create("g" + i);
    }
    for (int i = 0; i < 100; i++) {
      add("eva", "g" + i);
    }
    // AdminAddUserToGroup declares no LimitExceededException
    assertThat(
            fixture.refused(CognitoIdpOperations.ADMIN_ADD_USER_TO_GROUP, addition("eva", "g100")))
        .isEqualTo(
            "InvalidParameterException: Exceeded the limit of 100 groups that a user is in.");
    add("eva", "g7");
    delete("g7");
    add("eva", "g100");
    assertThat(groupsOf("eva", 60, null).nextToken()).isNotNull();
  }

  @Test
  void aPoolHasTenThousandGroupsAtMost() {
    fixture.database.write(handle -> {
      for (int i = 0; i < GroupStore.MOST_GROUPS; i++) {
        handle.execute(
            "INSERT INTO pool_group (pool_id, name, incarnation, created, modified, revision) VALUES (?, ?, 0, 0, 0, 0)",
            pool,
            "g" + i);
      }
      return pool;
    });
    CreateGroupRequest request =
        CreateGroupRequest.builder().userPoolId(pool).groupName("one more").build();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.CREATE_GROUP,
                request.toBuilder().groupName("one-more").build()))
        .isEqualTo("LimitExceededException: Exceeded the limit of 10000 groups in a user pool.");
    delete("g1");
    assertThat(create("one-more")).isNotNull();
  }

  @Test
  void pagesMeetEachEntryOnce() {
    users("eva", "jan", "kim");
    for (String group : List.of("c", "a", "b")) {
      create(group);
      add("eva", group);
    }
    add("jan", "a");
    add("kim", "a");

    List<String> names = new ArrayList<>();
    @Nullable String token = null;
    do {
      ListGroupsResponse page = fixture.call(CognitoIdpOperations.LIST_GROUPS, groups(1, token));
      assertThat(page.groups()).hasSize(1);
      names.add(page.groups().getFirst().groupName());
      token = page.nextToken();
    } while (token != null);
    assertThat(names).containsExactly("a", "b", "c");

    AdminListGroupsForUserResponse first = groupsOf("eva", 2, null);
    assertThat(first.groups()).extracting(GroupType::groupName).containsExactly("a", "b");
    AdminListGroupsForUserResponse second = groupsOf("eva", 2, first.nextToken());
    assertThat(second.groups()).extracting(GroupType::groupName).containsExactly("c");
    assertThat(second.nextToken()).isNull();

    ListUsersInGroupResponse some =
        fixture.call(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup("a", 2, null));
    ListUsersInGroupResponse rest =
        fixture.call(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup("a", 2, some.nextToken()));
    assertThat(
            IntStream.range(0, 3)
                .mapToObj(i -> i < 2 ? some.users().get(i) : rest.users().getFirst())
                .map(UserType::username)
                .sorted(Comparator.naturalOrder()))
        .containsExactly("eva", "jan", "kim");
    assertThat(rest.nextToken()).isNull();
    assertThat(fixture.call(CognitoIdpOperations.LIST_GROUPS, groups(3, null)).nextToken())
        .isNull();
    assertThat(fixture.call(CognitoIdpOperations.LIST_GROUPS, groups(0, null)).groups()).hasSize(3);
  }

  @Test
  void aPageTokenServesItsOwnListOnly() {
    users("eva", "jan");
    for (String group : List.of("a", "b")) {
      create(group);
      add("eva", group);
      add("jan", group);
    }
    String ofEva = groupsOf("eva", 1, null).nextToken();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_LIST_GROUPS_FOR_USER, ofUser("jan", 1, ofEva)))
        .isEqualTo(BAD_TOKEN);
    assertThat(fixture.refused(CognitoIdpOperations.LIST_GROUPS, groups(1, ofEva)))
        .isEqualTo(BAD_TOKEN);
    String inA =
        fixture.call(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup("a", 1, null)).nextToken();
    assertThat(fixture.refused(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup("b", 1, inA)))
        .isEqualTo(BAD_TOKEN);
    fixture.clock.advance(Duration.ofMinutes(61));
    assertThat(fixture.refused(CognitoIdpOperations.LIST_USERS_IN_GROUP, inGroup("a", 1, inA)))
        .isEqualTo(BAD_TOKEN);
  }

  @Test
  void aSignInCostsOneStatementMoreForTheGroups() {
    users("eva");
    String client = fixture.client(pool);
    Runnable signIn =
        () ->
            fixture.call(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                UsersFixture.signIn(pool, client, "eva", PASSWORD));
    signIn.run();
    List<String> without = fixture.cost(signIn).statements();
    for (int i = 0; i < 20; i++) {
      create("g" + i);
      add("eva", "g" + i);
    }
    assertThat(fixture.cost(signIn).statements()).isEqualTo(without);
    assertThat(without).filteredOn("SELECT"::equals).hasSizeLessThanOrEqualTo(4);
  }
}
