package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.directory.MfaFactor;
import java.util.Arrays;
import java.util.List;

/** Something that a sign-in has shown. What it counts for is decided by {@link SecondFactor}. */
public enum Proof {
  PASSWORD(Kind.PASSWORD),
  /** The password by SRP. */
  PASSWORD_SRP(Kind.PASSWORD),
  /** A temporary password was replaced. */
  NEW_PASSWORD(Kind.OTHER),
  SMS_MFA(Kind.SECOND),
  SOFTWARE_TOKEN_MFA(Kind.SECOND),
  EMAIL_MFA(Kind.SECOND),
  /** A code by e-mail as first factor. */
  EMAIL_OTP(Kind.FIRST_CODE),
  /** A code by SMS as first factor. */
  SMS_OTP(Kind.FIRST_CODE),
  /** A passkey that may be on several devices of its owner. */
  PASSKEY(Kind.PASSKEY),
  /** A passkey that never leaves its authenticator. */
  DEVICE_BOUND_PASSKEY(Kind.PASSKEY),
  /** The passkey's authenticator has checked who uses it. */
  USER_VERIFICATION(Kind.OTHER),
  /** The account was confirmed a moment ago, by the code that its sign-up sent. */
  SIGN_UP_CODE(Kind.SIGN_UP);

  private enum Kind {
    PASSWORD,
    SECOND,
    FIRST_CODE,
    PASSKEY,
    SIGN_UP,
    OTHER
  }

  private final Kind kind;

  Proof(Kind kind) {
    this.kind = kind;
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
    return kind == Kind.SECOND || kind == Kind.FIRST_CODE;
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
