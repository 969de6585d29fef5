package dev.gatehouse.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "UserPoolId, userPoolId, userPoolId, USER_POOL_ID",
    "SMSMfaSettings, smsMfaSettings, sMSMfaSettings, SMS_MFA_SETTINGS",
    "MFAOptions, mfaOptions, mFAOptions, MFA_OPTIONS",
    "CallbackURLs, callbackURLs, callbackURLs, CALLBACK_UR_LS",
    "CSS, css, cSS, CSS",
    "message, message, message, MESSAGE",
    "Default, default_, default, DEFAULT",
    "WebAuthn, webAuthn, webAuthn, WEB_AUTHN",
    "us-east-1, us-east-1, us-east-1, US_EAST_1",
    "1st, 1st, 1st, _1ST",
  })
  void areDerivedFromTheModels(String name, String component, String path, String constant) {
    assertThat(Names.component(name)).isEqualTo(component);
    assertThat(Names.path(name)).isEqualTo(path);
    assertThat(Names.constant(name)).isEqualTo(constant);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"a\"b|\"a\\\"b\"", "\\w|\"\\\\w\"", "\u00e9|\"\\u00e9\""})
  void quoteAsJavaDoes(String text, String quoted) {
    assertThat(Names.quote(text)).isEqualTo(quoted);
  }
}
