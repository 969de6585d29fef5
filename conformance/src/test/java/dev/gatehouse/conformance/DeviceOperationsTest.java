package dev.gatehouse.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.conformance.DeviceScene.Kept;
import dev.gatehouse.testkit.Shows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeviceKeyExistsException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeviceRememberedStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeviceType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidParameterException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.InvalidUserPoolConfigurationException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListDevicesResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.NotAuthorizedException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserNotFoundException;

/** The operations about devices, of their owner and of an administrator. */
@ExtendWith(TestServer.Extension.class)
class DeviceOperationsTest {
  private final TestServer server;

  DeviceOperationsTest(TestServer server) {
    this.server = server;
  }

  private static void assertUnknown(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Device does not exist.");
  }

  private static Map<String, String> attributes(DeviceType device) {
    Map<String, String> result = new HashMap<>();
    device.deviceAttributes().forEach(a -> result.put(a.name(), a.value()));
    return result;
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "ConfirmDevice takes the key of the bearer's own sign-in (Invalid device key given.), once (DeviceKeyExistsException), with a verifier that SRP can use")
  void confirming() {
    DeviceScene devices = DeviceScene.of(server, false, false);
    Scene scene = devices.scene;
    String name = scene.newUser();
    AuthenticationResultType tokens = scene.signIn(name, Scene.PASSWORD);
    AuthenticationResultType others = scene.signIn(scene.newUser(), Scene.PASSWORD);
    Kept own = DeviceScene.drawn(tokens.newDeviceMetadata());
    for (String key :
        List.of(others.newDeviceMetadata().deviceKey(), "us-east-1_" + UUID.randomUUID())) {
      assertThatThrownBy(
              () -> devices.confirm(tokens.accessToken(), new Kept(key, own.group(), own.secret())))
          .isInstanceOf(InvalidParameterException.class)
          .hasMessageContaining("Invalid device key given.");
    }
    for (String[] bad :
        new String[][] {{"", ""}, {"AA==", "AAAA"}, {"####", "AAAA"}, {"/".repeat(600), "AAAA"}}) {
      assertThatThrownBy(() ->
              scene
                  .anonymous()
                  .confirmDevice(r ->
                      r.accessToken(tokens.accessToken())
                          .deviceKey(own.key())
                          .deviceSecretVerifierConfig(
                              c -> c.passwordVerifier(bad[0]).salt(bad[1]))))
          .isInstanceOf(InvalidParameterException.class);
    }
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .confirmDevice(r -> r.accessToken(tokens.accessToken()).deviceKey(own.key())))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(scene.anonymous().listDevices(r -> r.accessToken(tokens.accessToken())).devices())
        .isEmpty();

    assertThat(devices.confirm(tokens.accessToken(), own).userConfirmationNecessary()).isFalse();
    assertThatThrownBy(() -> devices.confirm(tokens.accessToken(), own))
        .isInstanceOf(DeviceKeyExistsException.class);
  }

  @Test
  @Shows(
      id = "auth-08",
      says =
          "a device that was forgotten does not come back by an access token that outlives it; a pool that tracks no more refuses ConfirmDevice")
  void aForgottenDeviceStaysAway() {
    DeviceScene devices =
        new DeviceScene(
            server,
            DeviceScene.of(server, false, false)
                .scene
                .withClient(client -> client.enableTokenRevocation(false)));
    Scene scene = devices.scene;
    AuthenticationResultType tokens = scene.signIn(scene.newUser(), Scene.PASSWORD);
    Kept kept = devices.confirm(tokens);
    scene.anonymous().forgetDevice(r -> r.accessToken(tokens.accessToken()).deviceKey(kept.key()));
    assertThatThrownBy(() -> devices.confirm(tokens.accessToken(), kept))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("Invalid device key given.");

    AuthenticationResultType more = scene.signIn(scene.newUser(), Scene.PASSWORD);
    scene.admin().updateUserPool(r -> r.userPoolId(scene.poolId));
    assertThatThrownBy(() -> devices.confirm(more))
        .isInstanceOf(InvalidUserPoolConfigurationException.class);
  }

  @Test
  void theOwnersDevices() {
    DeviceScene devices = DeviceScene.of(server, false, true);
    Scene scene = devices.scene;
    String name = scene.newUser();
    AuthenticationResultType first = scene.signIn(name, Scene.PASSWORD);
    Kept laptop = DeviceScene.drawn(first.newDeviceMetadata());
    assertThat(devices.confirm(first.accessToken(), laptop).userConfirmationNecessary()).isTrue();
    String token = first.accessToken();
    Kept phone = devices.confirm(scene.signIn(name, Scene.PASSWORD));
    AuthenticationResultType stranger = scene.signIn(scene.newUser(), Scene.PASSWORD);

    DeviceType device =
        scene.anonymous().getDevice(r -> r.accessToken(token).deviceKey(laptop.key())).device();
    assertThat(device.deviceKey()).isEqualTo(laptop.key());
    assertThat(device.deviceCreateDate()).isNotNull();
    assertThat(device.deviceLastModifiedDate()).isNotNull();
    assertThat(device.deviceLastAuthenticatedDate()).isNotNull();
    assertThat(attributes(device))
        .containsEntry("device_status", "valid")
        .containsEntry("device_name", "a laptop")
        .containsEntry("dev:device_remembered_status", "not_remembered")
        .containsEntry("dev:device_owner", name + "." + scene.poolId)
        .containsEntry("last_ip_used", "127.0.0.1");
    assertThat(attributes(device).get("dev:device_arn"))
        .endsWith("owner/" + name + "." + scene.poolId + "/device/" + laptop.key());

    scene
        .anonymous()
        .updateDeviceStatus(r ->
            r.accessToken(token)
                .deviceKey(laptop.key())
                .deviceRememberedStatus(DeviceRememberedStatusType.REMEMBERED));
    assertThat(
            attributes(
                scene
                    .anonymous()
                    .getDevice(r -> r.accessToken(token).deviceKey(laptop.key()))
                    .device()))
        .containsEntry("dev:device_remembered_status", "remembered");

    ListDevicesResponse page = scene.anonymous().listDevices(r -> r.accessToken(token).limit(1));
    ListDevicesResponse rest =
        scene
            .anonymous()
            .listDevices(
                r -> r.accessToken(token).limit(1).paginationToken(page.paginationToken()));
    assertThat(List.of(page.devices().getFirst(), rest.devices().getFirst()))
        .extracting(DeviceType::deviceKey)
        .containsExactlyInAnyOrder(laptop.key(), phone.key());
    assertThat(rest.paginationToken()).isNull();
    assertThatThrownBy(() ->
            scene
                .anonymous()
                .listDevices(r ->
                    r.accessToken(stranger.accessToken()).paginationToken(page.paginationToken())))
        .isInstanceOf(InvalidParameterException.class);

    // another user's devices are not there
    String foreign = stranger.accessToken();
    assertThat(scene.anonymous().listDevices(r -> r.accessToken(foreign)).devices()).isEmpty();
    assertUnknown(
        () -> scene.anonymous().getDevice(r -> r.accessToken(foreign).deviceKey(laptop.key())));
    assertUnknown(
        () -> scene.anonymous().forgetDevice(r -> r.accessToken(foreign).deviceKey(laptop.key())));
    assertUnknown(() ->
        scene
            .anonymous()
            .updateDeviceStatus(r ->
                r.accessToken(foreign)
                    .deviceKey(laptop.key())
                    .deviceRememberedStatus(DeviceRememberedStatusType.NOT_REMEMBERED)));
    assertThatThrownBy(() ->
            scene.anonymous().updateDeviceStatus(r -> r.accessToken(token).deviceKey(laptop.key())))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> scene.anonymous().getDevice(r -> r.deviceKey(laptop.key())))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageContaining("AccessToken");
  }

  @Test
  void theAdministrators() {
    DeviceScene devices = DeviceScene.of(server, false, false);
    Scene scene = devices.scene;
    String name = scene.newUser();
    AuthenticationResultType tokens = scene.signIn(name, Scene.PASSWORD);
    Kept kept = devices.confirm(tokens);
    String other = scene.newUser();

    assertThat(
            attributes(
                scene
                    .admin()
                    .adminGetDevice(
                        r -> r.userPoolId(scene.poolId).username(name).deviceKey(kept.key()))
                    .device()))
        .containsEntry("dev:device_remembered_status", "remembered");
    scene
        .admin()
        .adminUpdateDeviceStatus(r ->
            r.userPoolId(scene.poolId)
                .username(name)
                .deviceKey(kept.key())
                .deviceRememberedStatus(DeviceRememberedStatusType.NOT_REMEMBERED));
    DeviceType listed =
        scene
            .admin()
            .adminListDevices(r -> r.userPoolId(scene.poolId).username(name))
            .devices()
            .getFirst();
    assertThat(attributes(listed)).containsEntry("dev:device_remembered_status", "not_remembered");

    assertUnknown(() ->
        scene
            .admin()
            .adminGetDevice(r -> r.userPoolId(scene.poolId).username(other).deviceKey(kept.key())));
    assertUnknown(() ->
        scene
            .admin()
            .adminForgetDevice(
                r -> r.userPoolId(scene.poolId).username(other).deviceKey(kept.key())));
    assertThatThrownBy(() ->
            scene
                .admin()
                .adminForgetDevice(
                    r -> r.userPoolId(scene.poolId).username("nobody").deviceKey(kept.key())))
        .isInstanceOf(UserNotFoundException.class);
    // the model declares no UserNotFoundException for it
    assertThatThrownBy(() ->
            scene.admin().adminListDevices(r -> r.userPoolId(scene.poolId).username("nobody")))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("User does not exist.");

    scene
        .admin()
        .adminForgetDevice(r -> r.userPoolId(scene.poolId).username(name).deviceKey(kept.key()));
    assertThat(
            scene
                .admin()
                .adminListDevices(r -> r.userPoolId(scene.poolId).username(name))
                .devices())
        .isEmpty();
    assertThatThrownBy(() -> scene.anonymous().getUser(r -> r.accessToken(tokens.accessToken())))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("Access Token has been revoked");
  }
}
