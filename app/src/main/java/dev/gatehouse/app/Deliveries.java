package dev.gatehouse.app;

import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.delivery.Inbox;
import dev.gatehouse.delivery.Medium;
import dev.gatehouse.delivery.OutboundHttp;
import dev.gatehouse.delivery.Outbox;
import dev.gatehouse.delivery.OutboxWorker;
import dev.gatehouse.delivery.SmtpTransport;
import dev.gatehouse.delivery.SnsTransport;
import dev.gatehouse.delivery.Transport;
import dev.gatehouse.delivery.WebhookTransport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Module {@code delivery} put together: inbox, transports as configured, outbox and its worker. */
final class Deliveries implements AutoCloseable {
  /** Where a developer reads what would have gone out; in development only. */
  final Optional<Inbox> inbox;

  final Outbox outbox;
  final OutboxWorker worker;
  private final @Nullable OutboundHttp http;

  Deliveries(GroundFloor ground, DeliveryConfig config, Exposure exposure) {
    this.inbox = exposure == Exposure.DEVELOPMENT ? Optional.of(new Inbox()) : Optional.empty();
    this.http =
        config.smsWebhook() == null && config.sns() == null
            ? null
            : new OutboundHttp(config.privateHosts() == null ? List.of() : config.privateHosts());
    this.outbox =
        new Outbox(ground.vault, transports(ground, config, http), inbox, ground.clock, ground.ids);
    this.worker =
        new OutboxWorker(ground.database, outbox, config, ground.clock, ground.ids, ground.meter);
  }

  private static Map<Medium, Transport> transports(
      GroundFloor ground, DeliveryConfig config, @Nullable OutboundHttp http) {
    Map<Medium, Transport> result = new EnumMap<>(Medium.class);
    if (config.smtp() != null) {
      result.put(Medium.EMAIL, new SmtpTransport(config.smtp(), ground.wall));
    }
    if (http != null) {
      result.put(
          Medium.SMS,
          config.smsWebhook() != null
              ? new WebhookTransport(config.smsWebhook(), http, ground.wall)
              : new SnsTransport(Objects.requireNonNull(config.sns()), http, ground.wall));
    }
    return result;
  }

  @Override
  public void close() {
    worker.close();
    if (http != null) {
      http.close();
    }
  }
}
