package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Credential;
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
    if (subject instanceof Subject.Unknown unknown) {
      subject = migrated(request, unknown, password);
    }
    switch (subject) {
      case Subject.Unknown ignored -> signIn.refuseUnknown(request);
      // 3. what a client may learn before the password is right
      case Subject.Known known -> signIn.refuseBeforeCredential(request, known);
    }
    signIn.preAuthentication(request, subject);
    Progress progress = Progress.beginning(sessions.newFlowId(), parameters);
    return verify(request, subject, password, Evidence.beginning(progress));
  }

  /**
   * Judges the password; nobody's costs what a wrong one costs.
   *
   * @param evidence without the password
   */
  AuthStep verify(AuthRequest request, Subject subject, Secret password, Evidence evidence) {
    // 4. the password
    Credential credential =
        subject instanceof Subject.Known known ? known.account().credential() : null;
    if (!passwords.matches(credential, password) || !(subject instanceof Subject.Known known)) {
      throw signIn.failed(request, subject);
    }
    // an imported hash becomes the house's own, and SRP possible
    passwords.adopt(request.pool(), known.account(), password);
    // 5. all that follows
    return signIn.passed(request, known, evidence.with(Proof.PASSWORD));
  }

  /**
   * The user whom UserMigration brings over for this name and password; else nobody, as before. A
   * password that the function refuses counts as a wrong one: the directory behind it must not be
   * guessed at without limit.
   */
  Subject migrated(AuthRequest request, Subject.Unknown unknown, Secret password) {
    try {
      Optional<Subject.Known> brought =
          migration.migrate(
              new Migration.Attempt(
                  request.pool(),
                  request.client(),
                  "UserMigration_Authentication",
                  unknown.name(),
                  password,
                  request.clientMetadata(),
                  request.validationData()));
      return brought.isPresent() ? brought.get() : unknown;
    } catch (Refusal refusal) {
      if (refusal.reason() instanceof UserPoolReason reason
          && (reason.why() == Why.LAMBDA_FAILED || reason.why() == Why.MIGRATION_FAILED)) {
        signIn.countFailure(request, unknown);
      }
      throw refusal;
    }
  }
}
