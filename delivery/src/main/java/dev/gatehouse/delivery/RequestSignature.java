package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.crypto.Hmac;
import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;

/**
 * Signs our own calls of AWS-compatible services: Signature Version 4 in header form, for a POST
 * without a query. (Others' signatures are verified by {@code access}.)
 */
final class RequestSignature {
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String SIGNED_HEADERS = "content-type;host;x-amz-date";

  private final String region;
  private final String service;
  private final String accessKeyId;
  private final Secret secretAccessKey;

  RequestSignature(String region, String service, String accessKeyId, Secret secretAccessKey) {
    this.region = region;
    this.service = service;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
  }

  /** The headers to send: host, content type, date and signature. */
  Map<String, String> headers(URI uri, String contentType, byte[] body, Instant now) {
    String date = AMZ_DATE.format(now);
    String day = date.substring(0, 8);
    String scope = String.join("/", day, region, service, "aws4_request");
    // 1. the canonical request
    String canonical =
        String.join(
            "\n",
            "POST",
            path(uri),
            "",
            "content-type:" + contentType,
            "host:" + host(uri),
            "x-amz-date:" + date,
            "",
            SIGNED_HEADERS,
            hash(body));
    // 2. the string to sign
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", date, scope, hash(canonical.getBytes(UTF_8)));
    // 3. the key of day, region and service, and the signature
    byte[] key = ("AWS4" + secretAccessKey.text()).getBytes(UTF_8);
    for (String part : new String[] {day, region, service, "aws4_request"}) {
      key = Hmac.sha256(key, part.getBytes(US_ASCII));
    }
    String signature = HexFormat.of().formatHex(Hmac.sha256(key, toSign.getBytes(UTF_8)));
    return Map.of(
        "Host",
        host(uri),
        "Content-Type",
        contentType,
        "X-Amz-Date",
        date,
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(accessKeyId, scope, SIGNED_HEADERS, signature));
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  /** Without the scheme's own port. */
  private static String host(URI uri) {
    boolean usual =
        uri.getPort() < 0
            || uri.getPort() == 443 && "https".equals(uri.getScheme())
            || uri.getPort() == 80 && "http".equals(uri.getScheme());
    return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private static String hash(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
