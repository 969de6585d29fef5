package dev.gatehouse.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The arithmetic of Signature Version 4 (sts-iam.md §4), the same for who signs and who verifies.
 */
final class SigV4 {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String TERMINATOR = "aws4_request";
  static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  static final int DAY_LENGTH = 8;

  private SigV4() {}

  /** The keyed hash; counted in tests. */
  @FunctionalInterface
  interface Hmac {
    byte[] of(byte[] key, String data);
  }

  /** What a signature holds for. */
  record Scope(String date, String region, String service) {
    @Override
    public String toString() {
      return date + "/" + region + "/" + service + "/" + TERMINATOR;
    }
  }

  /** 1. The canonical request: method, path, query, the signed headers, the body's hash. */
  static String canonical(SignedRequest request, Collection<String> signed, String bodyHash) {
    Collection<String> names = new TreeSet<>(signed);
    StringBuilder text = new StringBuilder();
    text.append(request.method())
        .append('\n')
        .append(UriEncoding.canonicalPath(request.path()))
        .append('\n')
        .append(UriEncoding.canonicalQuery(request.query()))
        .append('\n');
    for (String name : names) {
      text.append(name).append(':').append(request.canonicalHeader(name)).append('\n');
    }
    return text.append('\n')
        .append(String.join(";", names))
        .append('\n')
        .append(bodyHash)
        .toString();
  }

  /** 2. The string to sign. */
  static String stringToSign(String amzDate, Scope scope, String canonical) {
    return String.join(
        "\n", ALGORITHM, amzDate, scope.toString(), sha256(canonical.getBytes(UTF_8)));
  }

  /** 3. The key, a chain of HMACs over date, region and service, and 4. the signature in hex. */
  static String signature(Hmac hmac, Secret secret, Scope scope, String stringToSign) {
    byte[] prefix = "AWS4".getBytes(US_ASCII);
    byte[] bytes = secret.bytes();
    byte[] key = Arrays.copyOf(prefix, prefix.length + bytes.length);
    System.arraycopy(bytes, 0, key, prefix.length, bytes.length);
    for (String part : List.of(scope.date(), scope.region(), scope.service(), TERMINATOR)) {
      key = hmac.of(key, part);
    }
    return HexFormat.of().formatHex(hmac.of(key, stringToSign));
  }

  static byte[] hmacSha256(byte[] key, String data) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** In lower-case hex. */
  static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static String amz(Instant time) {
    return AMZ_DATE.format(time);
  }
}
