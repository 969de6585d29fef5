package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.directory.MfaFactor;
import dev.gatehouse.userpool.token.Assurance;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The four levels of authentication: 1 a password, 2 one single code, 3 a passkey or a password
 * with a code, 4 a password with a software token (new-2026.md §2.1).
 */
final class Levels {
  private Levels() {}

  /** What a sign-in that has shown this is worth. */
  static int of(Collection<Proof> proofs) {
    boolean password = proofs.stream().anyMatch(Proof::isPassword);
    if (password && proofs.contains(Proof.SOFTWARE_TOKEN_MFA)) {
      return 4;
    }
    boolean second = proofs.stream().anyMatch(Proof::isSecondFactor);
    boolean code = proofs.contains(Proof.EMAIL_OTP) || proofs.contains(Proof.SMS_OTP);
    boolean signUp = proofs.contains(Proof.SIGN_UP_CODE);
    boolean passkey = proofs.stream().anyMatch(Proof::isPasskey);
    if (passkey || (password && (second || code)) || (signUp && second)) {
      return 3;
    }
    return code || signUp ? 2 : 1;
  }

  /** The level with one more proof. */
  static int with(List<Proof> proofs, Proof more) {
    List<Proof> all = new ArrayList<>(proofs);
    all.add(more);
    return of(all);
  }

  /** The highest level that a password brings where these second factors can follow it. */
  static int withPassword(List<Proof> proofs, List<MfaFactor> seconds) {
    List<Proof> all = new ArrayList<>(proofs);
    all.add(Proof.PASSWORD);
    return Math.max(
        of(all),
        seconds.stream()
            .map(factor -> with(all, Proof.of(factor)))
            .max(Comparator.naturalOrder())
            .orElse(0));
  }

  /** What the tokens tell of it: {@code acr} and {@code amr}, and what a step-up goes on from. */
  static Assurance assurance(List<Proof> proofs) {
    Set<String> methods = new LinkedHashSet<>();
    for (Proof proof : proofs) {
      methods.addAll(methods(proof));
    }
    boolean password = proofs.stream().anyMatch(Proof::isPassword);
    boolean second = proofs.stream().anyMatch(Proof::isCode);
    if ((password && second) || proofs.contains(Proof.USER_VERIFICATION)) {
      methods.add("mfa");
    }
    return new Assurance(
        of(proofs), List.copyOf(methods), proofs.stream().distinct().map(Proof::name).toList());
  }

  /** In the words of RFC 8176 §2. */
  private static List<String> methods(Proof proof) {
    return switch (proof) {
      case PASSWORD, PASSWORD_SRP -> List.of("pwd");
      case SMS_MFA, SMS_OTP -> List.of("otp", "sms");
      case SOFTWARE_TOKEN_MFA, EMAIL_MFA, EMAIL_OTP, SIGN_UP_CODE -> List.of("otp");
      case PASSKEY -> List.of("swk", "user");
      case DEVICE_BOUND_PASSKEY -> List.of("hwk", "user");
      default -> List.of();
    };
  }
}
