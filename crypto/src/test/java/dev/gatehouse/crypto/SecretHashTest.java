package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Shows;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecretHashTest {
  private static final Secret SECRET = Secret.of("topsecret");
  private static final String HASH = "q3KepzbE678agZiVmdQhxGC0Xm3H+glp2DNh1lkXeHg=";

  @Shows(id = "auth-01", says = "SECRET_HASH is computed as Cognito's clients compute it")
  @Test
  void vector() {
    assertThat(SecretHash.of(SECRET, "janedoe", "1example23456789")).isEqualTo(HASH);
  }

  @Test
  void eitherOfTwoSecretsVerifies() {
    Secret other = Secret.of("another");
    assertThat(matches(List.of(SECRET, other), "janedoe", HASH)).isTrue();
    assertThat(matches(List.of(other, SECRET), "janedoe", HASH)).isTrue();
  }

  @Test
  void nothingElseDoes() {
    assertThat(matches(List.of(Secret.of("another")), "janedoe", HASH)).isFalse();
    assertThat(matches(List.of(SECRET), "Janedoe", HASH)).isFalse();
    assertThat(matches(List.of(SECRET), "janedoe", HASH.substring(1))).isFalse();
    assertThat(matches(List.of(SECRET), "janedoe", "")).isFalse();
    assertThat(matches(List.of(), "janedoe", HASH)).isFalse();
  }

  private static boolean matches(List<Secret> secrets, String username, String presented) {
    return SecretHash.matches(secrets, username, "1example23456789", presented);
  }
}
