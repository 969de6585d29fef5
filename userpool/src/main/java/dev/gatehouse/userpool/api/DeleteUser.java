package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.NoAnswer;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DeleteUserRequest;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.token.AccessTokens;

/**
 * The bearer deletes its own account: its names are free at once, its sub is never used again
 * (users.md §8).
 */
public final class DeleteUser implements Operation<DeleteUserRequest, NoAnswer> {
  private final AccessTokens accessTokens;
  private final Database database;

  public DeleteUser(AccessTokens accessTokens, Database database) {
    this.accessTokens = accessTokens;
    this.database = database;
  }

  @Override
  public NoAnswer handle(DeleteUserRequest request, RequestContext context) {
    User user = accessTokens.require(request.accessToken()).user();
    if (!database.write(handle -> Directory.delete(handle, user))) {
      throw Why.USER_UNKNOWN.refusal();
    }
    return NoAnswer.INSTANCE;
  }
}
