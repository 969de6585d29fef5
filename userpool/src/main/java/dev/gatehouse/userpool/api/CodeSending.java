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
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.Pool;
import java.time.Instant;

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
      Messages.Occasion occasion,
      AttemptLimit limit) {
    Codes.NewCode code =
        codes.draw(pool.id(), user.sub(), purpose, address.attribute(), address.value());
    Outgoing message = messages.verification(pool, user, code, occasion);
    Instant now = clock.now();
    database.write(handle -> {
      if (!AttemptStore.count(handle, pool.id(), user.sub(), limit, now)) {
        throw Why.ATTEMPTS_EXCEEDED.refusal();
      }
      CodeStore.put(handle, pool.id(), user.sub(), code.row());
      message.insert(handle);
      return code;
    });
    message.committed();
    return message.destination();
  }

  /**
   * Does for a name that nobody has what {@link #send} does for a user, but for the message:
   * counted, and a code opened that nobody knows, so that a later wrong code is a wrong code.
   *
   * @throws dev.gatehouse.kernel.Refusal ATTEMPTS_EXCEEDED
   */
  public Destination simulate(
      Pool pool, Subject.Unknown nobody, Purpose purpose, AttemptLimit limit) {
    return simulate(pool, nobody.sub(), nobody.name(), purpose, limit);
  }

  /**
   * The same for a user to whom no code can go, where that is not to be told.
   *
   * @throws dev.gatehouse.kernel.Refusal ATTEMPTS_EXCEEDED
   */
  public Destination simulate(
      Pool pool, String sub, String name, Purpose purpose, AttemptLimit limit) {
    Destination destination = decoys.destination(pool, name);
    Codes.NewCode code =
        codes.draw(pool.id(), sub, purpose, destination.attribute(), destination.masked());
    Instant now = clock.now();
    database.write(handle -> {
      if (!AttemptStore.count(handle, pool.id(), sub, limit, now)) {
        throw Why.ATTEMPTS_EXCEEDED.refusal();
      }
      CodeStore.put(handle, pool.id(), sub, code.row());
      return code;
    });
    return destination;
  }
}
