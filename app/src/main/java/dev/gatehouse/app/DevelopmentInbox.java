package dev.gatehouse.app;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.userpool.Documents;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.Postbox;
import dev.gatehouse.userpool.directory.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jdbi.v3.core.Handle;

/** Keeps in memory what would have been sent, for a person or a test to read. */
final class DevelopmentInbox implements Postbox {
  private static final int KEPT = 1000;

  private final ConcurrentLinkedDeque<Entry> entries = new ConcurrentLinkedDeque<>();
  private final Clock clock;

  DevelopmentInbox(Clock clock) {
    this.clock = clock;
  }

  /** One message, as the inbox shows it. */
  record Entry(
      String at,
      String medium,
      String to,
      String subject,
      String body,
      String code,
      String poolId,
      String username) {}

  @Override
  public Outgoing prepare(Letter letter) {
    return new Outgoing() {
      @Override
      public Destination destination() {
        return Destination.of(letter.medium(), letter.recipient());
      }

      @Override
      public void insert(Handle handle) {}

      @Override
      public void committed() {
        entries.addFirst(
            new Entry(
                clock.now().toString(),
                letter.medium().name(),
                letter.recipient(),
                letter.subject() == null ? "" : letter.subject(),
                letter.body(),
                letter.code().text(),
                letter.pool().id(),
                letter.username()));
        while (entries.size() > KEPT) {
          entries.pollLast();
        }
      }
    };
  }

  String json(String recipient) {
    List<Entry> shown = new ArrayList<>(entries);
    if (!recipient.isEmpty()) {
      shown.removeIf(entry -> !entry.to().equals(recipient));
    }
    return Documents.write(shown);
  }

  void clear() {
    entries.clear();
  }
}
