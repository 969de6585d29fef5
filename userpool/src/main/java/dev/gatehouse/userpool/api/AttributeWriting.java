package dev.gatehouse.userpool.api;

import dev.gatehouse.model.cognitoidp.CodeDeliveryDetailsType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.Messages;
import dev.gatehouse.userpool.Messages.Address;
import dev.gatehouse.userpool.Messages.Cause;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.StartOver;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.AttributeUpdate;
import dev.gatehouse.userpool.directory.CodeStore;
import dev.gatehouse.userpool.directory.CodeStore.Purpose;
import dev.gatehouse.userpool.directory.Codes;
import dev.gatehouse.userpool.directory.Directory;
import dev.gatehouse.userpool.directory.LoginNames;
import dev.gatehouse.userpool.directory.LoginNames.Kind;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.UserStore.UserRow;
import dev.gatehouse.userpool.directory.Users;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

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
   * Changes the attributes of a user whom an administrator names; begins again if the user has
   * changed meanwhile.
   *
   * @throws dev.gatehouse.kernel.Refusal USER_UNKNOWN, ALIAS_EXISTS, CODE_DELIVERY_FAILED, and what
   *     {@code change} throws
   */
  void change(Pool pool, String name, Function<User, AttributeUpdate> change, Cause cause) {
    StartOver.untilDone(
        Why.CONCURRENT_CHANGE.refusal(),
        () -> {
          User before = database.read(handle -> Users.require(handle, pool, name));
          return write(pool, before, change.apply(before), cause);
        });
  }

  /**
   * Where codes went; empty when the user has changed since {@code before} was read.
   *
   * @param cause of the messages that it sends
   * @throws dev.gatehouse.kernel.Refusal ALIAS_EXISTS, CODE_DELIVERY_FAILED, and what CustomMessage
   *     brings
   */
  public Optional<List<CodeDeliveryDetailsType>> write(
      Pool pool, User before, AttributeUpdate update, Cause cause) {
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
      outgoing.add(messages.verification(pool, before, code, cause));
    }
    UserRow row = UserRow.of(update.after());
    boolean done =
        database.write(handle -> {
          if (!Directory.update(handle, pool, before, row)) {
            return false;
          }
          refuseTaken(handle, pool, before, update);
          voided(before, update)
              .forEach(purpose -> CodeStore.cancel(handle, pool.id(), before.sub(), purpose));
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

  /**
   * An address that is not a name of the user yet, since it is still to be verified, may not be
   * somebody else's either (users.md §6).
   */
  private static void refuseTaken(Handle handle, Pool pool, User before, AttributeUpdate update) {
    Map<String, String> wanted = new HashMap<>();
    for (String attribute : Schema.ADDRESSES) {
      String value = update.after().attribute(attribute);
      boolean nowVerified = update.after().verified(attribute) && !before.verified(attribute);
      if (value != null && (nowVerified || !value.equals(before.attribute(attribute)))) {
        wanted.put(attribute, value);
      }
    }
    update.toVerify().forEach(address -> wanted.put(address.attribute(), address.value()));
    wanted.keySet().retainAll(pool.signInAttributes());
    wanted.forEach((attribute, value) -> {
      Optional<String> owner =
          LoginNames.owner(handle, pool.id(), Kind.of(attribute), pool.names().fold(value));
      if (owner.filter(sub -> !sub.equals(before.sub())).isPresent()) {
        throw Why.ALIAS_EXISTS.refusal(attribute);
      }
    });
  }

  /** Codes that went to an address which is no longer the one to verify. */
  private static List<Purpose> voided(User before, AttributeUpdate update) {
    List<String> open = update.toVerify().stream().map(Address::attribute).toList();
    return Schema.ADDRESSES.stream()
        .filter(attribute -> !open.contains(attribute))
        .filter(attribute ->
            !Objects.equals(before.attribute(attribute), update.after().attribute(attribute)))
        .map(Purpose::verifying)
        .toList();
  }
}
