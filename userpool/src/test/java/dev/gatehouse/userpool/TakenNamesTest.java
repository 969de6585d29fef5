package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminUpdateUserAttributesRequest;
import dev.gatehouse.model.cognitoidp.AliasAttributeType;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ListUsersRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.UsernameConfigurationType;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody takes the place of another by a name of their choice. */
@NullUnmarked
class TakenNamesTest {
  private static final String PASSWORD = "Permanent1!";
  private static final String EXISTS = "UsernameExistsException: User already exists";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool =
      fixture.pool(
          CreateUserPoolRequest.builder()
              .aliasAttributes(List.of(AliasAttributeType.PREFERRED_USERNAME))
              .usernameConfiguration(
                  UsernameConfigurationType.builder().caseSensitive(false).build()));
  private final String client = fixture.client(pool);

  @AfterEach
  void close() {
    fixture.close();
  }

  private String sub(String name) {
    return UsersFixture.map(fixture.user(pool, name).userAttributes()).get("sub");
  }

  private SignUpRequest signUp(String name, List<AttributeType> attributes) {
    return SignUpRequest.builder()
        .clientId(client)
        .username(name)
        .password(PASSWORD)
        .userAttributes(attributes)
        .build();
  }

  private String signUpRefused(String name) {
    return fixture.refused(CognitoIdpOperations.SIGN_UP, signUp(name, List.of()));
  }

  private AdminCreateUserRequest create(String name) {
    return AdminCreateUserRequest.builder().userPoolId(pool).username(name).build();
  }

  private static List<AttributeType> preferred(String name) {
    return UsersFixture.attributes("preferred_username", name);
  }

  private AdminUpdateUserAttributesRequest prefer(String user, String name) {
    return AdminUpdateUserAttributesRequest.builder()
        .userPoolId(pool)
        .username(user)
        .userAttributes(preferred(name))
        .build();
  }

  @Test
  void nobodyTakesTheSubOfAnotherAsName() {
    fixture.confirmed(pool, "victim", PASSWORD, List.of());
    fixture.confirmed(pool, "eve", PASSWORD, List.of());
    String sub = sub("victim");
    assertThat(signUpRefused(sub)).isEqualTo(EXISTS);
    assertThat(signUpRefused(sub.toUpperCase(Locale.ROOT))).isEqualTo(EXISTS);
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_CREATE_USER, create(sub)))
        .isEqualTo("UsernameExistsException: User account already exists");
    assertThat(
            fixture.refused(CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES, prefer("eve", sub)))
        .isEqualTo(
            "AliasExistsException: An account with the given preferred_username already exists.");
    assertThat(fixture.user(pool, sub).username()).isEqualTo("victim");
  }

  /** Whatever got into the table of names: the sub is the one name that cannot be chosen. */
  @Test
  void aSubIsLookedUpBeforeNames() {
    fixture.confirmed(pool, "victim", PASSWORD, List.of());
    fixture.confirmed(pool, "eve", PASSWORD, List.of());
    String sub = sub("victim");
    String eve = sub("eve");
    fixture.database.write(handle ->
        handle.execute(
            "INSERT INTO login_name (pool_id, value, kind, sub) VALUES (?, ?, 'USERNAME', ?)",
            pool,
            sub,
            eve));
    assertThat(fixture.user(pool, sub).username()).isEqualTo("victim");
  }

  @Test
  void aUuidThatIsNobodysSubIsAUsername() {
    String name = UUID.randomUUID().toString();
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp(name, List.of()));
    assertThat(fixture.user(pool, name).username()).isEqualTo(name);
    assertThat(sub(name)).isNotEqualTo(name);
  }

  @Test
  void aPreferredUsernameWaitsForTheConfirmation() {
    fixture.confirmed(pool, "bob", PASSWORD, preferred("bobby"));
    for (String name : List.of("bobby", "nobodys")) {
      assertThat(fixture.refused(CognitoIdpOperations.SIGN_UP, signUp("eve", preferred(name))))
          .isEqualTo(
              "InvalidParameterException: Preferred username cannot be provided for unconfirmed account, since user pool is configured for preferred username alias.");
    }
  }

  @Test
  void usernamesAndPreferredOnesAreOneSpace() {
    fixture.confirmed(pool, "bob", PASSWORD, preferred("bobby"));
    fixture.confirmed(pool, "eve", PASSWORD, List.of());
    assertThat(signUpRefused("Bobby")).isEqualTo(EXISTS);
    assertThat(fixture.refused(CognitoIdpOperations.ADMIN_CREATE_USER, create("bobby")))
        .isEqualTo("UsernameExistsException: User account already exists");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES, prefer("bob", "eve")))
        .isEqualTo(
            "AliasExistsException: An account with the given preferred_username already exists.");
    assertThat(fixture.user(pool, "bobby").username()).isEqualTo("bob");
    assertThat(
            fixture
                .call(
                    CognitoIdpOperations.LIST_USERS,
                    ListUsersRequest.builder()
                        .userPoolId(pool)
                        .filter("username ^= \"bob\"")
                        .build())
                .users())
        .hasSize(1);
    assertThat(
            fixture
                .call(
                    CognitoIdpOperations.ADMIN_INITIATE_AUTH,
                    UsersFixture.signIn(pool, client, "bobby", PASSWORD))
                .authenticationResult()
                .accessToken())
        .isNotEmpty();
  }

  @Test
  void aPreferredUsernameGivenUpIsFreeAndTheUsernameStays() {
    fixture.confirmed(pool, "bob", PASSWORD, preferred("bobby"));
    // one's own username may be preferred, and given up as such
    for (String name : List.of("bob", "robert")) {
      fixture.call(CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES, prefer("bob", name));
      assertThat(fixture.user(pool, name).username()).isEqualTo("bob");
    }
    assertThat(signUpRefused("bob")).isEqualTo(EXISTS);
    fixture.call(CognitoIdpOperations.SIGN_UP, signUp("bobby", List.of()));
    assertThat(fixture.user(pool, "bobby").username()).isEqualTo("bobby");
  }

  @Test
  void aPreferredUsernameHasNoAliasesForm() {
    String both =
        fixture.pool(
            CreateUserPoolRequest.builder()
                .aliasAttributes(
                    List.of(
                        AliasAttributeType.PREFERRED_USERNAME,
                        AliasAttributeType.EMAIL,
                        AliasAttributeType.PHONE_NUMBER)));
    fixture.confirmed(both, "eve", PASSWORD, List.of());
    for (String name : List.of("bob@example.com", "+15555550100")) {
      assertThat(
              fixture.refused(
                  CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES,
                  AdminUpdateUserAttributesRequest.builder()
                      .userPoolId(both)
                      .username("eve")
                      .userAttributes(preferred(name))
                      .build()))
          .startsWith("InvalidParameterException: Username cannot be of ");
    }
  }

  @Test
  void ofTwoWhoWantANameAtOnceOneGetsIt() throws Exception {
    fixture.confirmed(pool, "bob", PASSWORD, List.of());
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 20; i++) {
        String name = "wanted" + i;
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Boolean> newcomer =
            threads.submit(
                () -> done(start, CognitoIdpOperations.SIGN_UP, signUp(name, List.of())));
        Future<Boolean> bob =
            threads.submit(() ->
                done(
                    start, CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES, prefer("bob", name)));
        assertThat(newcomer.get()).as("round %d", i).isNotEqualTo(bob.get());
      }
    }
  }

  private <I, O> boolean done(CyclicBarrier start, OperationModel<I, O> model, I request)
      throws Exception {
    start.await();
    try {
      fixture.call(model, request);
      return true;
    } catch (Refusal taken) {
      return false;
    }
  }
}
