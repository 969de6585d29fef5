package dev.gatehouse.access;

import dev.gatehouse.access.SigV4.Scope;
import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Signs requests of our own with Signature Version 4 in header form: calls of AWS-compatible
 * services, and of a running Gatehouse. {@link SigV4Verifier} is the other side.
 */
public final class RequestSigner {
  private final String region;
  private final String service;
  private final String accessKeyId;
  private final Secret secretAccessKey;

  /**
   * @param service the signing name, e.g. {@code sns}
   */
  public RequestSigner(String region, String service, String accessKeyId, Secret secretAccessKey) {
    this.region = region;
    this.service = service;
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
  }

  /**
   * All headers to send: those given, which are signed too, with {@code Host}, {@code X-Amz-Date}
   * and {@code Authorization}.
   */
  public Map<String, String> sign(
      String method, URI uri, Map<String, String> headers, byte[] body, Instant now) {
    String date = SigV4.amz(now);
    Map<String, String> sent = new TreeMap<>(headers);
    sent.put("Host", host(uri));
    sent.put("X-Amz-Date", date);
    Map<String, List<String>> signed = new HashMap<>();
    sent.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    String path = uri.getRawPath();
    String query = uri.getRawQuery();
    SignedRequest request =
        new SignedRequest(
            method,
            path == null || path.isEmpty() ? "/" : path,
            query == null ? "" : query,
            signed,
            body);
    Scope scope = new Scope(date.substring(0, SigV4.DAY_LENGTH), region, service);
    String canonical = SigV4.canonical(request, signed.keySet(), SigV4.sha256(body));
    String signature =
        SigV4.signature(
            SigV4::hmacSha256, secretAccessKey, scope, SigV4.stringToSign(date, scope, canonical));
    sent.put(
        "Authorization",
        "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
            .formatted(
                SigV4.ALGORITHM,
                accessKeyId,
                scope,
                String.join(";", new TreeSet<>(signed.keySet())),
                signature));
    return sent;
  }

  /** Without the scheme's own port, as clients write it. */
  private static String host(URI uri) {
    boolean usual =
        uri.getPort() < 0
            || uri.getPort() == 443 && "https".equals(uri.getScheme())
            || uri.getPort() == 80 && "http".equals(uri.getScheme());
    return usual ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }
}
