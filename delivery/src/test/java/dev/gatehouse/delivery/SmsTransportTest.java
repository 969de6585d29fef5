package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.crypto.Hmac;
import dev.gatehouse.delivery.DeliveryConfig.Sns;
import dev.gatehouse.delivery.DeliveryConfig.Webhook;
import dev.gatehouse.delivery.Transport.TransportException;
import dev.gatehouse.delivery.Transport.TransportException.Outlook;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

class SmsTransportTest {
  private static final String POOL = "us-east-1_aB3dE5fG7";
  private static final String PHONE = "+12065550100";
  private static final Instant NOW = Instant.parse("2026-11-24T08:30:00Z");
  private static final WallClock CLOCK = () -> NOW;
  private static final Secret KEY = Secret.of("shared between us");

  private record Call(String path, Map<String, String> headers, String body) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final OutboundHttp http = new OutboundHttp(List.of("127.0.0.1"));
  private HttpServer server = serverOf();
  private volatile int status = 200;
  private volatile String answer = "";

  private static HttpServer serverOf() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void begin() {
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    calls.add(
        new Call(
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
    byte[] said = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, said.length == 0 ? -1 : said.length);
    exchange.getResponseBody().write(said);
    exchange.close();
  }

  @AfterEach
  void end() {
    http.close();
    server.stop(0);
  }

  private String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private static Message sms() {
    return Messages.sms(POOL, PHONE, NOW.plusSeconds(60));
  }

  private WebhookTransport webhook() {
    return new WebhookTransport(new Webhook(url("/sms?tenant=1"), KEY), http, CLOCK);
  }

  private SnsTransport sns() {
    return new SnsTransport(
        new Sns(url("/"), "eu-west-1", "AKIAEXAMPLE", Secret.of("sign/with+this"), "Gatehouse"),
        http,
        CLOCK);
  }

  private static TransportException refusal(Transport transport) {
    return Objects.requireNonNull(
        catchThrowableOfType(TransportException.class, () -> transport.send("id-1", sms())));
  }

  @Test
  void aWebhookGetsAJsonPostThatItCanVerify() throws Exception {
    webhook().send("id-1", sms());
    Call call = calls.getFirst();
    assertThat(call.path()).isEqualTo("/sms?tenant=1");
    assertThat(call.headers()).containsEntry("content-type", "application/json");
    assertThat(call.body())
        .isEqualTo(
            "{\"id\":\"id-1\",\"poolId\":\"%s\",\"recipient\":\"%s\",\"body\":\"Your verification code is %s.\"}"
                .formatted(POOL, PHONE, Messages.CODE));
    byte[] mac =
        Hmac.sha256(KEY.bytes(), (NOW.getEpochSecond() + "." + call.body()).getBytes(UTF_8));
    assertThat(call.headers())
        .containsEntry(
            "x-gatehouse-signature",
            "t=" + NOW.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac));
  }

  @Test
  void theSignatureCoversTimeAndBody() throws Exception {
    webhook().send("id-1", sms());
    webhook().send("id-2", sms());
    new WebhookTransport(new Webhook(url("/sms"), KEY), http, () -> NOW.plusSeconds(1))
        .send("id-1", sms());
    assertThat(calls.stream().map(call -> call.headers().get("x-gatehouse-signature")))
        .doesNotHaveDuplicates()
        .hasSize(3);
  }

  @Test
  void aWebhooksStatusSaysWhetherToComeAgain() {
    for (int code : new int[] {400, 422}) {
      status = code;
      assertThat(refusal(webhook()).outlook()).isEqualTo(Outlook.FINAL);
    }
    for (int code : new int[] {301, 302, 401, 403, 404, 408, 429, 500, 503}) {
      status = code;
      TransportException failure = refusal(webhook());
      assertThat(failure.outlook()).isEqualTo(Outlook.PASSING);
      assertThat(failure).hasMessage("the webhook answered " + code);
    }
  }

  @Test
  void anSnsEndpointGetsPublishAsTheAwsSdkSignsIt() throws Exception {
    sns().send("id-1", sms());
    Call call = calls.getFirst();
    assertThat(form(call.body()))
        .containsEntry("Action", "Publish")
        .containsEntry("Version", "2010-03-31")
        .containsEntry("PhoneNumber", PHONE)
        .containsEntry("Message", "Your verification code is " + Messages.CODE + ".")
        .containsEntry("MessageAttributes.entry.1.Name", "AWS.SNS.SMS.SMSType")
        .containsEntry("MessageAttributes.entry.1.Value.StringValue", "Transactional")
        .containsEntry("MessageAttributes.entry.2.Name", "AWS.SNS.SMS.SenderID")
        .containsEntry("MessageAttributes.entry.2.Value.DataType", "String")
        .containsEntry("MessageAttributes.entry.2.Value.StringValue", "Gatehouse");
    assertThat(call.headers().get("host")).isEqualTo("127.0.0.1:" + server.getAddress().getPort());
    assertThat(call.headers().get("authorization")).isEqualTo(signedBySdk(call));
  }

  /** The same request, signed by the vendor's own code. */
  @SuppressWarnings("deprecation")
  private String signedBySdk(Call call) {
    var signer = software.amazon.awssdk.auth.signer.Aws4Signer.create();
    var params =
        software.amazon.awssdk.auth.signer.params.Aws4SignerParams.builder()
            .awsCredentials(AwsBasicCredentials.create("AKIAEXAMPLE", "sign/with+this"))
            .signingName("sns")
            .signingRegion(Region.EU_WEST_1)
            .signingClockOverride(Clock.fixed(NOW, ZoneOffset.UTC))
            .build();
    var full =
        SdkHttpFullRequest.builder()
            .uri(URI.create(url("/")))
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", String.valueOf(call.headers().get("content-type")))
            .contentStreamProvider(ContentStreamProvider.fromUtf8String(call.body()))
            .build();
    return signer.sign(full, params).firstMatchingHeader("Authorization").orElseThrow();
  }

  private static Map<String, String> form(String body) {
    Map<String, String> result = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      result.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
    }
    return result;
  }

  @Test
  void anSnsErrorSaysWhetherToComeAgain() {
    status = 400;
    answer =
        "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>Invalid"
            + " parameter: PhoneNumber Reason: +12065550100 is not valid</Message></Error></ErrorResponse>";
    TransportException refused = refusal(sns());
    assertThat(refused.outlook()).isEqualTo(Outlook.FINAL);
    assertThat(refused).hasMessage("the SNS endpoint answered 400 InvalidParameter");

    answer = "<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>";
    assertThat(refusal(sns()).outlook()).isEqualTo(Outlook.PASSING);
    status = 403;
    answer = "<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code></Error></ErrorResponse>";
    assertThat(refusal(sns()).outlook()).isEqualTo(Outlook.PASSING);
    status = 500;
    answer = "not even XML <Code>";
    assertThat(refusal(sns())).hasMessage("the SNS endpoint answered 500 ");
  }

  @Test
  void textCannotAddParameters() throws Exception {
    Message message =
        new Message(
            POOL,
            Medium.SMS,
            PHONE,
            null,
            "jane&TopicArn=arn:aws:sns:x=ü +%26",
            Secret.of(Messages.CODE),
            "jane",
            NOW,
            null,
            null);
    sns().send("id-1", message);
    assertThat(form(calls.getFirst().body()))
        .containsEntry("Message", message.body())
        .doesNotContainKey("TopicArn");
  }

  @Test
  void nothingOfAnSmsIsLogged() throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      webhook().send("id-1", sms());
      sns().send("id-1", sms());
      status = 500;
      refusal(webhook());
      assertThat(log.text())
          .doesNotContain("2065550100", Messages.CODE, "sign/with", "shared between");
    }
  }
}
