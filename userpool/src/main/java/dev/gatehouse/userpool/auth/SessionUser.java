package dev.gatehouse.userpool.auth;

import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.Users;
import java.util.Optional;

/**
 * Finds the user whom a session belongs to by the USERNAME that came with it, which may be any of
 * the user's names (auth.md §1). Three statements.
 */
final class SessionUser {
  private final Database database;
  private final Users users;
  private final Decoys decoys;

  SessionUser(Database database, Users users, Decoys decoys) {
    this.database = database;
    this.users = users;
    this.decoys = decoys;
  }

  /**
   * Whom a session of a name that may be nobody's belongs to.
   *
   * @param sub the user's, or the decoy's
   * @param userId what the challenge called the user, or the decoy
   * @param username what the answer calls it
   * @return empty when that is not a name of the session's user or decoy
   */
  Optional<Subject> find(AuthRequest request, String sub, String userId, String username) {
    return database.read(handle -> {
      boolean own =
          username.equals(userId)
              || username.equals(sub)
              || Users.sub(handle, request.pool(), username)
                  .orElseGet(() -> decoys.sub(request.pool(), username))
                  .equals(sub);
      return own
          ? Optional.of(users.subjectOf(handle, request.pool(), sub, username))
          : Optional.empty();
    });
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal PARAMETER_MISSING, SECRET_HASH_…, SESSION_INVALID for
   *     another user's session, USER_DISABLED
   */
  Subject.Known require(AuthRequest request, Parameters parameters, FlowState state) {
    if (!(subject(request, parameters, state) instanceof Subject.Known known)) {
      throw Why.SESSION_INVALID.refusal();
    }
    if (!known.account().user().enabled()) {
      throw Why.USER_DISABLED.refusal();
    }
    return known;
  }

  /**
   * The same where nothing has been shown yet: nobody's session is like a user's, and a user's
   * state is not told.
   *
   * @throws dev.gatehouse.kernel.Refusal PARAMETER_MISSING, SECRET_HASH_…, SESSION_INVALID for
   *     another user's session
   */
  Subject subject(AuthRequest request, Parameters parameters, FlowState state) {
    String username = parameters.required("USERNAME");
    AuthEngine.checkSecretHash(request, parameters, username);
    Subject subject = database.read(handle -> users.subject(handle, request.pool(), username));
    if (!subject.sub().equals(state.sub())) {
      throw Why.SESSION_INVALID.refusal();
    }
    return subject;
  }
}
