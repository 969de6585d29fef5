package dev.gatehouse.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.SignatureVerdict.Reason;
import dev.gatehouse.access.SignatureVerdict.Refused;
import dev.gatehouse.access.SignatureVerdict.Verified;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

class SigV4VerifierTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final String KEY = "ASIAEXAMPLEKEY000001";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final Caller.Signed ROOT =
      new Caller.Signed("arn:aws:iam::000000000000:root", "000000000000", KEY);

  private final AtomicInteger hmacs = new AtomicInteger();
  private final AccessKeys keys = AccessKeys.only(KEY, new AccessKey(Secret.of(SECRET), ROOT));
  private final SigV4Verifier verifier = new SigV4Verifier(keys, () -> NOW, Secret.of("nobody's"));

  /** A request that the AWS SDK signed, to be spoiled. */
  private static final class Signing {
    private String key = KEY;
    private String secret = SECRET;
    private String region = "eu-west-1";
    private String service = "cognito-idp";
    private String uri = "https://cognito-idp.eu-west-1.amazonaws.com/";
    private Instant at = NOW;
    private final Map<String, String> headers = new HashMap<>();
    private String body = "{\"MaxResults\":1}";

    SignedRequest sign() {
      SdkHttpRequest.Builder request =
          SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(URI.create(uri));
      headers.forEach(request::putHeader);
      SdkHttpRequest signed =
          AwsV4HttpSigner.create()
              .sign(sign ->
                  sign.identity(AwsCredentialsIdentity.create(key, secret))
                      .request(request.build())
                      .payload(ContentStreamProvider.fromUtf8String(body))
                      .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                      .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                      .putProperty(
                          HttpSigner.SIGNING_CLOCK, java.time.Clock.fixed(at, ZoneOffset.UTC)))
              .request();
      Map<String, List<String>> lower = new HashMap<>();
      signed.headers().forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values));
      URI whole = signed.getUri();
      return new SignedRequest(
          "POST",
          whole.getRawPath().isEmpty() ? "/" : whole.getRawPath(),
          Optional.ofNullable(whole.getRawQuery()).orElse(""),
          lower,
          body.getBytes(UTF_8));
    }
  }

  private static SignedRequest with(SignedRequest request, String header, String value) {
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.put(header, List.of(value));
    return new SignedRequest(
        request.method(), request.path(), request.query(), headers, request.body());
  }

  private static SignedRequest authorization(SignedRequest request, String from, String to) {
    String text = request.header("authorization");
    assertThat(text).containsPattern(from);
    return with(request, "authorization", text.replaceFirst(from, to));
  }

  private SignatureVerdict verify(SignedRequest request) {
    return verifier.verify(request, "cognito-idp");
  }

  private void assertRefused(SignedRequest request, Reason reason) {
    SignatureVerdict verdict = verify(request);
    assertThat(verdict).isInstanceOf(Refused.class);
    assertThat(((Refused) verdict).reason()).as(verdict.toString()).isEqualTo(reason);
    assertThat(verdict.toString()).doesNotContain(SECRET);
  }

  @Test
  void acceptsWhatTheAwsSdkSigns() {
    assertThat(verify(new Signing().sign())).isEqualTo(new Verified(ROOT, "eu-west-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://localhost:9400/",
        "https://localhost/?a=b&B=c&a=a&empty",
        "https://localhost/?q=%20%2F+%C3%A4~",
        "https://localhost/a%20b/c:d/%C3%A4",
      })
  void acceptsWhatTheAwsSdkSignsForOtherAddresses(String uri) {
    Signing signing = new Signing();
    signing.uri = uri;
    signing.headers.put("X-Amz-Target", "AWSCognitoIdentityProviderService.ListUserPools");
    signing.headers.put("X-Amz-Meta", "  inner   blanks  ");
    assertThat(verify(signing.sign())).isInstanceOf(Verified.class);
  }

  /**
   * sts-iam.md, vectors (1). The vector carries a session token: its signature is right, and the
   * key, being none of a session, is refused for that alone.
   */
  @Test
  void computesTheVectorOfStsAndRefusesASessionTokenOfALongTermKey() {
    SigV4Verifier vectors =
        new SigV4Verifier(
            AccessKeys.only(
                KEY, new AccessKey(Secret.of("secretEXAMPLE/key+0123456789abcdefghijkl"), ROOT)),
            () -> NOW,
            Secret.of("nobody's"));
    String signature = "5bf2439ff20fb57657f1e46e0686696926ffef04faa18bec067a2dd609957366";
    Map<String, List<String>> headers =
        Map.of(
            "content-type",
            List.of("application/x-www-form-urlencoded; charset=utf-8"),
            "host",
            List.of("sts.us-east-1.amazonaws.com"),
            "x-amz-date",
            List.of("20260102T030405Z"),
            "x-amz-security-token",
            List.of("TOKEN/EXAMPLE+tok=="),
            "authorization",
            List.of(
                "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLEKEY000001/20260102/us-east-1/sts/aws4_request,"
                    + " SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature="
                    + signature));
    byte[] body = "Action=GetCallerIdentity&Version=2011-06-15".getBytes(UTF_8);
    SignedRequest request = new SignedRequest("POST", "/", "", headers, body);
    assertThat(((Refused) vectors.verify(request, "sts")).reason()).isEqualTo(Reason.UNKNOWN_KEY);
    SignedRequest altered =
        with(
            request,
            "authorization",
            request.header("authorization").replace(signature, "0".repeat(64)));
    assertThat(((Refused) vectors.verify(altered, "sts")).reason()).isEqualTo(Reason.MISMATCH);
  }

  /** Signed with {@link #SECRET} for STS in us-east-1, over a canonical request given whole. */
  private static String signedByHand(String day, String canonical) throws Exception {
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (String part : List.of(day, "us-east-1", "sts", "aws4_request")) {
      key = hmac(key, part);
    }
    String hash = HexFormat.of().formatHex(sha256(canonical));
    String scope = day + "/us-east-1/sts/aws4_request";
    return HexFormat.of()
        .formatHex(hmac(key, "AWS4-HMAC-SHA256\n20260102T030405Z\n" + scope + "\n" + hash));
  }

  private static byte[] hmac(byte[] key, String data) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(data.getBytes(UTF_8));
  }

  private static byte[] sha256(String data) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(data.getBytes(UTF_8));
  }

  /** A request without body, signed by hand; {@code dated} is the date header and its value. */
  private SignatureVerdict verifyByHand(
      String day, String query, String canonicalQuery, String dated, String date) throws Exception {
    // in the order of the names, so that they are canonical as they are
    String names = dated.equals("date") ? "date;host" : "host;" + dated;
    String lines =
        dated.equals("date")
            ? "date:" + date + "\nhost:x\n"
            : "host:x\n" + dated + ":" + date + "\n";
    String canonical =
        "POST\n/\n"
            + canonicalQuery
            + "\n"
            + lines
            + "\n"
            + names
            + "\n"
            + HexFormat.of().formatHex(sha256(""));
    String authorization =
        "AWS4-HMAC-SHA256 Credential="
            + KEY
            + "/"
            + day
            + "/us-east-1/sts/aws4_request,"
            + "SignedHeaders="
            + names
            + ",Signature="
            + signedByHand(day, canonical);
    Map<String, List<String>> headers =
        Map.of("host", List.of("x"), dated, List.of(date), "authorization", List.of(authorization));
    return verifier.verify(new SignedRequest("POST", "/", query, headers, new byte[0]), "sts");
  }

  @Test
  void theDateHeaderMayStandInForAmzsOwn() throws Exception {
    assertThat(verifyByHand("20260102", "", "", "date", "Fri, 02 Jan 2026 03:04:05 GMT"))
        .isInstanceOf(Verified.class);
    assertThat(verifyByHand("20260102", "", "", "date", "yesterday")).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2026", "2026010", "202601021", "2026010a"})
  void refusesADayThatIsNotWhole(String day) throws Exception {
    assertThat(verifyByHand("20260102", "", "", "x-amz-date", "20260102T030405Z"))
        .isInstanceOf(Verified.class);
    assertThat(verifyByHand(day, "", "", "x-amz-date", "20260102T030405Z"))
        .isEqualTo(
            new Refused(
                Reason.INCOMPLETE,
                "Credential or Signature does not have the form that it must have.",
                KEY));
  }

  @Test
  void aPlusInTheQueryIsNotThePlusThatWasSigned() throws Exception {
    assertThat(verifyByHand("20260102", "A=x%2By", "A=x%2By", "x-amz-date", "20260102T030405Z"))
        .isInstanceOf(Verified.class);
    assertThat(verifyByHand("20260102", "A=x+y", "A=x%2By", "x-amz-date", "20260102T030405Z"))
        .isInstanceOf(Refused.class);
  }

  @Test
  void sortsTheQueryByNameAndThenByValue() throws Exception {
    assertThat(
            verifyByHand(
                "20260102", "a-b=1&a=3&a=2", "a=2&a=3&a-b=1", "x-amz-date", "20260102T030405Z"))
        .isInstanceOf(Verified.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a'b", "a\u0000b", "\u00e9"})
  void looksForNoKeyWhoseIdCannotBeOne(String id) {
    AtomicInteger looked = new AtomicInteger();
    SigV4Verifier watching =
        new SigV4Verifier(
            new AccessKeys() {
              @Override
              public Optional<AccessKey> remembered(String asked) {
                looked.incrementAndGet();
                return Optional.empty();
              }

              @Override
              public Optional<AccessKey> read(String asked) {
                return remembered(asked);
              }
            },
            () -> NOW,
            Secret.of("nobody's"));
    watching.verify(new Signing().sign(), "cognito-idp");
    assertThat(looked.getAndSet(0)).isEqualTo(2);
    watching.verify(authorization(new Signing().sign(), KEY, id), "cognito-idp");
    assertThat(looked).hasValue(0);
  }

  @Test
  void refusesARequestWithoutSignature() {
    SignedRequest request = new Signing().sign();
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.remove("authorization");
    assertRefused(new SignedRequest("POST", "/", "", headers, request.body()), Reason.MISSING);
    assertRefused(with(request, "authorization", "Bearer abc"), Reason.MISSING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 ",
        "AWS4-HMAC-SHA256 Credential=AKIA/20260102/eu-west-1/cognito-idp/aws4_request",
        "AWS4-HMAC-SHA256 Credential=AKIA/20260102/cognito-idp/aws4_request, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=AKIA/20260102/eu-west-1/cognito-idp/other, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 ,,,===,,",
      })
  void refusesAHeaderThatLacksAPart(String header) {
    assertRefused(with(new Signing().sign(), "authorization", header), Reason.INCOMPLETE);
  }

  @Test
  void refusesWhatDoesNotSignTheHost() {
    assertRefused(
        authorization(new Signing().sign(), "SignedHeaders=host;", "SignedHeaders="),
        Reason.INCOMPLETE);
  }

  @Test
  void refusesAnAmzHeaderThatIsNotSigned() {
    assertRefused(
        with(
            new Signing().sign(),
            "x-amz-target",
            "AWSCognitoIdentityProviderService.DeleteUserPool"),
        Reason.INCOMPLETE);
  }

  @Test
  void refusesARequestWithoutDateOrOfAnotherDay() {
    SignedRequest request = new Signing().sign();
    Map<String, List<String>> headers = new HashMap<>(request.headers());
    headers.remove("x-amz-date");
    assertRefused(new SignedRequest("POST", "/", "", headers, request.body()), Reason.INCOMPLETE);
    assertRefused(with(request, "x-amz-date", "yesterday"), Reason.INCOMPLETE);
    assertRefused(authorization(request, "/20260102/", "/20260101/"), Reason.MISMATCH);
  }

  @Test
  void refusesAClockThatIsMoreThanFiveMinutesOff() {
    for (int seconds : new int[] {-300, 0, 300}) {
      Signing signing = new Signing();
      signing.at = NOW.plusSeconds(seconds);
      assertThat(verify(signing.sign())).isInstanceOf(Verified.class);
    }
    for (int seconds : new int[] {-301, 301, 600, -600}) {
      Signing signing = new Signing();
      signing.at = NOW.plus(Duration.ofSeconds(seconds));
      assertRefused(signing.sign(), Reason.EXPIRED);
    }
  }

  @Test
  void tellsWhichWayTheClockIsOff() {
    Signing late = new Signing();
    late.at = NOW.minusSeconds(600);
    assertThat(((Refused) verify(late.sign())).detail())
        .isEqualTo(
            "Signature expired: 20260102T025405Z is now earlier than 20260102T025905Z"
                + " (20260102T030405Z - 5 min.)");
    Signing early = new Signing();
    early.at = NOW.plusSeconds(600);
    assertThat(((Refused) verify(early.sign())).detail()).startsWith("Signature not yet current: ");
  }

  @Test
  void refusesAnotherService() {
    Signing signing = new Signing();
    signing.service = "s3";
    assertRefused(signing.sign(), Reason.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"local", "EU-WEST-1", "eu-west", "eu west-1", "eu-west-1x", "eu--1", "1-1"})
  void refusesARegionThatIsNone(String region) {
    Signing signing = new Signing();
    signing.region = region;
    assertRefused(signing.sign(), Reason.MISMATCH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eu-west-1", "us-gov-east-1", "ap-southeast-7", "mx-central-1"})
  void acceptsEveryRegionOfAwssForm(String region) {
    Signing signing = new Signing();
    signing.region = region;
    assertThat(verify(signing.sign())).isEqualTo(new Verified(ROOT, region));
  }

  @Test
  void acceptsAnyRegionForSts() {
    Signing signing = new Signing();
    signing.service = "sts";
    signing.region = "local";
    assertThat(verifier.verify(signing.sign(), "sts")).isInstanceOf(Verified.class);
  }

  @Test
  void refusesWhatWasAlteredAfterSigning() {
    SignedRequest request = new Signing().sign();
    assertRefused(
        new SignedRequest("POST", "/", "", request.headers(), "{\"MaxResults\":2}".getBytes(UTF_8)),
        Reason.MISMATCH);
    assertRefused(
        new SignedRequest("POST", "/x", "", request.headers(), request.body()), Reason.MISMATCH);
    assertRefused(
        new SignedRequest("POST", "/", "a=b", request.headers(), request.body()), Reason.MISMATCH);
    assertRefused(
        new SignedRequest("PUT", "/", "", request.headers(), request.body()), Reason.MISMATCH);
    assertRefused(with(request, "host", "other.example"), Reason.MISMATCH);
    assertRefused(authorization(request, "/eu-west-1/", "/eu-west-2/"), Reason.MISMATCH);
    assertRefused(authorization(request, "Signature=.", "Signature=x"), Reason.INCOMPLETE);
    assertRefused(authorization(request, "Signature=.*", "Signature=00"), Reason.INCOMPLETE);
    assertRefused(
        authorization(request, "Signature=.*", "Signature=" + "0".repeat(64)), Reason.MISMATCH);
  }

  @Test
  void refusesAnotherSecret() {
    Signing signing = new Signing();
    signing.secret = "another";
    assertRefused(signing.sign(), Reason.MISMATCH);
  }

  @Test
  void refusesAKeyThatNobodyHasAndTellsWhichWasPresented() {
    Signing signing = new Signing();
    signing.key = "AKIANOBODYSKEY000000";
    SignatureVerdict verdict = verify(signing.sign());
    assertThat(verdict).isEqualTo(new Refused(Reason.UNKNOWN_KEY, "", "AKIANOBODYSKEY000000"));
    assertThat(((Refused) verify(with(signing.sign(), "authorization", "Bearer x"))).accessKeyId())
        .isEmpty();
  }

  @Test
  void theSecretOfNobodyOpensNothing() {
    Signing signing = new Signing();
    signing.key = "AKIANOBODYSKEY000000";
    signing.secret = "nobody's";
    assertRefused(signing.sign(), Reason.UNKNOWN_KEY);
  }

  @Test
  void refusesTheAsymmetricForm() {
    assertRefused(
        authorization(new Signing().sign(), "AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"),
        Reason.UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UNSIGNED-PAYLOAD",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
      })
  void refusesABodyThatIsNotSigned(String hash) {
    Signing signing = new Signing();
    signing.headers.put("x-amz-content-sha256", hash);
    assertRefused(with(signing.sign(), "x-amz-content-sha256", hash), Reason.UNSUPPORTED);
  }

  @Test
  void refusesAHashThatIsNotTheBodys() {
    Signing signing = new Signing();
    SignedRequest request = signing.sign();
    if (!request.header("x-amz-content-sha256").isEmpty()) {
      assertRefused(with(request, "x-amz-content-sha256", "0".repeat(64)), Reason.MISMATCH);
    }
    signing.headers.put("x-amz-content-sha256", "0".repeat(64));
    assertRefused(with(signing.sign(), "x-amz-content-sha256", "0".repeat(64)), Reason.MISMATCH);
  }

  @Test
  void anUnknownKeyCostsWhatAWrongSignatureCosts() {
    SigV4Verifier counting =
        new SigV4Verifier(
            keys,
            () -> NOW,
            Secret.of("nobody's"),
            (key, data) -> {
              hmacs.incrementAndGet();
              return new byte[32];
            });
    Signing unknown = new Signing();
    unknown.key = "AKIANOBODYSKEY000000";
    counting.verify(unknown.sign(), "cognito-idp");
    int forUnknown = hmacs.getAndSet(0);
    Signing wrong = new Signing();
    wrong.secret = "another";
    counting.verify(wrong.sign(), "cognito-idp");
    assertThat(forUnknown).isEqualTo(10).isEqualTo(hmacs.get());
  }

  @Test
  void testCredentialsAreAnOperatorsChoice() {
    Signing signing = new Signing();
    signing.key = "test";
    signing.secret = "test";
    assertRefused(signing.sign(), Reason.UNKNOWN_KEY);
    SigV4Verifier lenient =
        new SigV4Verifier(
            new TestCredentials(keys, "000000000000"), () -> NOW, Secret.of("nobody's"));
    assertThat(lenient.verify(signing.sign(), "cognito-idp"))
        .isEqualTo(
            new Verified(
                new Caller.Signed("arn:aws:iam::000000000000:root", "000000000000", "test"),
                "eu-west-1"));
    assertThat(lenient.verify(new Signing().sign(), "cognito-idp")).isInstanceOf(Verified.class);
    signing.secret = "guess";
    assertThat(lenient.verify(signing.sign(), "cognito-idp")).isInstanceOf(Refused.class);
  }
}
