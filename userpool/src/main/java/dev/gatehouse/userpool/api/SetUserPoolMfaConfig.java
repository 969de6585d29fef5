package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.SetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.SetUserPoolMfaConfigResponse;
import dev.gatehouse.model.cognitoidp.SmsConfigurationType;
import dev.gatehouse.model.cognitoidp.SmsMfaConfigType;
import dev.gatehouse.userpool.pool.MfaSettings;
import dev.gatehouse.userpool.pool.PoolChecks;
import dev.gatehouse.userpool.pool.PoolDocument;
import dev.gatehouse.userpool.pool.PoolWriting;

/** Replaces a pool's MFA settings (userpool.md §7). */
public final class SetUserPoolMfaConfig
    implements Operation<SetUserPoolMfaConfigRequest, SetUserPoolMfaConfigResponse> {
  private final PoolWriting writing;
  private final PoolChecks checks;

  public SetUserPoolMfaConfig(PoolWriting writing, PoolChecks checks) {
    this.writing = writing;
    this.checks = checks;
  }

  @Override
  public SetUserPoolMfaConfigResponse handle(
      SetUserPoolMfaConfigRequest request, RequestContext context) {
    return settings(
        writing
            .change(
                request.userPoolId(),
                context,
                pool -> {
                  PoolDocument next = MfaSettings.set(pool, request);
                  checks.check(next);
                  return next;
                })
            .document());
  }

  /** The pool's MFA settings as both operations answer them. */
  static SetUserPoolMfaConfigResponse settings(PoolDocument document) {
    SmsConfigurationType sms = document.settings().smsConfiguration();
    String message = document.settings().smsAuthenticationMessage();
    return SetUserPoolMfaConfigResponse.builder()
        .mfaConfiguration(document.settings().mfaConfiguration())
        .smsMfaConfiguration(
            Boolean.FALSE.equals(document.smsMfa()) || (sms == null && message == null)
                ? null
                : SmsMfaConfigType.builder()
                    .smsConfiguration(sms)
                    .smsAuthenticationMessage(message)
                    .build())
        .softwareTokenMfaConfiguration(document.softwareTokenMfa())
        .emailMfaConfiguration(document.emailMfa())
        .webAuthnConfiguration(document.webAuthn())
        .build();
  }
}
