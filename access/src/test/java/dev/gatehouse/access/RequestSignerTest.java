package dev.gatehouse.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** The AWS SDK is the judge. */
class RequestSignerTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final byte[] BODY = "Action=Publish&Message=a%20b".getBytes(UTF_8);
  private final RequestSigner signer =
      new RequestSigner("eu-west-1", "sns", "AKIAEXAMPLE", Secret.of(SECRET));

  @Test
  void signs_what_the_sdk_signs() {
    assertAsTheSdk("https://sns.eu-west-1.amazonaws.com/");
    assertAsTheSdk("http://localhost:9911/a%20b/c?z=1&a=%2F&a=b");
  }

  private void assertAsTheSdk(String address) {
    URI uri = URI.create(address);
    Map<String, String> given = Map.of("Content-Type", "application/x-www-form-urlencoded");
    // the SDK adds the body's hash as a header
    Map<String, String> hashed = new TreeMap<>(given);
    hashed.put("X-Amz-Content-Sha256", SigV4.sha256(BODY));
    assertThat(signer.sign("POST", uri, hashed, BODY, NOW).get("Authorization"))
        .isEqualTo(authorizationOfTheSdk(uri, given));
  }

  private static String authorizationOfTheSdk(URI uri, Map<String, String> given) {
    SdkHttpRequest.Builder request = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(uri);
    given.forEach(request::putHeader);
    return AwsV4HttpSigner.create()
        .sign(signing ->
            signing
                .identity(AwsCredentialsIdentity.create("AKIAEXAMPLE", SECRET))
                .request(request.build())
                .payload(ContentStreamProvider.fromByteArray(BODY))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sns")
                .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1")
                .putProperty(
                    HttpSigner.SIGNING_CLOCK, java.time.Clock.fixed(NOW, java.time.ZoneOffset.UTC)))
        .request()
        .firstMatchingHeader("Authorization")
        .orElseThrow();
  }

  @Test
  void another_secret_signs_otherwise() {
    URI uri = URI.create("https://sns.eu-west-1.amazonaws.com/");
    RequestSigner other = new RequestSigner("eu-west-1", "sns", "AKIAEXAMPLE", Secret.of("x"));
    assertThat(other.sign("POST", uri, Map.of(), BODY, NOW).get("Authorization"))
        .isNotEqualTo(signer.sign("POST", uri, Map.of(), BODY, NOW).get("Authorization"));
  }

  @Test
  void its_signature_passes_the_verifier() {
    URI uri = URI.create("http://127.0.0.1:9400/_gatehouse/keys?pool=a");
    Map<String, List<String>> headers = new TreeMap<>();
    signer
        .sign("POST", uri, Map.of(), BODY, NOW)
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    AccessKeys keys =
        AccessKeys.only(
            "AKIAEXAMPLE",
            new AccessKeys.AccessKey(
                Secret.of(SECRET),
                new dev.gatehouse.kernel.Caller.Signed("arn", "id", "AKIAEXAMPLE")));
    SigV4Verifier verifier = new SigV4Verifier(keys, () -> NOW, Secret.of("nobody's"));
    assertThat(
            verifier.verify(
                new SignedRequest("POST", "/_gatehouse/keys", "pool=a", headers, BODY), "sns"))
        .isInstanceOf(SignatureVerdict.Verified.class);
    assertThat(
            verifier.verify(
                new SignedRequest("POST", "/_gatehouse/keys", "pool=b", headers, BODY), "sns"))
        .isInstanceOf(SignatureVerdict.Refused.class);
  }

  /** {@code post-x-www-form-urlencoded} of AWS's Signature Version 4 test suite. */
  @Test
  void the_vendors_vector() {
    RequestSigner vendors =
        new RequestSigner(
            "us-east-1",
            "service",
            "AKIDEXAMPLE",
            Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
    assertThat(
            vendors.sign(
                "POST",
                URI.create("https://example.amazonaws.com/"),
                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                "Param1=value1".getBytes(UTF_8),
                Instant.parse("2015-08-30T12:36:00Z")))
        .containsEntry("X-Amz-Date", "20150830T123600Z")
        .containsEntry("Host", "example.amazonaws.com")
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void the_schemes_own_port_is_not_signed() {
    assertThat(host("https://sns.example:443/")).isEqualTo("sns.example");
    assertThat(host("https://sns.example:8443/")).isEqualTo("sns.example:8443");
    assertThat(host("http://127.0.0.1:80")).isEqualTo("127.0.0.1");
  }

  private String host(String uri) {
    return String.valueOf(
        signer.sign("POST", URI.create(uri), Map.of(), new byte[0], NOW).get("Host"));
  }
}
