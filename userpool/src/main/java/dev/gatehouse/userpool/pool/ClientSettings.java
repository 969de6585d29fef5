package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.OAuthFlowType;
import dev.gatehouse.model.cognitoidp.TimeUnitsType;
import dev.gatehouse.model.cognitoidp.TokenValidityUnitsType;
import dev.gatehouse.model.cognitoidp.UpdateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An app client's stored settings: defaults, and what they may not be (userpool.md §11). */
public final class ClientSettings {
  private static final Duration SHORTEST_TOKEN = Duration.ofMinutes(5);
  private static final Duration LONGEST_TOKEN = Duration.ofDays(1);
  private static final Duration SHORTEST_REFRESH = Duration.ofMinutes(60);
  private static final Duration LONGEST_REFRESH = Duration.ofDays(3650);
  private static final Set<String> STANDARD_SCOPES =
      Set.of("phone", "email", "openid", "profile", "aws.cognito.signin.user.admin");
  private static final Set<String> NEED_OPENID = Set.of("phone", "email", "profile");

  private ClientSettings() {}

  /** The settings of a new client. */
  public static UserPoolClientType ofNew(CreateUserPoolClientRequest request) {
    return withDefaults(
        UserPoolClientType.builder()
            .clientName(request.clientName())
            .refreshTokenValidity(request.refreshTokenValidity())
            .accessTokenValidity(request.accessTokenValidity())
            .idTokenValidity(request.idTokenValidity())
            .tokenValidityUnits(request.tokenValidityUnits())
            .readAttributes(request.readAttributes())
            .writeAttributes(request.writeAttributes())
            .explicitAuthFlows(request.explicitAuthFlows())
            .supportedIdentityProviders(request.supportedIdentityProviders())
            .callbackURLs(request.callbackURLs())
            .logoutURLs(request.logoutURLs())
            .defaultRedirectURI(request.defaultRedirectURI())
            .allowedOAuthFlows(request.allowedOAuthFlows())
            .allowedOAuthScopes(request.allowedOAuthScopes())
            .allowedOAuthFlowsUserPoolClient(request.allowedOAuthFlowsUserPoolClient())
            .analyticsConfiguration(request.analyticsConfiguration())
            .preventUserExistenceErrors(request.preventUserExistenceErrors())
            .enableTokenRevocation(request.enableTokenRevocation())
            .enablePropagateAdditionalUserContextData(
                request.enablePropagateAdditionalUserContextData())
            .authSessionValidity(request.authSessionValidity())
            .refreshTokenRotation(request.refreshTokenRotation()));
  }

  /** The settings after an update: what was left out is back at its default, the name stays. */
  public static UserPoolClientType updated(
      UserPoolClientType before, UpdateUserPoolClientRequest request) {
    return withDefaults(
        UserPoolClientType.builder()
            .clientName(request.clientName() == null ? before.clientName() : request.clientName())
            .refreshTokenValidity(request.refreshTokenValidity())
            .accessTokenValidity(request.accessTokenValidity())
            .idTokenValidity(request.idTokenValidity())
            .tokenValidityUnits(request.tokenValidityUnits())
            .readAttributes(request.readAttributes())
            .writeAttributes(request.writeAttributes())
            .explicitAuthFlows(request.explicitAuthFlows())
            .supportedIdentityProviders(request.supportedIdentityProviders())
            .callbackURLs(request.callbackURLs())
            .logoutURLs(request.logoutURLs())
            .defaultRedirectURI(request.defaultRedirectURI())
            .allowedOAuthFlows(request.allowedOAuthFlows())
            .allowedOAuthScopes(request.allowedOAuthScopes())
            .allowedOAuthFlowsUserPoolClient(request.allowedOAuthFlowsUserPoolClient())
            .analyticsConfiguration(request.analyticsConfiguration())
            .preventUserExistenceErrors(request.preventUserExistenceErrors())
            .enableTokenRevocation(request.enableTokenRevocation())
            .enablePropagateAdditionalUserContextData(
                request.enablePropagateAdditionalUserContextData())
            .authSessionValidity(request.authSessionValidity())
            .refreshTokenRotation(request.refreshTokenRotation())
            .clientType(before.clientType()));
  }

  /** Defaults that Describe shows; units given in part are filled (userpool.md §11.1). */
  private static UserPoolClientType withDefaults(UserPoolClientType.Builder builder) {
    UserPoolClientType given = builder.build();
    Integer refresh = given.refreshTokenValidity();
    TokenValidityUnitsType units = given.tokenValidityUnits();
    return builder
        .refreshTokenValidity(
            refresh == null || refresh == 0
                ? thirtyDays(units == null ? null : units.refreshToken())
                : refresh)
        .tokenValidityUnits(
            units == null
                ? null
                : TokenValidityUnitsType.builder()
                    .accessToken(orElse(units.accessToken(), TimeUnitsType.HOURS))
                    .idToken(orElse(units.idToken(), TimeUnitsType.HOURS))
                    .refreshToken(orElse(units.refreshToken(), TimeUnitsType.DAYS))
                    .build())
        .allowedOAuthFlowsUserPoolClient(
            Boolean.TRUE.equals(given.allowedOAuthFlowsUserPoolClient()))
        .enableTokenRevocation(!Boolean.FALSE.equals(given.enableTokenRevocation()))
        .enablePropagateAdditionalUserContextData(
            Boolean.TRUE.equals(given.enablePropagateAdditionalUserContextData()))
        .authSessionValidity(orElse(given.authSessionValidity(), 3))
        .build();
  }

  /** The default life of refresh tokens, as a number of the unit that was chosen. */
  private static int thirtyDays(@Nullable TimeUnitsType unit) {
    int days = 30;
    return switch (unit == null ? "days" : unit.value()) {
      case "seconds" -> days * 24 * 60 * 60;
      case "minutes" -> days * 24 * 60;
      case "hours" -> days * 24;
      default -> days;
    };
  }

  /**
   * Holds the settings against the rules, in order.
   *
   * @throws dev.gatehouse.kernel.Refusal for the first that is broken
   */
  public static void check(Pool pool, UserPoolClientType settings, Secrecy secrecy) {
    flows(settings);
    lives(settings);
    rotation(settings);
    attributes(pool, settings);
    providers(pool, settings);
    urls(settings);
    oauth(settings, secrecy);
    if (Boolean.TRUE.equals(settings.enablePropagateAdditionalUserContextData())
        && secrecy == Secrecy.PUBLIC) {
      throw Why.INVALID_SETTING.refusal(
          "EnablePropagateAdditionalUserContextData needs a client with a secret.");
    }
  }

  /** Whether a client has a secret. */
  public enum Secrecy {
    PUBLIC,
    CONFIDENTIAL
  }

  // 1. Legacy flows and ALLOW_ flows do not mix; ALLOW_CLIENT_TOKEN_AUTH stands alone
  private static void flows(UserPoolClientType settings) {
    List<ExplicitAuthFlowsType> flows = settings.explicitAuthFlows();
    if (flows == null || flows.isEmpty()) {
      return;
    }
    long allows = flows.stream().filter(flow -> flow.value().startsWith("ALLOW_")).count();
    if (allows != 0 && allows != flows.size()) {
      throw Why.INVALID_SETTING.refusal(
          "Legacy authflows cannot be combined with authflows with prefix ALLOW_.");
    }
    boolean clientToken =
        flows.stream().anyMatch(flow -> flow.value().equals("ALLOW_CLIENT_TOKEN_AUTH"));
    if (clientToken && flows.size() > 1) {
      throw Why.INVALID_SETTING.refusal(
          "ALLOW_CLIENT_TOKEN_AUTH cannot be combined with other authflows.");
    }
  }

  // 2. Token lives
  private static void lives(UserPoolClientType settings) {
    TokenValidityUnitsType units = settings.tokenValidityUnits();
    Duration refresh =
        AppClient.life(
            settings.refreshTokenValidity(),
            units == null ? null : units.refreshToken(),
            TimeUnitsType.DAYS,
            Duration.ofDays(30));
    Duration access =
        AppClient.life(
            settings.accessTokenValidity(),
            units == null ? null : units.accessToken(),
            TimeUnitsType.HOURS,
            Duration.ofHours(1));
    Duration id =
        AppClient.life(
            settings.idTokenValidity(),
            units == null ? null : units.idToken(),
            TimeUnitsType.HOURS,
            Duration.ofHours(1));
    if (outside(refresh, SHORTEST_REFRESH, LONGEST_REFRESH)
        || outside(access, SHORTEST_TOKEN, LONGEST_TOKEN)
        || outside(id, SHORTEST_TOKEN, LONGEST_TOKEN)
        || access.compareTo(refresh) > 0
        || id.compareTo(refresh) > 0) {
      throw Why.TOKEN_VALIDITY_RANGE.refusal();
    }
  }

  private static boolean outside(Duration life, Duration least, Duration most) {
    return life.compareTo(least) < 0 || life.compareTo(most) > 0;
  }

  // 3. Rotation and a listed ALLOW_REFRESH_TOKEN_AUTH exclude each other
  private static void rotation(UserPoolClientType settings) {
    boolean rotates =
        settings.refreshTokenRotation() != null
            && FeatureType.ENABLED.equals(settings.refreshTokenRotation().feature());
    boolean listed =
        settings.explicitAuthFlows() != null
            && settings.explicitAuthFlows().stream()
                .anyMatch(flow -> flow.value().equals("ALLOW_REFRESH_TOKEN_AUTH"));
    if (rotates && listed) {
      throw Why.INVALID_SETTING.refusal(
          "Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.");
    }
  }

  // 4. Listed attributes exist; required ones can be written; the verified flags cannot
  private static void attributes(Pool pool, UserPoolClientType settings) {
    known(pool, settings.readAttributes(), "read");
    List<String> writes = settings.writeAttributes();
    known(pool, writes, "write");
    if (writes == null || writes.isEmpty()) {
      return;
    }
    boolean missing = !writes.containsAll(pool.schema().required());
    boolean notWritable =
        writes.stream()
            .anyMatch(name ->
                Schema.VERIFIED_FLAGS.contains(name)
                    || name.equals("sub")
                    || name.startsWith("dev:"));
    if (missing || notWritable) {
      throw Why.WRITE_ATTRIBUTES_MISS_REQUIRED.refusal();
    }
  }

  private static void known(Pool pool, @Nullable List<String> names, String kind) {
    if (names != null && names.stream().anyMatch(name -> pool.schema().find(name).isEmpty())) {
      throw Why.INVALID_SETTING.refusal(
          "Invalid " + kind + " attributes specified while creating a client");
    }
  }

  // 5. Identity providers: COGNITO is the only one there is
  private static void providers(Pool pool, UserPoolClientType settings) {
    if (settings.supportedIdentityProviders() != null) {
      for (String provider : settings.supportedIdentityProviders()) {
        if (!provider.equals("COGNITO")) {
          throw Why.PROVIDER_UNKNOWN.refusal(provider, pool.id());
        }
      }
    }
  }

  // 6. URLs: absolute, no fragment, https but for loopback and apps' own schemes
  private static void urls(UserPoolClientType settings) {
    List<String> callbacks = orElse(settings.callbackURLs(), List.of());
    callbacks.forEach(ClientSettings::url);
    orElse(settings.logoutURLs(), List.<String>of()).forEach(ClientSettings::url);
    String standard = settings.defaultRedirectURI();
    if (standard != null && !callbacks.contains(standard)) {
      throw Why.INVALID_SETTING.refusal("DefaultRedirectURI must be one of the CallbackURLs.");
    }
  }

  private static void url(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      boolean loopback =
          "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
      boolean allowed =
          uri.isAbsolute()
              && uri.getRawFragment() == null
              && switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
                case "https" -> host != null;
                case "http" -> loopback;
                case "javascript", "data", "vbscript", "file", "blob", "about" -> false;
                default -> true;
              };
      if (allowed) {
        return;
      }
    } catch (URISyntaxException notAUrl) {
      // refused below
    }
    throw Why.INVALID_SETTING.refusal("Invalid URL: " + text);
  }

  // 7. OAuth: flows that go together, with what they need
  private static void oauth(UserPoolClientType settings, Secrecy secrecy) {
    List<OAuthFlowType> flows = orElse(settings.allowedOAuthFlows(), List.of());
    List<String> scopes = orElse(settings.allowedOAuthScopes(), List.of());
    for (String scope : scopes) {
      if (!STANDARD_SCOPES.contains(scope)) {
        throw Why.SCOPE_UNKNOWN.refusal(scope);
      }
    }
    if (scopes.stream().anyMatch(NEED_OPENID::contains) && !scopes.contains("openid")) {
      throw Why.OAUTH_FLOW_INVALID.refusal("openid is required with phone, email and profile.");
    }
    if (flows.isEmpty()) {
      return;
    }
    boolean machine = flows.contains(OAuthFlowType.CLIENT_CREDENTIALS);
    if (machine && flows.size() > 1) {
      throw Why.OAUTH_FLOW_INVALID.refusal(
          "client_credentials flow can not be selected along with code flow or implicit flow.");
    }
    if (machine && secrecy == Secrecy.PUBLIC) {
      throw Why.OAUTH_FLOW_INVALID.refusal(
          "client_credentials flow can not be selected if client does not have a client secret.");
    }
    if (machine) {
      // needs a custom scope, and resource servers, which define them, are not served
      throw Why.OAUTH_FLOW_INVALID.refusal("client_credentials flow needs a custom scope.");
    }
    if (orElse(settings.callbackURLs(), List.of()).isEmpty() || scopes.isEmpty()) {
      throw Why.OAUTH_FLOW_INVALID.refusal(
          "AllowedOAuthFlows code and implicit need CallbackURLs and AllowedOAuthScopes.");
    }
  }

  private static <T> T orElse(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
