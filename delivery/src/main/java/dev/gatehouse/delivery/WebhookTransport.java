package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.Hmac;
import dev.gatehouse.delivery.DeliveryConfig.Webhook;
import dev.gatehouse.delivery.OutboundHttp.Answer;
import dev.gatehouse.delivery.OutboundHttp.CallFailedException;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.Json;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;

/**
 * SMS through the operator's own gateway: POST of {@code {"id","poolId","recipient","body"}} with
 * {@code X-Gatehouse-Signature: t=SECONDS,v1=HEX}, HMAC-SHA256 over {@code SECONDS.BODY}. The
 * receiver checks the signature, that SECONDS is near its own time, and that it has not seen the id
 * before: a message may come twice. Any status of 2xx means taken; 400 and 422 that this message
 * will never be; with any other it comes again.
 */
public final class WebhookTransport implements Transport {
  private final Webhook config;
  private final URI uri;
  private final OutboundHttp http;
  private final WallClock clock;

  public WebhookTransport(Webhook config, OutboundHttp http, WallClock clock) {
    this.config = config;
    this.uri = URI.create(config.url());
    this.http = http;
    this.clock = clock;
  }

  private record Body(String id, String poolId, String recipient, String body) {}

  @Override
  public void send(String id, Message message) throws TransportException {
    byte[] body = Json.write(new Body(id, message.poolId(), message.recipient(), message.body()));
    Answer answer;
    try {
      answer =
          http.post(
              uri,
              Map.of(
                  "Content-Type",
                  "application/json",
                  "X-Gatehouse-Signature",
                  signature(clock.now().getEpochSecond(), body)),
              body);
    } catch (CallFailedException failure) {
      throw new TransportException("the webhook: " + failure.getMessage());
    }
    switch (answer.status()) {
      case 400, 422 -> throw TransportException.refused("the webhook answered " + answer.status());
      default -> {
        if (answer.status() / 100 != 2) {
          throw new TransportException("the webhook answered " + answer.status());
        }
      }
    }
  }

  private String signature(long seconds, byte[] body) {
    byte[] mac = Hmac.sha256(config.secret().bytes(), (seconds + ".").getBytes(UTF_8), body);
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac);
  }
}
