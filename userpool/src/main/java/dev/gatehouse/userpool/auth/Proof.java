package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.directory.MfaFactor;
import java.util.Arrays;
import java.util.List;

/** Something that a sign-in has shown. What it counts for is decided by {@link SecondFactor}. */
public enum Proof {
  PASSWORD(Kind.PASSWORD, "PASSWORD"),
  /** The password by SRP. */
  PASSWORD_SRP(Kind.PASSWORD, "PASSWORD_VERIFIER"),
  /** A temporary password was replaced. */
  NEW_PASSWORD(Kind.OTHER, "NEW_PASSWORD_REQUIRED"),
  /** The device's own secret, by SRP: it never comes first, and is no second factor by itself. */
  DEVICE(Kind.OTHER, "DEVICE_PASSWORD_VERIFIER"),
  SMS_MFA(Kind.SECOND, "SMS_MFA"),
  SOFTWARE_TOKEN_MFA(Kind.SECOND, "SOFTWARE_TOKEN_MFA"),
  EMAIL_MFA(Kind.SECOND, "EMAIL_OTP"),
  /** A code by e-mail as first factor. */
  EMAIL_OTP(Kind.FIRST_CODE, "EMAIL_OTP"),
  /** A code by SMS as first factor. */
  SMS_OTP(Kind.FIRST_CODE, "SMS_OTP"),
  /** A passkey that may be on several devices of its owner. */
  PASSKEY(Kind.PASSKEY, "WEB_AUTHN"),
  /** A passkey that never leaves its authenticator. */
  DEVICE_BOUND_PASSKEY(Kind.PASSKEY, "WEB_AUTHN"),
  /** The passkey's authenticator has checked who uses it. */
  USER_VERIFICATION(Kind.OTHER, "WEB_AUTHN"),
  /** The account was confirmed a moment ago, by the code that its sign-up sent. */
  SIGN_UP_CODE(Kind.SIGN_UP, "CONFIRM_SIGN_UP"),
  /** What the pool's functions wanted, by their word (CUSTOM_AUTH). */
  CUSTOM_AUTH(Kind.CUSTOM, "CUSTOM_CHALLENGE");

  private enum Kind {
    PASSWORD,
    SECOND,
    CUSTOM,
    FIRST_CODE,
    PASSKEY,
    SIGN_UP,
    OTHER
  }

  private final Kind kind;
  private final String challengeName;

  Proof(Kind kind, String challengeName) {
    this.kind = kind;
    this.challengeName = challengeName;
  }

  /** The challenge that it answers, as DefineAuthChallenge sees it. */
  String challengeName() {
    return challengeName;
  }

  /** Whether it is the password, so that a second factor may be asked for. */
  boolean isPassword() {
    return kind == Kind.PASSWORD;
  }

  /** Whether a second factor may be asked for after it. */
  boolean callsForSecond() {
    return kind == Kind.PASSWORD || kind == Kind.SIGN_UP;
  }

  boolean isPasskey() {
    return kind == Kind.PASSKEY;
  }

  /** Whether it is a second factor. */
  boolean isSecondFactor() {
    return kind == Kind.SECOND;
  }

  /** Whether it is a code, guesses of which are counted apart from those of passwords. */
  boolean isCode() {
    return kind == Kind.SECOND || kind == Kind.FIRST_CODE || kind == Kind.CUSTOM;
  }

  /** Those of these names; a name that this version does not know counts for nothing. */
  static List<Proof> named(List<String> names) {
    return Arrays.stream(values()).filter(proof -> names.contains(proof.name())).toList();
  }

  /** The proof that a second factor's code is. */
  static Proof of(MfaFactor factor) {
    return switch (factor) {
      case SMS_MFA -> SMS_MFA;
      case SOFTWARE_TOKEN_MFA -> SOFTWARE_TOKEN_MFA;
      case EMAIL_OTP -> EMAIL_MFA;
    };
  }
}
