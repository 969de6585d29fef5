package dev.gatehouse.userpool.pool;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.FeatureType;
import dev.gatehouse.model.cognitoidp.PreventUserExistenceErrorTypes;
import dev.gatehouse.model.cognitoidp.RefreshTokenRotationType;
import dev.gatehouse.model.cognitoidp.TimeUnitsType;
import dev.gatehouse.model.cognitoidp.TokenValidityUnitsType;
import dev.gatehouse.model.cognitoidp.UserPoolClientType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An app client with its secrets: its stored settings, and what follows from them. Immutable;
 * cached.
 *
 * @param revision which of the row's states this is; every update moves it
 * @param secrets none for a public client, else one or two, either of which is accepted
 */
public record AppClient(
    String poolId,
    String id,
    Instant created,
    Instant modified,
    int revision,
    ClientDocument document,
    List<ClientSecret> secrets) {
  public AppClient {
    secrets = List.copyOf(secrets);
  }

  /** The client with another document, of the same revision: what an update writes. */
  public AppClient with(ClientDocument next, Instant now) {
    return new AppClient(poolId, id, created, now, revision, next, secrets);
  }

  /** One secret of a client. */
  public record ClientSecret(String id, int slot, Instant created, Secret value) {}

  /** The ways of signing in that a client may allow. */
  public enum Flow {
    SRP,
    PASSWORD,
    ADMIN_PASSWORD,
    CUSTOM,
    CHOICE,
    REFRESH
  }

  public UserPoolClientType settings() {
    return document.settings();
  }

  /** Whether the client hides which users exist; by API default it does not (LEGACY). */
  public boolean hidesUsers() {
    return PreventUserExistenceErrorTypes.ENABLED.equals(settings().preventUserExistenceErrors());
  }

  /**
   * What {@code ExplicitAuthFlows} means (userpool.md §11.1): absent allows SRP, custom and
   * refresh; a list of legacy values leaves SRP and refresh available; with ALLOW_ values only what
   * is listed works.
   */
  public Set<Flow> flows() {
    List<ExplicitAuthFlowsType> listed = settings().explicitAuthFlows();
    Set<Flow> result;
    if (listed == null || listed.isEmpty()) {
      result = new java.util.HashSet<>(Set.of(Flow.SRP, Flow.CUSTOM, Flow.REFRESH));
    } else {
      result =
          listed.stream().flatMap(flow -> flows(flow.value()).stream()).collect(Collectors.toSet());
    }
    if (rotation().isPresent()) {
      result.remove(Flow.REFRESH);
    }
    return result;
  }

  private static Set<Flow> flows(String value) {
    return switch (value) {
      case "ALLOW_USER_SRP_AUTH" -> Set.of(Flow.SRP);
      case "ALLOW_USER_PASSWORD_AUTH" -> Set.of(Flow.PASSWORD);
      case "ALLOW_ADMIN_USER_PASSWORD_AUTH" -> Set.of(Flow.ADMIN_PASSWORD);
      case "ALLOW_CUSTOM_AUTH" -> Set.of(Flow.CUSTOM);
      case "ALLOW_USER_AUTH" -> Set.of(Flow.CHOICE);
      case "ALLOW_REFRESH_TOKEN_AUTH" -> Set.of(Flow.REFRESH);
      case "ADMIN_NO_SRP_AUTH" -> Set.of(Flow.ADMIN_PASSWORD, Flow.SRP, Flow.REFRESH);
      case "USER_PASSWORD_AUTH" -> Set.of(Flow.PASSWORD, Flow.SRP, Flow.REFRESH);
      case "CUSTOM_AUTH_FLOW_ONLY" -> Set.of(Flow.CUSTOM, Flow.REFRESH);
      default -> Set.of();
    };
  }

  /** The grace period of refresh-token rotation, when rotation is on. */
  public Optional<Duration> rotation() {
    RefreshTokenRotationType rotation = settings().refreshTokenRotation();
    if (rotation == null || !FeatureType.ENABLED.equals(rotation.feature())) {
      return Optional.empty();
    }
    Integer grace = rotation.retryGracePeriodSeconds();
    return Optional.of(Duration.ofSeconds(grace == null ? 0 : grace));
  }

  /** Whether it may say where its user is ({@code EnablePropagateAdditionalUserContextData}). */
  public boolean propagatesContext() {
    return Boolean.TRUE.equals(settings().enablePropagateAdditionalUserContextData());
  }

  public boolean revocation() {
    return !Boolean.FALSE.equals(settings().enableTokenRevocation());
  }

  public Duration accessTokenLife() {
    TokenValidityUnitsType units = settings().tokenValidityUnits();
    return life(
        settings().accessTokenValidity(),
        units == null ? null : units.accessToken(),
        TimeUnitsType.HOURS,
        Duration.ofHours(1));
  }

  public Duration idTokenLife() {
    TokenValidityUnitsType units = settings().tokenValidityUnits();
    return life(
        settings().idTokenValidity(),
        units == null ? null : units.idToken(),
        TimeUnitsType.HOURS,
        Duration.ofHours(1));
  }

  public Duration refreshTokenLife() {
    TokenValidityUnitsType units = settings().tokenValidityUnits();
    return life(
        settings().refreshTokenValidity(),
        units == null ? null : units.refreshToken(),
        TimeUnitsType.DAYS,
        Duration.ofDays(30));
  }

  /** How long a sign-in may take between two rounds. */
  public Duration sessionLife() {
    Integer minutes = settings().authSessionValidity();
    return Duration.ofMinutes(minutes == null ? 3 : minutes);
  }

  /** A validity in its unit; 0 and absent mean the default. */
  static Duration life(
      @Nullable Integer amount,
      @Nullable TimeUnitsType unit,
      TimeUnitsType defaultUnit,
      Duration byDefault) {
    if (amount == null || amount == 0) {
      return byDefault;
    }
    return switch ((unit == null ? defaultUnit : unit).value()) {
      case "seconds" -> Duration.ofSeconds(amount);
      case "minutes" -> Duration.ofMinutes(amount);
      case "hours" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /**
   * Whether the client may read the attribute (userpool.md §3.4): everything when it has no list.
   */
  public boolean reads(String attribute) {
    List<String> listed = settings().readAttributes();
    return !attribute.startsWith("dev:")
        && (listed == null || listed.isEmpty() || listed.contains(attribute));
  }

  /**
   * Whether the client may write the attribute; never the two verified flags and developer
   * attributes.
   */
  public boolean writes(String attribute) {
    List<String> listed = settings().writeAttributes();
    return !attribute.startsWith("dev:")
        && !Schema.VERIFIED_FLAGS.contains(attribute)
        && !attribute.equals("sub")
        && (listed == null || listed.isEmpty() || listed.contains(attribute));
  }
}
