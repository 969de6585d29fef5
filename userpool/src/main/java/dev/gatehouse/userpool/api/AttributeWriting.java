package dev.gatehouse.userpool.api;

import dev.gatehouse.model.cognitoidp.CodeDeliveryDetailsType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.pool.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes an {@link AttributeUpdate} with the codes that it sends, in one transaction. */
public final class AttributeWriting {
  private final Database database;
  private final Codes codes;
  private final Messages messages;

  public AttributeWriting(Database database, Codes codes, Messages messages) {
    this.database = database;
    this.codes = codes;
    this.messages = messages;
  }

  /**
   * Where codes went; empty when the user has changed since {@code before} was read.
   *
   * @throws dev.gatehouse.kernel.Refusal ALIAS_EXISTS, CODE_DELIVERY_FAILED
   */
  public Optional<List<CodeDeliveryDetailsType>> write(
      Pool pool, User before, AttributeUpdate update) {
    List<Codes.NewCode> drawn = new ArrayList<>();
    List<Outgoing> outgoing = new ArrayList<>();
    for (Address address : update.toVerify()) {
      Codes.NewCode code =
          codes.draw(
              pool.id(),
              before.sub(),
              Purpose.verifying(address.attribute()),
              address.attribute(),
              address.value());
      drawn.add(code);
      outgoing.add(messages.verification(pool, before, code, Messages.Occasion.UPDATE_ATTRIBUTE));
    }
    UserRow row = UserRow.of(update.after());
    boolean done =
        database.write(handle -> {
          if (!Directory.update(handle, pool, before, row)) {
            return false;
          }
          drawn.forEach(code -> CodeStore.put(handle, pool.id(), before.sub(), code.row()));
          outgoing.forEach(message -> message.insert(handle));
          return true;
        });
    if (!done) {
      return Optional.empty();
    }
    outgoing.forEach(Outgoing::committed);
    return Optional.of(
        outgoing.stream().map(message -> Answers.delivery(message.destination())).toList());
  }
}
