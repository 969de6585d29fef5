package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.IssuerConfigurationType;
import dev.gatehouse.model.cognitoidp.IssuerType;

/**
 * The issuer of a pool's tokens (tokens.md §1, new-2026.md §8).
 *
 * @param publicUrl the installation's address, without a slash at its end
 * @param form of pools that have no IssuerConfiguration of their own
 */
public record Issuers(String publicUrl, Form form) {
  /** Forms of an issuer. */
  public enum Form {
    /** {@code {publicUrl}/{poolId}}. */
    OWN,
    /** {@code https://cognito-idp.{region}.amazonaws.com/{poolId}}. */
    ORIGINAL,
    /** {@code https://issuer-cognito-idp.{region}.amazonaws.com/{poolId}}. */
    UPDATED
  }

  public String of(Pool pool) {
    return switch (formOf(pool)) {
      case OWN -> publicUrl + "/" + pool.id();
      case ORIGINAL -> "https://cognito-idp." + pool.region() + ".amazonaws.com/" + pool.id();
      case UPDATED -> "https://issuer-cognito-idp." + pool.region() + ".amazonaws.com/" + pool.id();
    };
  }

  private Form formOf(Pool pool) {
    IssuerConfigurationType configuration = pool.settings().issuerConfiguration();
    if (configuration == null || configuration.type() == null) {
      return form;
    }
    return IssuerType.UPDATED.equals(configuration.type()) ? Form.UPDATED : Form.ORIGINAL;
  }
}
