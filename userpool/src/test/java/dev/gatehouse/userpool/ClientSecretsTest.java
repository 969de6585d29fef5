package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.crypto.SecretHash;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.AddUserPoolClientSecretRequest;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.ClientSecretDescriptorType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.DeleteUserPoolClientSecretRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.ListUserPoolClientSecretsRequest;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.testkit.Shows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client's two secrets. */
@NullUnmarked
class ClientSecretsTest {
  private static final String PASSWORD = "Permanent1!";

  private final UsersFixture fixture = new UsersFixture();
  private final String pool = fixture.pool(CreateUserPoolRequest.builder());
  private final UserPoolClientType client = create(true);

  @AfterEach
  void close() {
    fixture.close();
  }

  private UserPoolClientType create(Boolean withSecret) {
    return fixture
        .call(
            CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
            CreateUserPoolClientRequest.builder()
                .userPoolId(pool)
                .clientName("c")
                .generateSecret(withSecret)
                .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                .build())
        .userPoolClient();
  }

  private AddUserPoolClientSecretRequest.Builder addition(String client) {
    return AddUserPoolClientSecretRequest.builder().userPoolId(pool).clientId(client);
  }

  private ClientSecretDescriptorType add() {
    return fixture
        .call(CognitoIdpOperations.ADD_USER_POOL_CLIENT_SECRET, addition(client.clientId()).build())
        .clientSecretDescriptor();
  }

  private DeleteUserPoolClientSecretRequest deletion(String client, String secret) {
    return DeleteUserPoolClientSecretRequest.builder()
        .userPoolId(pool)
        .clientId(client)
        .clientSecretId(secret)
        .build();
  }

  private List<ClientSecretDescriptorType> list() {
    return fixture
        .call(
            CognitoIdpOperations.LIST_USER_POOL_CLIENT_SECRETS,
            ListUserPoolClientSecretsRequest.builder()
                .userPoolId(pool)
                .clientId(client.clientId())
                .build())
        .clientSecrets();
  }

  private AdminInitiateAuthRequest signIn(String secret) {
    return AdminInitiateAuthRequest.builder()
        .userPoolId(pool)
        .clientId(client.clientId())
        .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
        .authParameters(
            Map.of(
                "USERNAME",
                "jan",
                "PASSWORD",
                PASSWORD,
                "SECRET_HASH",
                SecretHash.of(Secret.of(secret), "jan", client.clientId())))
        .build();
  }

  @Test
  @Shows(id = "userpool-07", says = "two secrets sign in side by side until one is deleted")
  void eitherSecretSignsIn() {
    fixture.confirmed(pool, "jan", PASSWORD, List.of());
    ClientSecretDescriptorType second = add();
    for (String secret : List.of(client.clientSecret(), second.clientSecretValue())) {
      assertThat(
              fixture
                  .call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn(secret))
                  .authenticationResult())
          .isNotNull();
    }
    String first = list().getFirst().clientSecretId();
    fixture.call(
        CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET, deletion(client.clientId(), first));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn(client.clientSecret())))
        .isEqualTo(
            "NotAuthorizedException: Unable to verify secret hash for client " + client.clientId());
    assertThat(
            fixture
                .call(CognitoIdpOperations.ADMIN_INITIATE_AUTH, signIn(second.clientSecretValue()))
                .authenticationResult())
        .isNotNull();
  }

  @Test
  @Shows(id = "userpool-07", says = "a third secret is refused, and the deletion of the last one")
  void noThirdAndNoneLess() {
    ClientSecretDescriptorType second = add();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADD_USER_POOL_CLIENT_SECRET,
                addition(client.clientId()).build()))
        .isEqualTo("LimitExceededException: Client secrets cannot exceed limit of 2 secrets.");
    String first = list().getFirst().clientSecretId();
    fixture.call(
        CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET, deletion(client.clientId(), first));
    assertThat(
            fixture.refused(
                CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET,
                deletion(client.clientId(), second.clientSecretId())))
        .startsWith("InvalidParameterException: ");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET,
                deletion(client.clientId(), first)))
        .startsWith("ResourceNotFoundException: ");
    // the place is free again
    assertThat(add().clientSecretId()).isNotEqualTo(second.clientSecretId());
  }

  @Test
  void valuesAreShownOnlyWhereTheyAreMade() {
    ClientSecretDescriptorType generated = add();
    assertThat(generated.clientSecretValue()).matches("[a-z0-9]{40,}");
    assertThat(generated.clientSecretId()).matches(client.clientId() + "--[0-9]+");
    assertThat(list())
        .hasSize(2)
        .doesNotHaveDuplicates()
        .allSatisfy(secret -> {
          assertThat(secret.clientSecretValue()).isNull();
          assertThat(secret.clientSecretCreateDate()).isNotNull();
        });
    fixture.call(
        CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET,
        deletion(client.clientId(), generated.clientSecretId()));
    assertThat(
            fixture
                .call(
                    CognitoIdpOperations.ADD_USER_POOL_CLIENT_SECRET,
                    addition(client.clientId()).clientSecret("b".repeat(64)).build())
                .clientSecretDescriptor()
                .clientSecretValue())
        .isNull();
  }

  @Test
  void aPublicClientHasNoSecrets() {
    String open = create(false).clientId();
    assertThat(
            fixture.refused(
                CognitoIdpOperations.ADD_USER_POOL_CLIENT_SECRET, addition(open).build()))
        .startsWith("InvalidParameterException: ");
    assertThat(
            fixture.refused(
                CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET,
                deletion(open, list().getFirst().clientSecretId())))
        .startsWith("InvalidParameterException: ");
  }

  @Test
  void aSecretIsUnreadableInTheDatabase() {
    List<byte[]> sealed =
        fixture.database.read(handle ->
            handle
                .createQuery("SELECT sealed FROM client_secret")
                .map((row, context) -> row.getBytes("sealed"))
                .list());
    assertThat(sealed)
        .singleElement()
        .satisfies(bytes ->
            assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(client.clientSecret()));
  }

  @Test
  @Tag("race")
  void twoDeletionsAtOnceLeaveOne() throws Exception {
    add();
    List<String> both = list().stream().map(ClientSecretDescriptorType::clientSecretId).toList();
    List<Future<Boolean>> deletions = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String secret : both) {
        deletions.add(threads.submit(() -> deleted(secret)));
      }
    }
    assertThat(List.of(deletions.get(0).get(), deletions.get(1).get()))
        .containsExactlyInAnyOrder(true, false);
    assertThat(list()).hasSize(1);
  }

  private Boolean deleted(String secret) {
    try {
      fixture.call(
          CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET, deletion(client.clientId(), secret));
      return true;
    } catch (Refusal refusal) {
      return false;
    }
  }
}
