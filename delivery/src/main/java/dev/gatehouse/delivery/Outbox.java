package dev.gatehouse.delivery;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Json;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
  private volatile Runnable wake = () -> {};

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

  void onWork(Runnable worker) {
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
    private final String id;
    private final Message message;
    private final byte @Nullable [] sealed;
    private final Instant created;

    private Prepared(String id, Message message, byte @Nullable [] sealed, Instant created) {
      this.id = id;
      this.message = message;
      this.sealed = sealed;
      this.created = created;
    }

    /** Whether there is a row to write; without a transport only the inbox shows the message. */
    public boolean travels() {
      return sealed != null;
    }

    /** Writes the row; inside the write of the change. */
    public void insert(Handle handle) {
      if (sealed == null) {
        return;
      }
      handle
          .createUpdate(
              """
              INSERT INTO outbox (pool_id, id, medium, due, leased, attempts, expires, created, dead, sealed)
              VALUES (:pool, :id, :medium, :now, 0, 0, :expires, :now, NULL, :sealed)
              """)
          .bind("pool", message.poolId())
          .bind("id", id)
          .bind("medium", message.medium().name())
          .bind("now", created.toEpochMilli())
          .bind("expires", message.expires().toEpochMilli())
          .bind("sealed", sealed)
          .execute();
    }

    /** After the commit: shows the message in the inbox, and wakes the sender. */
    public void committed() {
      inbox.ifPresent(box -> box.add(created, message));
      if (sealed != null) {
        wake.run();
      }
    }
  }

  /**
   * Seals a message.
   *
   * @return empty when its medium has neither a transport nor the inbox
   */
  public Optional<Prepared> prepare(Message message) {
    boolean sent = transports.containsKey(message.medium());
    if (!sent && inbox.isEmpty()) {
      return Optional.empty();
    }
    String id = ids.uuid();
    byte[] sealed =
        sent
            ? vault.seal(
                place(message.poolId(), id),
                Json.write(
                    new Content(
                        message.recipient(),
                        message.subject(),
                        message.body(),
                        message.code().text(),
                        message.username(),
                        message.from(),
                        message.replyTo())))
            : null;
    return Optional.of(new Prepared(id, message, sealed, clock.now()));
  }

  Message open(OutboxStore.Row row, byte[] sealed) {
    Content content = Json.read(vault.open(place(row.poolId(), row.id()), sealed), Content.class);
    return new Message(
        row.poolId(),
        row.medium(),
        content.recipient(),
        content.subject(),
        content.body(),
        Secret.of(content.code()),
        content.username(),
        row.expires(),
        content.from(),
        content.replyTo());
  }

  Optional<Transport> transport(Medium medium) {
    return Optional.ofNullable(transports.get(medium));
  }

  private static Place place(String poolId, String id) {
    return new Place("outbox", poolId, id, "sealed");
  }
}
