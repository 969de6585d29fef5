package dev.gatehouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of Signature Version 4 for {@code POST /} of {@code cognito-idp}. */
public final class RequestSigner {
  private static final String REGION = "us-east-1";
  private static final String SERVICE = "cognito-idp";
  private static final String SIGNED = "content-type;host;x-amz-date;x-amz-target";
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String keyId;
  private final Secret secret;

  public RequestSigner(String keyId, Secret secret) {
    this.keyId = keyId;
    this.secret = secret;
  }

  /**
   * The two headers that a signature adds.
   *
   * @param date X-Amz-Date
   * @param authorization Authorization
   */
  public record Headers(String date, String authorization) {}

  public Headers sign(
      String host, String contentType, String target, byte[] body, Instant signedAt) {
    String date = AMZ_DATE.format(signedAt);
    String day = date.substring(0, 8);
    String scope = String.join("/", day, REGION, SERVICE, "aws4_request");
    String canonical =
        String.join(
            "\n",
            "POST",
            "/",
            "",
            "content-type:" + contentType,
            "host:" + host,
            "x-amz-date:" + date,
            "x-amz-target:" + target,
            "",
            SIGNED,
            hex(sha256(body)));
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", date, scope, hex(sha256(canonical.getBytes(UTF_8))));
    byte[] key = ("AWS4" + secret.text()).getBytes(UTF_8);
    for (String part : List.of(day, REGION, SERVICE, "aws4_request", toSign)) {
      key = hmac(key, part);
    }
    return new Headers(
        date,
        "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(keyId, scope, SIGNED, hex(key)));
  }

  private static byte[] hmac(byte[] key, String data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
