package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Passwords;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.Users;
import java.util.Optional;

/**
 * USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH (auth.md §3): one hash for every attempt with a
 * name and a password, whoever it is for; three statements to read, a transaction to write.
 */
public final class PasswordFlow {
  private final Database database;
  private final Users users;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Migration migration;

  public PasswordFlow(
      Database database,
      Users users,
      Passwords passwords,
      Sessions sessions,
      SignIn signIn,
      Migration migration) {
    this.database = database;
    this.users = users;
    this.passwords = passwords;
    this.sessions = sessions;
    this.signIn = signIn;
    this.migration = migration;
  }

  AuthStep begin(AuthRequest request) {
    // 1. parameters and the client's proof
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    Secret password = Secret.of(parameters.required("PASSWORD"));
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. whom the name belongs to, and whether that one is locked out
    Subject subject = database.read(handle -> users.subject(handle, request.pool(), username));
    signIn.refuseLockedOut(subject);
    return switch (subject) {
      case Subject.Unknown unknown -> {
        Optional<Subject.Known> migrated = migrate(request, unknown, password);
        if (migrated.isPresent()) {
          yield known(request, migrated.get(), parameters, password);
        }
        signIn.refuseUnknown(request);
        signIn.preAuthentication(request, unknown);
        // 3. nobody's password costs what a wrong one costs
        passwords.matches(null, password);
        throw signIn.failed(request, unknown);
      }
      case Subject.Known known -> known(request, known, parameters, password);
    };
  }

  private AuthStep known(
      AuthRequest request, Subject.Known known, Parameters parameters, Secret password) {
    // 3. what a client may learn before the password is right
    signIn.refuseBeforeCredential(request, known);
    signIn.preAuthentication(request, known);
    // 4. the password
    if (!passwords.matches(known.account().credential(), password)) {
      throw signIn.failed(request, known);
    }
    // 5. all that follows
    Progress progress = Progress.beginning(sessions.newFlowId(), parameters);
    return signIn.passed(request, known, Evidence.beginning(progress.with(Proof.PASSWORD)));
  }

  /**
   * A password that the function refuses counts as a wrong one: the directory behind it must not be
   * guessed at without limit.
   */
  private Optional<Subject.Known> migrate(
      AuthRequest request, Subject.Unknown unknown, Secret password) {
    try {
      return migration.migrate(
          new Migration.Attempt(
              request.pool(),
              request.client(),
              "UserMigration_Authentication",
              unknown.name(),
              password,
              request.clientMetadata(),
              request.validationData()));
    } catch (Refusal refusal) {
      if (refusal.reason() instanceof UserPoolReason reason
          && (reason.why() == Why.LAMBDA_FAILED || reason.why() == Why.MIGRATION_FAILED)) {
        signIn.countFailure(request, unknown);
      }
      throw refusal;
    }
  }
}
