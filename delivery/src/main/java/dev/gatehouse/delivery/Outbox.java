package dev.gatehouse.delivery;

import dev.gatehouse.delivery.OutboxStore.NewRow;
import dev.gatehouse.delivery.OutboxStore.Row;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Json;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages together with the change that they tell about: sealed before the write, a row
 * inside it, sent after it by {@link OutboxWorker}. At least once: a crash between sending and
 * marking repeats a message under the same id.
 */
public final class Outbox {
  private final Vault vault;
  private final Map<Medium, Transport> transports;
  private final Optional<Inbox> inbox;
  private final Clock clock;
  private final Ids ids;
  private volatile Consumer<Medium> wake = medium -> {};

  /**
   * @param transports what there is; a medium may have none
   * @param inbox where a developer reads messages; empty in production
   */
  public Outbox(
      Vault vault, Map<Medium, Transport> transports, Optional<Inbox> inbox, Clock clock, Ids ids) {
    this.vault = vault;
    this.transports = Map.copyOf(transports);
    this.inbox = inbox;
    this.clock = clock;
    this.ids = ids;
  }

  /** Who wants to hear that there is work. */
  void onWork(Consumer<Medium> worker) {
    this.wake = worker;
  }

  /** What is sealed of a message. */
  record Content(
      String recipient,
      @Nullable String subject,
      String body,
      String code,
      String username,
      @Nullable String from,
      @Nullable String replyTo) {
    /** Never shows it. */
    @Override
    public String toString() {
      return "Content[]";
    }
  }

  /** A message that is ready to be written. */
  public final class Prepared {
    private final Message message;
    private final Instant created;
    private final Optional<NewRow> row;

    private Prepared(Message message, Instant created, Optional<NewRow> row) {
      this.message = message;
      this.created = created;
      this.row = row;
    }

    /** Whether there is a row to write; without a transport only the inbox shows the message. */
    public boolean travels() {
      return row.isPresent();
    }

    /** Writes the row; inside the write of the change. */
    public void insert(Handle handle) {
      row.ifPresent(written -> OutboxStore.insert(handle, written));
    }

    /** After the commit: shows the message in the inbox, and wakes the sender. */
    public void committed() {
      inbox.ifPresent(box -> box.add(created, message));
      if (row.isPresent()) {
        wake.accept(message.medium());
      }
    }
  }

  /**
   * Seals a message; before the write.
   *
   * @return empty when it could never arrive: its medium has neither a transport nor the inbox, or
   *     recipient, sender or reply address are no addresses of that medium
   */
  public Optional<Prepared> prepare(Message message) {
    boolean sent = transports.containsKey(message.medium());
    if (sent ? !Addresses.usable(message) : inbox.isEmpty()) {
      return Optional.empty();
    }
    Instant now = clock.now();
    return Optional.of(
        new Prepared(message, now, sent ? Optional.of(sealed(message, now)) : Optional.empty()));
  }

  /**
   * Forgets some messages of a pool that is going: those on their way and dead letters; inside a
   * write.
   *
   * @return how many went
   */
  public int forget(Handle handle, String poolId, int most) {
    return OutboxStore.deleteSome(handle, poolId, most);
  }

  private NewRow sealed(Message message, Instant now) {
    String id = ids.uuid();
    Content content =
        new Content(
            message.recipient(),
            message.subject(),
            message.body(),
            message.code().text(),
            message.username(),
            message.from(),
            message.replyTo());
    byte[] sealed = vault.seal(place(message.poolId(), id), Json.write(content));
    return new NewRow(message.poolId(), id, message.medium(), now, message.expires(), sealed);
  }

  /** What a row says; empty when it was altered or its key is gone. */
  Optional<Message> open(Row row) {
    return vault
        .tryOpen(place(row.poolId(), row.id()), row.sealed())
        .map(plain -> Json.read(plain, Content.class))
        .map(content ->
            new Message(
                row.poolId(),
                row.medium(),
                content.recipient(),
                content.subject(),
                content.body(),
                Secret.of(content.code()),
                content.username(),
                row.expires(),
                content.from(),
                content.replyTo()));
  }

  Optional<Transport> transport(Medium medium) {
    return Optional.ofNullable(transports.get(medium));
  }

  private static Place place(String poolId, String id) {
    return new Place("outbox", poolId, id, "sealed");
  }
}
