package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Arn;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.DeviceRememberedStatusType;
import dev.gatehouse.model.cognitoidp.DeviceType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Device;
import dev.gatehouse.userpool.directory.DeviceStore;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.FamilyStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What users and administrators do alike with devices (auth.md §11). */
public final class DeviceRecords {
  private static final int DEFAULT_LIMIT = 60;

  private final Database database;
  private final Vault vault;
  private final PageTokens pageTokens;
  private final Clock clock;

  public DeviceRecords(Database database, Vault vault, PageTokens pageTokens, Clock clock) {
    this.database = database;
    this.vault = vault;
    this.pageTokens = pageTokens;
    this.clock = clock;
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal DEVICE_UNKNOWN
   */
  DeviceType get(Pool pool, User user, String deviceKey) {
    return database
        .read(handle -> DeviceStore.find(handle, pool.id(), user.sub(), deviceKey))
        .map(device -> answer(pool, user, device))
        .orElseThrow(() -> Why.DEVICE_UNKNOWN.refusal());
  }

  /**
   * @param next null on the last page
   */
  record DevicePage(List<DeviceType> devices, @Nullable String next) {}

  /**
   * A page of a user's devices. One statement.
   *
   * @param token null for the first page
   * @throws dev.gatehouse.kernel.Refusal PAGE_TOKEN_INVALID
   */
  DevicePage list(Pool pool, User user, @Nullable Integer most, @Nullable String token) {
    int limit = most == null || most == 0 ? DEFAULT_LIMIT : most;
    // users and administrators page through the same list, whose tokens serve its user only
    String list = "ListDevices/" + user.sub();
    String after =
        token == null
            ? ""
            : pageTokens
                .open(list, pool.id(), token)
                .orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal());
    List<Device> found =
        database.read(handle -> DeviceStore.page(handle, pool.id(), user.sub(), after, limit + 1));
    List<Device> page = found.subList(0, Math.min(limit, found.size()));
    return new DevicePage(
        page.stream().map(device -> answer(pool, user, device)).toList(),
        found.size() > limit ? pageTokens.seal(list, pool.id(), page.getLast().deviceKey()) : null);
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal DEVICE_UNKNOWN, PARAMETER_MISSING
   */
  void setStatus(
      Pool pool, User user, String deviceKey, @Nullable DeviceRememberedStatusType status) {
    if (status == null) {
      throw Why.PARAMETER_MISSING.refusal("DeviceRememberedStatus");
    }
    boolean remembered = DeviceRememberedStatusType.REMEMBERED.equals(status);
    Instant now = clock.now();
    boolean done =
        database.write(handle ->
            DeviceStore.setRemembered(handle, pool.id(), user.sub(), deviceKey, remembered, now));
    if (!done) {
      throw Why.DEVICE_UNKNOWN.refusal();
    }
  }

  /**
   * Takes the device away, and ends the sign-ins that are bound to it.
   *
   * @throws dev.gatehouse.kernel.Refusal DEVICE_UNKNOWN
   */
  void forget(Pool pool, User user, String deviceKey) {
    boolean done =
        database.write(handle -> {
          FamilyStore.revokeOfDevice(handle, pool.id(), user.sub(), deviceKey);
          return DeviceStore.delete(handle, pool.id(), user.sub(), deviceKey);
        });
    if (!done) {
      throw Why.DEVICE_UNKNOWN.refusal();
    }
  }

  private DeviceType answer(Pool pool, User user, Device device) {
    String owner = user.username() + "." + pool.id();
    List<AttributeType> attributes = new ArrayList<>();
    attributes.add(attribute("device_status", "valid"));
    if (device.name() != null) {
      attributes.add(attribute("device_name", device.name()));
    }
    attributes.add(
        attribute(
            "dev:device_arn",
            new Arn(
                    "aws",
                    "cognito-idp",
                    pool.region(),
                    vault.server().accountId(),
                    "owner/" + owner + "/device/" + device.deviceKey())
                .toString()));
    attributes.add(attribute("dev:device_owner", owner));
    attributes.add(attribute("last_ip_used", device.address()));
    attributes.add(
        attribute(
            "dev:device_remembered_status",
            (device.remembered()
                    ? DeviceRememberedStatusType.REMEMBERED
                    : DeviceRememberedStatusType.NOT_REMEMBERED)
                .value()));
    if (!device.sdk().isEmpty()) {
      attributes.add(attribute("dev:device_sdk", device.sdk()));
    }
    return DeviceType.builder()
        .deviceKey(device.deviceKey())
        .deviceAttributes(attributes)
        .deviceCreateDate(device.created())
        .deviceLastModifiedDate(device.modified())
        .deviceLastAuthenticatedDate(device.authenticated())
        .build();
  }

  private static AttributeType attribute(String name, String value) {
    return AttributeType.builder().name(name).value(value).build();
  }
}
