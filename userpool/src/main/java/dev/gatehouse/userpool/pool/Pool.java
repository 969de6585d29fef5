package dev.gatehouse.userpool.pool;

import dev.gatehouse.kernel.Region;
import dev.gatehouse.model.cognitoidp.AdminCreateUserConfigType;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.model.cognitoidp.PasswordPolicyType;
import dev.gatehouse.model.cognitoidp.SchemaAttributeType;
import dev.gatehouse.model.cognitoidp.UserPoolPolicyType;
import dev.gatehouse.model.cognitoidp.UserPoolType;
import dev.gatehouse.model.cognitoidp.UsernameConfigurationType;
import dev.gatehouse.userpool.directory.Names;
import dev.gatehouse.userpool.directory.PasswordRules;
import dev.gatehouse.userpool.directory.PasswordRules.Demand;
import dev.gatehouse.userpool.directory.UserSearch.UsernameForm;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A user pool: its stored settings, and what follows from them, worked out once. Immutable; cached.
 */
public final class Pool {
  private final String id;
  private final Instant created;
  private final Instant modified;
  private final int revision;
  private final PoolDocument document;
  private final Schema schema;
  private final PasswordRules passwordRules;
  private final MfaPolicy mfa;
  private final DevicePolicy devices;
  private final Optional<RelyingParty> relyingParty;
  private final LevelNames levels;

  /**
   * @param revision which of the row's states this is; every update moves it
   */
  public Pool(String id, Instant created, Instant modified, int revision, PoolDocument document) {
    this.id = id;
    this.created = created;
    this.modified = modified;
    this.revision = revision;
    this.document = document;
    List<SchemaAttributeType> attributes = document.settings().schemaAttributes();
    this.schema =
        new Schema(
            (attributes == null ? List.<SchemaAttributeType>of() : attributes)
                .stream().map(Schemas::read).toList());
    this.passwordRules = passwordRules(document.settings().policies());
    this.mfa = MfaPolicy.of(document);
    this.devices = DevicePolicy.of(document.settings().deviceConfiguration());
    this.relyingParty = RelyingParty.of(document.webAuthn());
    this.levels = LevelNames.of(document.settings().acrConfiguration());
  }

  public String id() {
    return id;
  }

  public String region() {
    return Region.ofPool(id);
  }

  /** The part of the id after {@code _}: what SRP calls the pool name. */
  public String shortName() {
    return id.substring(id.indexOf('_') + 1);
  }

  public Instant created() {
    return created;
  }

  public Instant modified() {
    return modified;
  }

  public int revision() {
    return revision;
  }

  public PoolDocument document() {
    return document;
  }

  /** The pool with another document, of the same revision: what an update writes. */
  public Pool with(PoolDocument next, Instant now) {
    return new Pool(id, created, now, revision, next);
  }

  public UserPoolType settings() {
    return document.settings();
  }

  /** Whether sessions are tracked, and how many a user may have. */
  public SessionTracking tracking() {
    return document.sessions() == null ? SessionTracking.DEFAULT : document.sessions();
  }

  public Schema schema() {
    return schema;
  }

  public PasswordRules passwordRules() {
    return passwordRules;
  }

  public MfaPolicy mfa() {
    return mfa;
  }

  public DevicePolicy devices() {
    return devices;
  }

  /** What the pool calls the levels of authentication. */
  public LevelNames levels() {
    return levels;
  }

  /** For whom passkeys are made; empty where the pool names nobody. */
  public Optional<RelyingParty> relyingParty() {
    return relyingParty;
  }

  /**
   * How names of this pool are compared; by API default they are case-sensitive (userpool.md §1).
   */
  public Names names() {
    UsernameConfigurationType configuration = settings().usernameConfiguration();
    return configuration == null || Boolean.TRUE.equals(configuration.caseSensitive())
        ? Names.CASE_SENSITIVE
        : Names.CASE_INSENSITIVE;
  }

  /** {@code email} and/or {@code phone_number} when they are the username; empty otherwise. */
  public Set<String> usernameAttributes() {
    return values(settings().usernameAttributes(), value -> value.value());
  }

  /** The attributes that users may sign in with beside their username, once verified. */
  public Set<String> aliasAttributes() {
    return values(settings().aliasAttributes(), value -> value.value());
  }

  /** Attributes whose values are sign-in names: aliases or username attributes. */
  public Set<String> signInAttributes() {
    Set<String> result = new LinkedHashSet<>(usernameAttributes());
    result.addAll(aliasAttributes());
    return result;
  }

  /** Whether only administrators create users. */
  public boolean adminCreateUserOnly() {
    AdminCreateUserConfigType configuration = settings().adminCreateUserConfig();
    return configuration != null && Boolean.TRUE.equals(configuration.allowAdminCreateUserOnly());
  }

  /** Whether what users do is recorded: in pools with threat protection (userpool.md §18). */
  public boolean recordsEvents() {
    return PoolSettings.threatProtection(settings().userPoolAddOns());
  }

  /** {@code AllowedFirstAuthFactors}; PASSWORD alone where the pool does not say. */
  public List<AuthFactorType> firstFactors() {
    return PoolChecks.factors(settings());
  }

  /** Whether users may sign in without a password: a one-time code or a passkey is enough. */
  public boolean passwordless() {
    return firstFactors().stream().anyMatch(factor -> !AuthFactorType.PASSWORD.equals(factor));
  }

  public Set<String> autoVerifiedAttributes() {
    return values(settings().autoVerifiedAttributes(), value -> value.value());
  }

  public UsernameForm usernameForm() {
    return usernameAttributes().isEmpty() ? UsernameForm.GIVEN : UsernameForm.SUB;
  }

  private static <T> Set<String> values(
      @Nullable List<T> list, java.util.function.Function<T, String> text) {
    return list == null
        ? Set.of()
        : list.stream().map(text).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static PasswordRules passwordRules(@Nullable UserPoolPolicyType policies) {
    PasswordPolicyType policy = policies == null ? null : policies.passwordPolicy();
    if (policy == null) {
      return new PasswordRules(
          8, Demand.REQUIRED, Demand.REQUIRED, Demand.REQUIRED, Demand.REQUIRED, 0, 7);
    }
    Integer history = policy.passwordHistorySize();
    Integer days = policy.temporaryPasswordValidityDays();
    Integer minimum = policy.minimumLength();
    return new PasswordRules(
        minimum == null ? 8 : minimum,
        demand(policy.requireUppercase()),
        demand(policy.requireLowercase()),
        demand(policy.requireNumbers()),
        demand(policy.requireSymbols()),
        history == null ? 0 : history,
        days == null || days == 0 ? 7 : days);
  }

  private static Demand demand(@Nullable Boolean required) {
    return Demand.of(Boolean.TRUE.equals(required));
  }
}
