package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.ServerOptions;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.http.TrustedProxies;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CodeDeliveryFailureException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;

/** A server with neither a mail server nor the development inbox. */
class NoTransportTest {
  @Test
  void aSignUpSaysAtOnceThatItsCodeCannotLeaveAndKeepsTheAccount() {
    Listeners behindProxy =
        new Listeners(
            "127.0.0.1",
            0,
            null,
            0,
            Exposure.SERVICE,
            TrustedProxies.none(),
            false,
            ServerOptions.Limits.OWN);
    try (TestServer server = new TestServer(ServerOptions.ephemeral().with(behindProxy))) {
      Scene scene = Scene.of(server);
      String username = Scene.newName();
      assertThatThrownBy(() -> scene.signUp(username, Scene.PASSWORD))
          .isInstanceOf(CodeDeliveryFailureException.class)
          .hasMessageContaining("no EMAIL transport");
      assertThat(
              server
                  .admin()
                  .adminGetUser(request -> request.userPoolId(scene.poolId).username(username))
                  .userStatus())
          .isEqualTo(UserStatusType.UNCONFIRMED);
    }
  }
}
