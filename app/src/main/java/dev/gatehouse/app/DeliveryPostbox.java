package dev.gatehouse.app;

import dev.gatehouse.delivery.Medium;
import dev.gatehouse.delivery.Message;
import dev.gatehouse.delivery.Outbox;
import dev.gatehouse.model.cognitoidp.EmailConfigurationType;
import dev.gatehouse.userpool.Outgoing;
import dev.gatehouse.userpool.Postbox;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Destination;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * User pools' letters into the outbox of {@code delivery}, under the sender that the pool is
 * configured with.
 */
final class DeliveryPostbox implements Postbox {
  private final Outbox outbox;

  DeliveryPostbox(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Outgoing prepare(Letter letter) {
    EmailConfigurationType email = letter.pool().settings().emailConfiguration();
    boolean sms = letter.medium() == Destination.Medium.SMS;
    @Nullable String from = sms || email == null ? null : email.from();
    @Nullable String replyTo = sms || email == null ? null : email.replyToEmailAddress();
    Outbox.Prepared prepared =
        outbox
            .prepare(
                new Message(
                    letter.pool().id(),
                    Medium.valueOf(letter.medium().name()),
                    letter.recipient(),
                    letter.subject(),
                    letter.body(),
                    letter.code(),
                    letter.username(),
                    letter.expires(),
                    from,
                    replyTo))
            .orElseThrow(() -> Why.CODE_DELIVERY_FAILED.refusal(letter.medium().name()));
    return new Outgoing() {
      @Override
      public Destination destination() {
        return Destination.of(letter.medium(), letter.recipient());
      }

      @Override
      public boolean travels() {
        return prepared.travels();
      }

      @Override
      public void insert(Handle handle) {
        prepared.insert(handle);
      }

      @Override
      public void committed() {
        prepared.committed();
      }
    };
  }

  @Override
  public int forget(Handle handle, String poolId, int most) {
    return outbox.forget(handle, poolId, most);
  }
}
