package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Decoys;
import dev.gatehouse.userpool.directory.Destination;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.event.AuthEvents.Recording;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;
import java.util.List;

/**
 * Sends a code on a user's request: counted, drawn, written and put into the outbox in one
 * transaction.
 */
public final class CodeSending {
  private final Database database;
  private final Codes codes;
  private final Decoys decoys;
  private final Messages messages;
  private final Clock clock;

  public CodeSending(
      Database database, Codes codes, Decoys decoys, Messages messages, Clock clock) {
    this.database = database;
    this.codes = codes;
    this.decoys = decoys;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED
   */
  public Destination send(
      Pool pool,
      User user,
      Purpose purpose,
      Address address,
      Messages.Cause cause,
      AttemptLimit limit) {
    return send(pool, user, purpose, address, cause, limit, Recording.NOTHING);
  }

  /**
   * @param recording written together with the code
   * @throws dev.gatehouse.kernel.Refusal ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED
   */
  Destination send(
      Pool pool,
      User user,
      Purpose purpose,
      Address address,
      Messages.Cause cause,
      AttemptLimit limit,
      Recording recording) {
    Codes.NewCode code =
        codes.draw(pool.id(), user.sub(), purpose, address.attribute(), address.value());
    Outgoing message = messages.verification(pool, user, code, cause);
    Instant now = clock.now();
    database.write(handle -> {
      if (!AttemptStore.count(handle, pool.id(), user.sub(), limit, now)) {
        throw Why.ATTEMPTS_EXCEEDED.refusal();
      }
      CodeStore.put(handle, pool.id(), user.sub(), code.row());
      recording.write(handle);
      message.insert(handle);
      return code;
    });
    message.committed();
    return message.destination();
  }

  /**
   * To whom no code can go, where that is not to be told: a name that nobody has, or a user who
   * cannot be reached.
   *
   * @param sub the user's, or the decoy's
   * @param name as it was typed
   * @param channels the attributes that such a code may go to, the preferred first
   */
  record Nobody(String sub, String name, List<String> channels) {}

  /**
   * Does what {@link #send} does, but that nothing leaves: counted, and a code opened that nobody
   * knows, so that a later wrong code is a wrong code. Refused where the other is, and as many
   * statements.
   *
   * @throws dev.gatehouse.kernel.Refusal ATTEMPTS_EXCEEDED, CODE_DELIVERY_FAILED
   */
  Destination simulate(
      Pool pool, Nobody nobody, Purpose purpose, AttemptLimit limit, Recording recording) {
    String sub = nobody.sub();
    Address address = decoys.address(pool, nobody.name(), nobody.channels());
    Codes.NewCode code = codes.draw(pool.id(), sub, purpose, address.attribute(), address.value());
    Outgoing message = messages.toNobody(pool, nobody.name(), code);
    Instant now = clock.now();
    database.write(handle -> {
      if (!AttemptStore.count(handle, pool.id(), sub, limit, now)) {
        throw Why.ATTEMPTS_EXCEEDED.refusal();
      }
      CodeStore.put(handle, pool.id(), sub, code.row());
      recording.write(handle);
      if (message.travels()) {
        CodeStore.putUnsent(handle, pool.id(), sub, code.row());
      }
      return code;
    });
    return message.destination();
  }
}
