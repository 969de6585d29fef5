package dev.gatehouse.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSignatureTest {
  private static final RequestSignature SIGNATURE =
      new RequestSignature(
          "us-east-1",
          "service",
          "AKIDEXAMPLE",
          Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));

  /** {@code post-x-www-form-urlencoded} of AWS's Signature Version 4 test suite. */
  @Test
  void theVendorsVector() {
    Map<String, String> headers =
        SIGNATURE.headers(
            URI.create("https://example.amazonaws.com/"),
            "application/x-www-form-urlencoded",
            "Param1=value1".getBytes(UTF_8),
            Instant.parse("2015-08-30T12:36:00Z"));
    assertThat(headers)
        .containsEntry("X-Amz-Date", "20150830T123600Z")
        .containsEntry("Host", "example.amazonaws.com")
        .containsEntry(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date,"
                + " Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
  }

  @Test
  void theSchemesOwnPortIsNotSigned() {
    assertThat(host("https://sns.example:443/")).isEqualTo("sns.example");
    assertThat(host("https://sns.example:8443/")).isEqualTo("sns.example:8443");
    assertThat(host("http://127.0.0.1:80")).isEqualTo("127.0.0.1");
  }

  private static String host(String uri) {
    return String.valueOf(
        SIGNATURE.headers(URI.create(uri), "x", new byte[0], Instant.EPOCH).get("Host"));
  }
}
