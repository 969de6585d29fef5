package dev.gatehouse.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.access.AccessKeys.AccessKey;
import dev.gatehouse.access.SigV4.Hmac;
import dev.gatehouse.access.SigV4.Scope;
import dev.gatehouse.access.SignatureVerdict.Reason;
import dev.gatehouse.access.SignatureVerdict.Refused;
import dev.gatehouse.access.SignatureVerdict.Verified;
import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies AWS Signature Version 4 in header form (sts-iam.md §4), in numbered steps. The body's
 * hash is always computed. An unknown key costs what a wrong signature costs: the same hashes over
 * a secret that nobody has.
 */
public final class SigV4Verifier {
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** Services whose region in the scope says nothing: they are account-wide. */
  private static final Set<String> GLOBAL_SERVICES = Set.of("sts", "iam");

  private static final Pattern ANY_REGION = Pattern.compile("[a-zA-Z0-9-]{1,32}");

  /** As AWS's own: {@code eu-west-1}, {@code us-gov-east-1}, {@code ap-southeast-7}. */
  private static final Pattern REGION = Pattern.compile("[a-z]{2,8}(-[a-z]{2,12}){1,2}-[0-9]{1,2}");

  private static final Pattern KEY_ID = Pattern.compile("\\w{1,128}");
  private static final Pattern DAY = Pattern.compile("[0-9]{8}");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

  private static final Pattern PRESENTED_KEY =
      Pattern.compile("Credential=([A-Za-z0-9]{1,128})[/,]");

  private final AccessKeys keys;
  private final WallClock clock;
  private final Secret nobodys;
  private final Hmac hmac;

  /**
   * @param nobodys a random secret, used where there is no key
   */
  public SigV4Verifier(AccessKeys keys, WallClock clock, Secret nobodys) {
    this(keys, clock, nobodys, SigV4::hmacSha256);
  }

  SigV4Verifier(AccessKeys keys, WallClock clock, Secret nobodys, Hmac hmac) {
    this.keys = keys;
    this.clock = clock;
    this.nobodys = nobodys;
    this.hmac = hmac;
  }

  private record Credential(String keyId, Scope scope) {}

  private record Authorization(
      Credential credential, List<String> signedHeaders, String signature) {}

  /** Raised inside the steps; becomes {@link Refused}. */
  private static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Reason reason;
    private final transient String detail;

    Stop(Reason reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
      this.detail = detail;
    }
  }

  /**
   * Verifies the signature for a service.
   *
   * @param service the signing name, e.g. {@code cognito-idp}
   */
  public SignatureVerdict verify(SignedRequest request, String service) {
    String header = request.header("authorization");
    try {
      Authorization authorization = parse(header);
      requireScope(authorization.credential().scope(), service);
      requireSigned(request, authorization.signedHeaders());
      String date = requireDate(request, authorization.credential().scope());
      String bodyHash = requireBody(request);
      // 6. The canonical request, the string to sign, 7. the signature
      String stringToSign =
          SigV4.stringToSign(
              date,
              authorization.credential().scope(),
              SigV4.canonical(request, authorization.signedHeaders(), bodyHash));
      AccessKey key =
          requireKey(
              authorization.credential().keyId(),
              candidate ->
                  ConstantTime.equal(
                      SigV4.signature(
                              hmac, candidate, authorization.credential().scope(), stringToSign)
                          .getBytes(US_ASCII),
                      authorization.signature().getBytes(US_ASCII)));
      // a long-term key has no session: its token says that something else signed
      if (!request.header("x-amz-security-token").isEmpty()) {
        throw new Stop(Reason.UNKNOWN_KEY, "");
      }
      return new Verified(key.principal(), authorization.credential().scope().region());
    } catch (Stop stop) {
      return new Refused(stop.reason, stop.detail, presentedKey(header));
    }
  }

  /**
   * The key, if the signature is its own. Whatever is not right at the first look, unknown key and
   * wrong signature alike, costs the same: one read past the cache, and the whole computation
   * again. So a key that another node has changed works at once, too.
   */
  private AccessKey requireKey(String id, Predicate<Secret> signed) throws Stop {
    Optional<AccessKey> remembered = keys.remembered(id);
    if (signed.test(remembered.map(AccessKey::secret).orElse(nobodys)) && remembered.isPresent()) {
      return remembered.get();
    }
    Optional<AccessKey> stored = keys.read(id);
    boolean right = signed.test(stored.map(AccessKey::secret).orElse(nobodys));
    if (stored.isEmpty()) {
      throw new Stop(Reason.UNKNOWN_KEY, "");
    }
    if (!right) {
      throw new Stop(Reason.MISMATCH, "");
    }
    return stored.get();
  }

  /** For the audit log: as it was written, if it can be an id at all. */
  private static String presentedKey(String header) {
    Matcher matcher = PRESENTED_KEY.matcher(header);
    return matcher.find() ? matcher.group(1) : "";
  }

  // 1. The Authorization header: algorithm, credential scope, signed headers, signature
  private static Authorization parse(String header) throws Stop {
    if (!header.startsWith("AWS")) {
      throw new Stop(Reason.MISSING, "");
    }
    if (!header.startsWith(SigV4.ALGORITHM + " ")) {
      throw new Stop(
          header.startsWith("AWS4-ECDSA-P256-SHA256") ? Reason.UNSUPPORTED : Reason.INCOMPLETE,
          "Authorization header requires the algorithm AWS4-HMAC-SHA256.");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.substring(SigV4.ALGORITHM.length() + 1).split(",")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    for (String needed : List.of("Credential", "Signature", "SignedHeaders")) {
      if (parts.getOrDefault(needed, "").isEmpty()) {
        throw new Stop(
            Reason.INCOMPLETE, "Authorization header requires '" + needed + "' parameter.");
      }
    }
    String[] scope = parts.getOrDefault("Credential", "").split("/", -1);
    if (scope.length != 5 || !scope[4].equals(SigV4.TERMINATOR)) {
      throw new Stop(
          Reason.INCOMPLETE,
          "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.");
    }
    if (!KEY_ID.matcher(scope[0]).matches()
        || !DAY.matcher(scope[1]).matches()
        || !SIGNATURE.matcher(parts.getOrDefault("Signature", "")).matches()) {
      throw new Stop(
          Reason.INCOMPLETE, "Credential or Signature does not have the form that it must have.");
    }
    return new Authorization(
        new Credential(scope[0], new Scope(scope[1], scope[2], scope[3])),
        List.of(parts.getOrDefault("SignedHeaders", "").split(";")),
        parts.getOrDefault("Signature", ""));
  }

  // 2. The scope names this service; a region must be there
  private static void requireScope(Scope scope, String service) throws Stop {
    if (!scope.service().equals(service)) {
      throw new Stop(
          Reason.MISMATCH, "Credential should be scoped to correct service: '" + service + "'. ");
    }
    Pattern wanted = GLOBAL_SERVICES.contains(service) ? ANY_REGION : REGION;
    if (!wanted.matcher(scope.region()).matches()) {
      throw new Stop(Reason.MISMATCH, "Credential should be scoped to a valid region. ");
    }
  }

  // 3. host and every x-amz- header that is there are signed
  private static void requireSigned(SignedRequest request, List<String> signed) throws Stop {
    if (!signed.contains("host")) {
      throw new Stop(Reason.INCOMPLETE, "'Host' must be a signed header.");
    }
    for (String name : request.headers().keySet()) {
      if (name.startsWith("x-amz-") && !signed.contains(name)) {
        throw new Stop(Reason.INCOMPLETE, "'" + printable(name) + "' must be a signed header.");
      }
    }
  }

  // 4. The date: there, of the scope's day, within five minutes of the clock
  private String requireDate(SignedRequest request, Scope scope) throws Stop {
    String date = request.header("x-amz-date");
    if (date.isEmpty()) {
      date = ofDateHeader(request.header("date"));
    }
    Instant signedAt;
    try {
      signedAt = LocalDateTime.parse(date, SigV4.AMZ_DATE).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException wrongForm) {
      throw new Stop(
          Reason.INCOMPLETE, "Date must be in ISO-8601 'basic format' YYYYMMDD'T'HHMMSS'Z'.");
    }
    if (!date.substring(0, SigV4.DAY_LENGTH).equals(scope.date())) {
      throw new Stop(
          Reason.MISMATCH,
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP. ");
    }
    Instant now = clock.now();
    if (signedAt.plus(SKEW).isBefore(now)) {
      throw new Stop(
          Reason.EXPIRED,
          "Signature expired: "
              + date
              + " is now earlier than "
              + SigV4.amz(now.minus(SKEW))
              + " ("
              + SigV4.amz(now)
              + " - 5 min.)");
    }
    if (signedAt.minus(SKEW).isAfter(now)) {
      throw new Stop(
          Reason.EXPIRED,
          "Signature not yet current: "
              + date
              + " is still later than "
              + SigV4.amz(now.plus(SKEW))
              + " ("
              + SigV4.amz(now)
              + " + 5 min.)");
    }
    return date;
  }

  /** The {@code Date} header in the other form; it may stand in for X-Amz-Date. */
  private static String ofDateHeader(String header) throws Stop {
    try {
      return SigV4.AMZ_DATE.format(
          DateTimeFormatter.RFC_1123_DATE_TIME
              .parse(header, Instant::from)
              .atOffset(ZoneOffset.UTC));
    } catch (DateTimeException noDate) {
      throw new Stop(
          Reason.INCOMPLETE,
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
  }

  // 5. The body's hash is always computed; a header that claims another one is refused
  private static String requireBody(SignedRequest request) throws Stop {
    String hash = SigV4.sha256(request.body());
    String claimed = request.header("x-amz-content-sha256");
    if (claimed.startsWith("UNSIGNED") || claimed.startsWith("STREAMING")) {
      throw new Stop(Reason.UNSUPPORTED, "The payload must be signed.");
    }
    if (!claimed.isEmpty()
        && !ConstantTime.equal(hash.getBytes(US_ASCII), claimed.getBytes(UTF_8))) {
      throw new Stop(Reason.MISMATCH, "");
    }
    return hash;
  }

  private static String printable(String name) {
    return name.length() > 64 ? name.substring(0, 64) : name;
  }
}
