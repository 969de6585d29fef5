package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Secret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2PasswordHasherTest {
  private static final Argon2Parameters SMALL = new Argon2Parameters(64, 2, 1);
  private final WorkTally tally = new WorkTally();
  private final PasswordHasher hasher =
      new Argon2PasswordHasher(Primitives.choose().argon2id(), SMALL, new SecureRandom(), tally);

  @Test
  void theDefaultFormIsThePhcString() {
    PasswordHasher standard =
        new Argon2PasswordHasher(
            Primitives.choose().argon2id(),
            Argon2Parameters.DEFAULT,
            new SecureRandom(),
            WorkCounter.none());
    String phc = standard.hash(Secret.of("P@ssw0rd-1"));
    assertThat(phc)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(standard.verify(Secret.of("P@ssw0rd-1"), phc)).isTrue();
    assertThat(standard.verify(Secret.of("P@ssw0rd-2"), phc)).isFalse();
    assertThat(standard.needsRehash(phc)).isFalse();
    assertThat(hasher.needsRehash(phc)).isTrue();
  }

  @Test
  void verifiesTheReferenceProgramsString() {
    String phc =
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ" + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
    assertThat(hasher.verify(Secret.of("password"), phc)).isTrue();
    assertThat(hasher.verify(Secret.of("Password"), phc)).isFalse();
    assertThat(hasher.needsRehash(phc)).isTrue();
  }

  @Test
  void twoHashesOfOnePasswordDiffer() {
    Secret password = Secret.of("päss ☃ wörd");
    String first = hasher.hash(password);
    assertThat(hasher.hash(password)).isNotEqualTo(first);
    assertThat(hasher.verify(password, first)).isTrue();
    assertThat(hasher.verify(Secret.of(""), first)).isFalse();
  }

  @Test
  void everyHashIsCountedAndWarmingUpIsNot() {
    hasher.warmUp();
    String phc = hasher.hash(Secret.of("a"));
    hasher.verify(Secret.of("b"), phc);
    hasher.needsRehash(phc);
    assertThat(tally.read().of(Work.PASSWORD_HASH)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "P@ssw0rd-1",
        "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$",
        "$argon2id$v=19$m=256,t=2,p=1$$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=999,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=4,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=0256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4$",
        "$2a$13$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"
      })
  void refusesUnknownAndCostlyStrings(String phc) {
    assertThatThrownBy(() -> hasher.verify(Secret.of("password"), phc))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a password hash of a known form and cost");
    assertThat(tally.read().of(Work.PASSWORD_HASH)).isZero();
  }
}
