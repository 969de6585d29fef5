package dev.gatehouse.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.delivery.DeliveryConfig.Smtp;
import dev.gatehouse.delivery.DeliveryConfig.Sns;
import dev.gatehouse.delivery.DeliveryConfig.Tls;
import dev.gatehouse.delivery.DeliveryConfig.Webhook;
import dev.gatehouse.kernel.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;

class DeliveryConfigTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private static DeliveryConfig of(
      @Nullable Webhook webhook, @Nullable Sns sns, String... privateHosts) {
    return new DeliveryConfig(null, webhook, sns, null, List.of(privateHosts), null);
  }

  private static Webhook webhook(String url) {
    return new Webhook(url, Secret.of("s"));
  }

  private static Sns sns(String url) {
    return new Sns(url, "eu-west-1", "AKIA", Secret.of("s"), null);
  }

  private static Smtp smtp(@Nullable Tls tls, String host) {
    return new Smtp(host, null, tls, "u", Secret.of("p"), "a@b.example", null);
  }

  @Test
  void whatIsAbsentHasADefault() {
    assertThat(DeliveryConfig.none().recipientLimit()).isEqualTo(10);
    assertThat(DeliveryConfig.none().mostAttempts()).isEqualTo(20);
    assertThat(smtp(null, "mail.example").protection()).isEqualTo(Tls.STARTTLS);
    assertThat(smtp(null, "mail.example").effectivePort()).isEqualTo(587);
    assertThat(smtp(Tls.TLS, "mail.example").effectivePort()).isEqualTo(465);
    assertThat(smtp(Tls.NONE, "localhost").effectivePort()).isEqualTo(25);
  }

  @Test
  void aFileBinds() {
    DeliveryConfig config =
        MAPPER.readValue(
            """
            {"smtp":{"host":"mail.example","from":"Shop <a@b.example>","trust":"/etc/mail.pem"},
             "perRecipientAMinute":3,"attempts":5}
            """,
            DeliveryConfig.class);
    assertThat(config.smtp()).isNotNull();
    assertThat(config.recipientLimit()).isEqualTo(3);
    assertThat(config.mostAttempts()).isEqualTo(5);
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(
            () -> MAPPER.readValue("{\"smtp\":{\"from\":\"a@b.example\"}}", DeliveryConfig.class))
        .isInstanceOf(DatabindException.class)
        .hasMessageContaining("delivery.smtp.host is missing");
    assertThatThrownBy(() -> MAPPER.readValue("{\"sns\":{}}", DeliveryConfig.class))
        .hasMessageContaining("delivery.sns.url is missing");
  }

  @Test
  void noPasswordAndNoCodeLeavesInClear() {
    for (String host :
        new String[] {"mail.example", "10.0.0.1", "127.evil.example", "localhost.example"}) {
      assertThatThrownBy(() -> smtp(Tls.NONE, host)).hasMessageContaining("on this machine");
    }
    for (String url :
        new String[] {
          "http://sms.example/",
          "ftp://sms.example/",
          "sms.example",
          "https:///",
          "https://a:b@c/",
          "ht tp:"
        }) {
      assertThatThrownBy(() -> of(webhook(url), null))
          .as(url)
          .hasMessageContaining("smsWebhook.url");
      assertThatThrownBy(() -> of(null, sns(url))).as(url).hasMessageContaining("sns.url");
    }
    assertThat(of(webhook("http://127.0.0.1:8080/sms"), null, "127.0.0.1")).isNotNull();
    assertThat(of(null, sns("https://sns.eu-west-1.amazonaws.com"))).isNotNull();
  }

  @Test
  void whatCannotWorkIsRefused() {
    assertThatThrownBy(() -> of(webhook("https://a.example/"), sns("https://b.example/")))
        .hasMessageContaining("not both");
    assertThatThrownBy(() -> new Smtp("h", 0, null, null, null, "a@b.example", null))
        .hasMessageContaining("port");
    assertThatThrownBy(() -> new Smtp("h", null, null, "u", null, "a@b.example", null))
        .hasMessageContaining("go together");
    assertThatThrownBy(() -> new Smtp("h", null, null, null, null, "nobody", null))
        .hasMessageContaining("from");
    assertThatThrownBy(
            () -> new Smtp("h", null, null, null, null, "a@b.example\nBcc: c@d.example", null))
        .hasMessageContaining("from");
    assertThatThrownBy(() -> new Webhook("https://a.example/", Secret.of("")))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> new DeliveryConfig(null, null, null, 0, null, null))
        .hasMessageContaining("perRecipientAMinute");
    assertThatThrownBy(() -> new DeliveryConfig(null, null, null, null, null, 0))
        .hasMessageContaining("attempts");
  }

  @Test
  void secretsAreNotPrinted() {
    assertThat(
            new DeliveryConfig(
                    new Smtp("h", null, null, "u", Secret.of("hidden"), "a@b.example", null),
                    new Webhook("https://a.example/", Secret.of("hidden")),
                    null,
                    null,
                    null,
                    null)
                .toString())
        .doesNotContain("hidden");
  }
}
