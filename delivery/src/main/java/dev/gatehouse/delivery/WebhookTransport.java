package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.Hmac;
import dev.gatehouse.delivery.DeliveryConfig.Webhook;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.model.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/**
 * SMS through the operator's own gateway: POST of {@code {"id","poolId","recipient","body"}} with
 * {@code X-Gatehouse-Signature: t=SECONDS,v1=HEX}, HMAC-SHA256 over {@code SECONDS.BODY}. Any
 * status of 2xx means taken.
 */
public final class WebhookTransport implements Transport {
  private final Webhook config;
  private final OutboundHttp http;
  private final Clock clock;

  public WebhookTransport(Webhook config, OutboundHttp http, Clock clock) {
    this.config = config;
    this.http = http;
    this.clock = clock;
  }

  private record Body(String id, String poolId, String recipient, String body) {}

  @Override
  public void send(String id, Message message) throws TransportException {
    byte[] body = Json.write(new Body(id, message.poolId(), message.recipient(), message.body()));
    Instant now = clock.now();
    String signed = now.getEpochSecond() + ".";
    String signature =
        HexFormat.of()
            .formatHex(Hmac.sha256(config.secret().bytes(), signed.getBytes(UTF_8), body));
    try {
      int status =
          http.post(
              URI.create(config.url()),
              Map.of(
                  "Content-Type",
                  "application/json",
                  "X-Gatehouse-Signature",
                  "t=" + now.getEpochSecond() + ",v1=" + signature),
              body);
      if (status / 100 != 2) {
        throw new TransportException("the webhook answered " + status);
      }
    } catch (IOException failure) {
      throw new TransportException("the webhook could not be called: " + failure.getMessage());
    }
  }
}
