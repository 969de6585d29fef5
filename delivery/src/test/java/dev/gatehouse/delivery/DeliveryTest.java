package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.crypto.Hmac;
import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.MasterKeys;
import dev.gatehouse.store.NewPoolKey;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.store.Vault;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {
  private static final String POOL = "us-east-1_aB3dE5fG7";

  private final AdjustableClock clock = new AdjustableClock(WallClock.system());
  private final Ids ids = new Ids(new SecureRandom());
  private @TempDir Path folder = Path.of("unset");
  private @Nullable Database opened;
  private @Nullable Vault openedVault;

  @BeforeEach
  void open() {
    Database database =
        Databases.openSqlite(
            folder.resolve("data"), StoreConfig.defaults(), StoreContext.of(clock, Meter.none()));
    Vault vault = Vault.open(database, MasterKeys.of(MasterKey.random(ids)), ids, clock, null);
    NewPoolKey key = vault.newPoolKey(POOL);
    database.write(handle -> {
      key.insert(handle);
      return key;
    });
    opened = database;
    openedVault = vault;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }

  private Database database() {
    return java.util.Objects.requireNonNull(opened);
  }

  private Vault vault() {
    return java.util.Objects.requireNonNull(openedVault);
  }

  private Message message(Medium medium, String recipient) {
    return new Message(
        POOL,
        medium,
        recipient,
        medium == Medium.EMAIL ? "Your verification code" : null,
        "Your verification code is 424242.",
        Secret.of("424242"),
        "jane",
        clock.now().plus(Duration.ofHours(24)),
        null,
        null);
  }

  private void put(Outbox outbox, Message message) {
    Outbox.Prepared prepared = outbox.prepare(message).orElseThrow();
    database()
        .write(handle -> {
          prepared.insert(handle);
          return prepared;
        });
    prepared.committed();
  }

  private Outbox outbox(Map<Medium, Transport> transports) {
    return new Outbox(vault(), transports, Optional.empty(), clock, ids);
  }

  private OutboxWorker worker(Outbox outbox) {
    return new OutboxWorker(database(), outbox, DeliveryConfig.none(), clock, ids, Meter.none());
  }

  private long rows(String where) {
    return database()
        .read(handle ->
            handle
                .createQuery("SELECT COUNT(*) AS n FROM outbox WHERE " + where)
                .map((row, context) -> row.getLong("n"))
                .one());
  }

  @Test
  void mailsLeaveBySmtpAndAreForgotten() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.setUser("mailer", "mailer", "s3cret");
    server.start();
    try {
      Transport smtp =
          new SmtpTransport(
              new DeliveryConfig.Smtp(
                  "127.0.0.1",
                  server.getSmtp().getPort(),
                  DeliveryConfig.Tls.NONE,
                  "mailer",
                  Secret.of("s3cret"),
                  "no-reply@example.com"));
      Outbox outbox = outbox(Map.of(Medium.EMAIL, smtp));
      put(outbox, message(Medium.EMAIL, "jane@example.com"));
      assertThat(rows("1 = 1")).isEqualTo(1);
      assertThat(worker(outbox).sendDue()).isTrue();
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("Your verification code");
      assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("jane@example.com");
      assertThat(mail.getContentType()).startsWith("text/html");
      assertThat((String) mail.getContent()).contains("424242");
      assertThat(rows("1 = 1")).isZero();
    } finally {
      server.stop();
    }
  }

  @Test
  void neitherRecipientNorCodeIsInTheFile() throws Exception {
    Outbox outbox = outbox(Map.of(Medium.EMAIL, (id, message) -> {}));
    put(outbox, message(Medium.EMAIL, "hidden-recipient@example.com"));
    close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes =
            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes).doesNotContain("hidden-recipient", "424242");
      }
    }
  }

  @Test
  void aWebhookGetsASignedRequestAndSnsAToo() throws Exception {
    List<Map<String, String>> received = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(
              Map.of(
                  "body",
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8),
                  "signature",
                  String.valueOf(exchange.getRequestHeaders().getFirst("X-Gatehouse-Signature")),
                  "authorization",
                  String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/sms";
    try (OutboundHttp http = new OutboundHttp(List.of("127.0.0.1"))) {
      new WebhookTransport(new DeliveryConfig.Webhook(url, Secret.of("shared")), http, clock)
          .send("id-1", message(Medium.SMS, "+12065550100"));
      Map<String, String> webhook = received.getFirst();
      String time = String.valueOf(webhook.get("signature")).replaceAll("t=(\\d+),.*", "$1");
      String expected =
          HexFormat.of()
              .formatHex(
                  Hmac.sha256(
                      "shared".getBytes(UTF_8),
                      (time + ".").getBytes(UTF_8),
                      String.valueOf(webhook.get("body")).getBytes(UTF_8)));
      assertThat(webhook.get("signature")).isEqualTo("t=" + time + ",v1=" + expected);
      assertThat(webhook.get("body")).contains("\"id\":\"id-1\"", "+12065550100");

      new SnsTransport(
              new DeliveryConfig.Sns(url, "eu-west-1", "AKIAEXAMPLE", Secret.of("key")),
              http,
              WallClock.system())
          .send("id-2", message(Medium.SMS, "+12065550100"));
      assertThat(received.get(1).get("body"))
          .startsWith(
              "Action=Publish&Version=2010-03-31&PhoneNumber=%2B12065550100&Message=Your%20");
      assertThat(received.get(1).get("authorization"))
          .startsWith("AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/")
          .contains("/eu-west-1/sns/aws4_request");
    } finally {
      server.stop(0);
    }
    try (OutboundHttp strict = new OutboundHttp(List.of())) {
      assertThatThrownBy(() ->
              new WebhookTransport(new DeliveryConfig.Webhook(url, Secret.of("s")), strict, clock)
                  .send("id", message(Medium.SMS, "+12065550100")))
          .isInstanceOf(Transport.TransportException.class)
          .hasMessageContaining("private address");
    }
  }

  @Test
  void failuresAreTriedAgainAndGivenUpWithoutTheirText() {
    AtomicInteger attempts = new AtomicInteger();
    Outbox outbox =
        outbox(
            Map.of(
                Medium.SMS,
                (id, message) -> {
                  attempts.incrementAndGet();
                  throw new Transport.TransportException("down");
                }));
    put(outbox, message(Medium.SMS, "+12065550100"));
    OutboxWorker worker = worker(outbox);
    for (int i = 0; i < 20; i++) {
      worker.sendDue();
      assertThat(worker.sendDue()).isFalse();
      clock.advance(Duration.ofMinutes(20));
    }
    assertThat(attempts).hasValue(8);
    assertThat(rows("dead = 'failed' AND sealed IS NULL")).isEqualTo(1);
    clock.advance(Duration.ofDays(8));
    worker.sweep();
    assertThat(rows("1 = 1")).isZero();
  }

  @Test
  void expiredCodesAreNotSent() {
    AtomicInteger sent = new AtomicInteger();
    Outbox outbox = outbox(Map.of(Medium.SMS, (id, message) -> sent.incrementAndGet()));
    put(outbox, message(Medium.SMS, "+12065550100"));
    clock.advance(Duration.ofHours(25));
    worker(outbox).sendDue();
    assertThat(sent).hasValue(0);
    assertThat(rows("dead = 'expired' AND sealed IS NULL")).isEqualTo(1);
  }

  @Test
  void twoWorkersSendEachMessageOnceAndNoRecipientIsFlooded() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    Outbox outbox = outbox(Map.of(Medium.SMS, (id, message) -> sent.incrementAndGet()));
    for (int i = 0; i < 32; i++) {
      put(outbox, message(Medium.SMS, "+120655501%02d".formatted(i)));
    }
    try (OutboxWorker one = worker(outbox);
        OutboxWorker two = worker(outbox)) {
      one.start();
      two.start();
      long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (rows("1 = 1") > 0 && System.nanoTime() < until) {
        Thread.sleep(20);
      }
    }
    assertThat(sent).hasValue(32);
    OutboxWorker limited = worker(outbox);
    for (int i = 0; i < 12; i++) {
      put(outbox, message(Medium.SMS, "+12065550199"));
    }
    limited.sendDue();
    assertThat(sent).hasValue(42);
    assertThat(rows("dead IS NULL")).isEqualTo(2);
  }

  @Test
  void withoutTransportAndInboxNothingIsTaken() {
    assertThat(outbox(Map.of()).prepare(message(Medium.SMS, "+12065550100"))).isEmpty();
  }

  @Test
  void headersHoldNoLineBreaks() {
    assertThatThrownBy(() ->
            new Message(
                POOL,
                Medium.EMAIL,
                "jane@example.com\r\nBcc: eve@example.com",
                "s",
                "b",
                Secret.of("1"),
                "u",
                clock.now(),
                null,
                null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theInboxShowsWhatWouldLeaveAsText() {
    Inbox inbox = new Inbox();
    Outbox outbox = new Outbox(vault(), Map.of(), Optional.of(inbox), clock, ids);
    put(
        outbox,
        new Message(
            POOL,
            Medium.EMAIL,
            "jane@example.com",
            "Hi",
            "Hello &lt;script&gt;alert(1)&lt;/script&gt; 424242",
            Secret.of("424242"),
            "<b>jane</b>",
            clock.now().plusSeconds(60),
            null,
            null));
    assertThat(inbox.json("jane@example.com")).contains("\"code\":\"424242\"");
    assertThat(inbox.json("other@example.com")).isEqualTo("[]");
    assertThat(inbox.html("")).contains("&lt;b&gt;jane&lt;/b&gt;").doesNotContain("<script>");
    inbox.clear();
    assertThat(inbox.json("")).isEqualTo("[]");
  }
}
