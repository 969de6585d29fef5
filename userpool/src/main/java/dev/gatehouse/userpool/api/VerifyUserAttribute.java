package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.VerifyUserAttributeRequest;
import dev.gatehouse.model.cognitoidp.VerifyUserAttributeResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AliasMove;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.OpenCode;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Codes.Verdict;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import dev.gatehouse.userpool.token.AccessTokens;
import dev.gatehouse.userpool.token.AccessTokens.Bearer;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bearer proves an address with the code sent to it: the address comes into force if it waited,
 * and is verified. An alias that another user had moves, silently (userpool.md §4).
 */
public final class VerifyUserAttribute
    implements Operation<VerifyUserAttributeRequest, VerifyUserAttributeResponse> {
  private final AccessTokens accessTokens;
  private final Database database;
  private final Codes codes;
  private final Clock clock;

  public VerifyUserAttribute(
      AccessTokens accessTokens, Database database, Codes codes, Clock clock) {
    this.accessTokens = accessTokens;
    this.database = database;
    this.codes = codes;
    this.clock = clock;
  }

  @Override
  public VerifyUserAttributeResponse handle(
      VerifyUserAttributeRequest request, RequestContext context) {
    String attribute = request.attributeName();
    if (!Schema.ADDRESSES.contains(attribute)) {
      throw Why.ATTRIBUTE_NOT_VERIFIABLE.refusal();
    }
    StartOver.untilDone(Why.CODE_EXPIRED.refusal(), () -> attempt(request, attribute));
    return VerifyUserAttributeResponse.builder().build();
  }

  private Optional<User> attempt(VerifyUserAttributeRequest request, String attribute) {
    Bearer bearer = accessTokens.require(request.accessToken());
    Pool pool = bearer.pool();
    User user = bearer.user();
    Instant now = clock.now();
    // 1. counted before the outcome is known
    if (!database.write(
        handle ->
            AttemptStore.count(
                handle, pool.id(), user.sub(), AttemptLimit.VERIFY_ATTRIBUTE, now))) {
      throw Why.ATTEMPTS_EXCEEDED.refusal();
    }
    // 2. the code
    Purpose purpose = Purpose.verifying(attribute);
    @Nullable OpenCode code =
        database.read(
            handle -> CodeStore.find(handle, pool.id(), user.sub(), purpose).orElse(null));
    Verdict verdict = codes.compare(pool.id(), user.sub(), purpose, code, request.code());
    if (verdict != Verdict.RIGHT || code == null) {
      throw verdict == Verdict.EXPIRED ? Why.CODE_EXPIRED.refusal() : Why.CODE_WRONG.refusal();
    }
    // 3. one write: code used up, address in force and verified, alias taken from whoever had it
    User verified = AttributeUpdate.verified(user, new Address(attribute, code.address()), now);
    AliasMove move = AliasMove.ofVerified(database, pool, verified, now);
    UserRow row = UserRow.of(verified);
    boolean done =
        StartOver.writeWhole(
            database,
            handle ->
                CodeStore.use(handle, pool.id(), user.sub(), code)
                    && move.write(handle)
                    && Directory.update(handle, pool, user, row));
    return done ? Optional.of(verified) : Optional.empty();
  }
}
