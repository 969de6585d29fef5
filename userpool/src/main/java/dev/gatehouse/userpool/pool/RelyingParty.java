package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.UserVerificationType;
import dev.gatehouse.model.cognitoidp.WebAuthnConfigurationType;
import dev.gatehouse.model.cognitoidp.WebAuthnFactorConfigurationType;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For whom a pool's passkeys are made (userpool.md §7).
 *
 * @param id the relying party's id: a domain name, which stands for itself and those below it
 * @param factors what a passkey counts for
 */
public record RelyingParty(String id, Verification verification, Factors factors) {
  /** Whether the authenticator has to check who uses it. */
  public enum Verification {
    PREFERRED,
    REQUIRED
  }

  /** Whether a passkey is as good as two factors. */
  public enum Factors {
    SINGLE,
    MULTIPLE
  }

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  /** Empty where no id is set: a pool's domain, which would be the default, is not served. */
  static Optional<RelyingParty> of(@Nullable WebAuthnConfigurationType settings) {
    String id = settings == null ? null : settings.relyingPartyId();
    if (settings == null || id == null) {
      return Optional.empty();
    }
    Factors factors =
        WebAuthnFactorConfigurationType.MULTI_FACTOR_WITH_USER_VERIFICATION.equals(
                settings.factorConfiguration())
            ? Factors.MULTIPLE
            : Factors.SINGLE;
    boolean required =
        factors == Factors.MULTIPLE
            || UserVerificationType.REQUIRED.equals(settings.userVerification());
    return Optional.of(
        new RelyingParty(
            id.toLowerCase(Locale.ROOT),
            required ? Verification.REQUIRED : Verification.PREFERRED,
            factors));
  }

  /**
   * A name of one label is a public suffix or no public name at all, localhost excepted; a longer
   * suffix cannot be told from a domain without the public list.
   *
   * @throws dev.gatehouse.kernel.Refusal INVALID_SETTING
   */
  static void check(@Nullable WebAuthnConfigurationType settings) {
    String id = settings == null ? null : settings.relyingPartyId();
    if (id != null
        && !id.equals("localhost")
        && !DOMAIN.matcher(id.toLowerCase(Locale.ROOT)).matches()) {
      throw Why.INVALID_SETTING.refusal(
          "RelyingPartyId must be a domain name that is not a public suffix.");
    }
  }
}
