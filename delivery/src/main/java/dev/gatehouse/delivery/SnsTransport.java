package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.Hmac;
import dev.gatehouse.delivery.DeliveryConfig.Sns;
import dev.gatehouse.kernel.WallClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;

/**
 * SMS through an SNS-compatible endpoint: the Query operation Publish with PhoneNumber, signed with
 * Signature Version 4.
 */
public final class SnsTransport implements Transport {
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String CONTENT_TYPE = "application/x-www-form-urlencoded; charset=utf-8";
  private static final String SIGNED_HEADERS = "content-type;host;x-amz-date";

  private final Sns config;
  private final OutboundHttp http;
  private final WallClock clock;

  public SnsTransport(Sns config, OutboundHttp http, WallClock clock) {
    this.config = config;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public void send(String id, Message message) throws TransportException {
    String form =
        "Action=Publish&Version=2010-03-31&PhoneNumber="
            + encode(message.recipient())
            + "&Message="
            + encode(message.body());
    byte[] body = form.getBytes(UTF_8);
    URI uri = URI.create(config.url());
    try {
      int status = http.post(uri, signed(uri, body), body);
      if (status / 100 != 2) {
        throw new TransportException("the SNS endpoint answered " + status);
      }
    } catch (IOException failure) {
      throw new TransportException("the SNS endpoint could not be called: " + failure.getMessage());
    }
  }

  /**
   * The headers of a signed request: canonical request, string to sign, key chain (Signature
   * Version 4).
   */
  private Map<String, String> signed(URI uri, byte[] body) {
    String date = AMZ_DATE.format(clock.now());
    String day = date.substring(0, 8);
    String host = uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String canonical =
        String.join(
            "\n",
            "POST",
            path,
            "",
            "content-type:" + CONTENT_TYPE,
            "host:" + host,
            "x-amz-date:" + date,
            "",
            SIGNED_HEADERS,
            hash(body));
    String scope = day + "/" + config.region() + "/sns/aws4_request";
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", date, scope, hash(canonical.getBytes(UTF_8)));
    byte[] key = ("AWS4" + config.secretAccessKey().text()).getBytes(UTF_8);
    for (String part : new String[] {day, config.region(), "sns", "aws4_request"}) {
      key = Hmac.sha256(key, part.getBytes(US_ASCII));
    }
    String signature = HexFormat.of().formatHex(Hmac.sha256(key, toSign.getBytes(UTF_8)));
    return Map.of(
        "Content-Type",
        CONTENT_TYPE,
        "X-Amz-Date",
        date,
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + config.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + SIGNED_HEADERS
            + ", Signature="
            + signature);
  }

  private static String hash(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
