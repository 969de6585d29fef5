package dev.gatehouse.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.kernel.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code delivery:} of the configuration file. Without a transport for a medium only the
 * development inbox takes its messages.
 */
public record DeliveryConfig(
    @JsonPropertyDescription("Mail server.") @Nullable Smtp smtp,
    @JsonPropertyDescription("Own SMS gateway: a signed JSON POST for each message.")
        @Nullable Webhook smsWebhook,
    @JsonPropertyDescription("SMS through an SNS-compatible Publish endpoint.") @Nullable Sns sns,
    @JsonPropertyDescription("Messages that one recipient gets within a minute, 10.")
        @Nullable Integer perRecipientAMinute,
    @JsonPropertyDescription(
            "Hosts with loopback or private addresses that webhook and SNS may reach.")
        @Nullable List<String> privateHosts) {
  /** How the connection to the mail server is protected. */
  public enum Tls {
    /** TLS from the first byte. */
    TLS,
    /** STARTTLS, required. */
    STARTTLS,
    /** None; for a relay on this machine. */
    NONE
  }

  /**
   * A mail server.
   *
   * @param from the sender of pools without one of their own
   */
  public record Smtp(
      String host,
      @Nullable Integer port,
      @Nullable Tls tls,
      @Nullable String user,
      @Nullable Secret password,
      String from) {}

  /** A webhook: {@code X-Gatehouse-Signature: t=…,v1=HMAC-SHA256(secret, t + "." + body)}. */
  public record Webhook(String url, Secret secret) {}

  /** An SNS-compatible endpoint. */
  public record Sns(String url, String region, String accessKeyId, Secret secretAccessKey) {}

  public static DeliveryConfig none() {
    return new DeliveryConfig(null, null, null, null, null);
  }

  int recipientLimit() {
    return perRecipientAMinute == null ? 10 : perRecipientAMinute;
  }
}
