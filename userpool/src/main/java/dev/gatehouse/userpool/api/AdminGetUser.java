package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.AdminGetUserRequest;
import dev.gatehouse.model.cognitoidp.AdminGetUserResponse;
import dev.gatehouse.model.cognitoidp.UserStatusType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** What an administrator sees of a user: all attributes (users.md §1). */
public final class AdminGetUser implements Operation<AdminGetUserRequest, AdminGetUserResponse> {
  private final Pools pools;
  private final Database database;

  public AdminGetUser(Pools pools, Database database) {
    this.pools = pools;
    this.database = database;
  }

  @Override
  public AdminGetUserResponse handle(AdminGetUserRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    UnsupportedSettings.check(pool, "AdminGetUser");
    User user = database.read(handle -> Users.require(handle, pool, request.username()));
    return AdminGetUserResponse.builder()
        .username(user.username())
        .userAttributes(Answers.attributes(user, name -> true))
        .userCreateDate(user.created())
        .userLastModifiedDate(user.modified())
        .enabled(user.enabled())
        .userStatus(new UserStatusType(user.status().name()))
        .preferredMfaSetting(MfaPreferences.preferred(user))
        .userMFASettingList(MfaPreferences.list(user))
        .mfaOptions(MfaPreferences.options(user))
        .build();
  }
}
