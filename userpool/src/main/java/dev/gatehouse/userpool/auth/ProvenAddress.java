package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AliasMove;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStatus;
import dev.gatehouse.userpool.directory.UserStore.Account;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;

/**
 * What a right code of a sign-in does beside signing in: its address is verified, and an account
 * that waited for that is confirmed (auth.md §6, users.md §1). All in the write of the sign-in.
 */
final class ProvenAddress {
  private final Database database;
  private final SignIn signIn;
  private final Clock clock;

  ProvenAddress(Database database, SignIn signIn, Clock clock) {
    this.database = database;
    this.signIn = signIn;
    this.clock = clock;
  }

  /**
   * Goes on with a sign-in whose code was right.
   *
   * @param address where the code went
   */
  AuthStep passed(AuthRequest request, Subject.Known known, Evidence evidence, Address address) {
    User before = known.account().user();
    boolean confirms = before.status() == UserStatus.UNCONFIRMED;
    if (!confirms && before.hasVerified(address.attribute(), address.value())) {
      return signIn.passed(request, known, evidence);
    }
    Pool pool = request.pool();
    Instant now = clock.now();
    User after = AttributeUpdate.verified(before, address, now);
    if (confirms) {
      after = after.withStatus(UserStatus.CONFIRMED, now);
    }
    if (evidence.progress().has(Proof.EMAIL_MFA)) {
      after = after.withMfa(after.mfa().with(MfaFactor.EMAIL_OTP, true), now);
    }
    AliasMove move = AliasMove.ofVerified(database, pool, after, now);
    UserRow row = UserRow.of(after);
    Account account = new Account(after.updated(), known.account().credential());
    return signIn.passed(
        request,
        new Subject.Known(account, known.lockedUntil()),
        evidence.along(handle -> {
          if (!move.write(handle) || !Directory.update(handle, pool, before, row)) {
            throw Why.CONCURRENT_CHANGE.refusal();
          }
        }));
  }
}
