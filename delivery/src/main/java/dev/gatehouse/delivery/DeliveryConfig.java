package dev.gatehouse.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code delivery:} of the configuration file. Without a transport for a medium only the
 * development inbox takes its messages. What could not work, or would show a password or a code to
 * the network, is refused when it is read.
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
        @Nullable List<String> privateHosts,
    @JsonPropertyDescription("How often a message is tried, 20: a little over three hours.")
        @Nullable Integer attempts) {
  private static final int USUAL_RECIPIENT_LIMIT = 10;
  private static final int USUAL_ATTEMPTS = 20;

  public DeliveryConfig {
    privateHosts = privateHosts == null ? null : List.copyOf(privateHosts);
    if (smsWebhook != null && sns != null) {
      throw new IllegalArgumentException("delivery: smsWebhook or sns, not both");
    }
    atLeastOne("delivery.perRecipientAMinute", perRecipientAMinute);
    atLeastOne("delivery.attempts", attempts);
    List<String> near = privateHosts == null ? List.of() : privateHosts;
    if (smsWebhook != null) {
      requireProtected("delivery.smsWebhook.url", smsWebhook.url(), near);
    }
    if (sns != null) {
      requireProtected("delivery.sns.url", sns.url(), near);
    }
  }

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
   * @param port 587, with TLS 465, with NONE 25
   * @param tls STARTTLS when absent
   * @param from the sender of pools without one of their own
   * @param trust a PEM file of the authorities that its certificate may come from; absent = Java's
   */
  public record Smtp(
      String host,
      @Nullable Integer port,
      @Nullable Tls tls,
      @Nullable String user,
      @Nullable Secret password,
      String from,
      @Nullable Path trust) {
    public Smtp {
      required("delivery.smtp.host", host);
      required("delivery.smtp.from", from);
      if (port != null && (port < 1 || port > 65_535)) {
        throw new IllegalArgumentException("delivery.smtp.port is a number from 1 to 65535");
      }
      if ((user == null) != (password == null)) {
        throw new IllegalArgumentException("delivery.smtp: user and password go together");
      }
      if (tls == Tls.NONE && !isThisMachine(host)) {
        throw new IllegalArgumentException(
            "delivery.smtp.tls NONE is for a relay on this machine (localhost); use STARTTLS or"
                + " TLS");
      }
      if (Addresses.sender(from).isEmpty()) {
        throw new IllegalArgumentException("delivery.smtp.from is not an e-mail address");
      }
    }

    Tls protection() {
      return tls == null ? Tls.STARTTLS : tls;
    }

    int effectivePort() {
      if (port != null) {
        return port;
      }
      return switch (protection()) {
        case TLS -> 465;
        case STARTTLS -> 587;
        case NONE -> 25;
      };
    }

    private static boolean isThisMachine(String host) {
      return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }
  }

  /** A webhook: {@code X-Gatehouse-Signature: t=…,v1=HMAC-SHA256(secret, t + "." + body)}. */
  public record Webhook(String url, Secret secret) {
    public Webhook {
      required("delivery.smsWebhook.url", url);
      required("delivery.smsWebhook.secret", secret);
      if (secret.bytes().length == 0) {
        throw new IllegalArgumentException("delivery.smsWebhook.secret is empty");
      }
    }
  }

  /**
   * An SNS-compatible endpoint.
   *
   * @param senderId shown to recipients instead of a number where the network allows it
   */
  public record Sns(
      String url,
      String region,
      String accessKeyId,
      Secret secretAccessKey,
      @Nullable String senderId) {
    public Sns {
      required("delivery.sns.url", url);
      required("delivery.sns.region", region);
      required("delivery.sns.accessKeyId", accessKeyId);
      required("delivery.sns.secretAccessKey", secretAccessKey);
    }
  }

  public static DeliveryConfig none() {
    return new DeliveryConfig(null, null, null, null, null, null);
  }

  int recipientLimit() {
    return perRecipientAMinute == null ? USUAL_RECIPIENT_LIMIT : perRecipientAMinute;
  }

  int mostAttempts() {
    return attempts == null ? USUAL_ATTEMPTS : attempts;
  }

  /** The binder leaves null what the file does not say. */
  private static void required(String name, @Nullable Object value) {
    Objects.requireNonNull(value, () -> name + " is missing");
  }

  private static void atLeastOne(String name, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(name + " is at least 1");
    }
  }

  /** Messages hold codes: in clear they go no further than the operator's own hosts. */
  private static void requireProtected(String name, String url, List<String> near) {
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      boolean secure = "https".equals(uri.getScheme());
      boolean nearHost = "http".equals(uri.getScheme()) && host != null && near.contains(host);
      if (host == null || uri.getUserInfo() != null || !(secure || nearHost)) {
        throw new IllegalArgumentException(
            name + " is an https address (http for hosts under delivery.privateHosts alone)");
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name + " is not an address", e);
    }
  }
}
