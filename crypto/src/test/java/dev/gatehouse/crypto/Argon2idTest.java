package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference implementation's Argon2id vectors (phc-winner-argon2, src/test.c, version 0x13).
 */
class Argon2idTest {
  static Stream<Argon2id> implementations() {
    return NativeForms.argon2ids().stream();
  }

  /** libsodium takes 16 bytes of salt only; the vectors have 8, which tests its way out. */
  @ParameterizedTest
  @MethodSource("implementations")
  void saltsOfSixteenBytesAsOurHashesHaveThem(Argon2id argon2id) {
    byte[] tag =
        argon2id.derive(
            "P@ssw0rd-1".getBytes(UTF_8),
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f"),
            Argon2Parameters.DEFAULT,
            32);
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("dc8aa3453fa2b4f81301af622832e88c008d2d41616e4a77f6d87d7a1bbb7f55");
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void allImplementationsVerifyEachOthersHashes(Argon2id argon2id) {
    PasswordHasher one = hasher(argon2id);
    implementations()
        .map(Argon2idTest::hasher)
        .forEach(other -> {
          for (Secret password :
              List.of(Secret.of(""), Secret.of("pässwörd ☃"), Secret.of("x".repeat(1000)))) {
            String phc = one.hash(password);
            assertThat(other.verify(password, phc)).isTrue();
            assertThat(other.verify(Secret.of("wrong"), phc)).isFalse();
          }
        });
  }

  private static PasswordHasher hasher(Argon2id argon2id) {
    return new Argon2PasswordHasher(
        argon2id, new Argon2Parameters(64, 3, 1), new SecureRandom(), WorkCounter.none());
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void referenceVectors(Argon2id argon2id) {
    check(
        argon2id,
        2,
        65536,
        "password",
        "somesalt",
        "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    check(
        argon2id,
        2,
        256,
        "password",
        "somesalt",
        "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    check(
        argon2id,
        1,
        65536,
        "password",
        "somesalt",
        "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98");
    check(
        argon2id,
        4,
        65536,
        "password",
        "somesalt",
        "9025d48e68ef7395cca9079da4c4ec3affb3c8911fe4f86d1a2520856f63172c");
    check(
        argon2id,
        2,
        65536,
        "differentpassword",
        "somesalt",
        "0b84d652cf6b0c4beaef0dfe278ba6a80df6696281d7e0d2891b817d8c458fde");
    check(
        argon2id,
        2,
        65536,
        "password",
        "diffsalt",
        "bdf32b05ccc42eb15d58fd19b1f856b113da1e9a5874fdcc544308565aa8141c");
  }

  @ParameterizedTest
  @MethodSource("implementations")
  void twoLanes(Argon2id argon2id) {
    byte[] tag =
        argon2id.derive(
            "password".getBytes(UTF_8),
            "somesalt".getBytes(UTF_8),
            new Argon2Parameters(256, 2, 2),
            32);
    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo("6d093c501fd5999645e0ea3bf620d7b8be7fd2db59c20d9fff9539da2bf57037");
  }

  @Test
  void parametersHaveBounds() {
    assertThat(Argon2Parameters.DEFAULT).isEqualTo(new Argon2Parameters(19456, 2, 1));
    assertThatThrownBy(() -> new Argon2Parameters(7, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2Parameters(2_000_000, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2Parameters(8, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2Parameters(8, 65, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2Parameters(8, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Argon2Parameters(800, 1, 17))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void check(
      Argon2id argon2id, int t, int memoryKib, String password, String salt, String expected) {
    byte[] tag =
        argon2id.derive(
            password.getBytes(UTF_8),
            salt.getBytes(UTF_8),
            new Argon2Parameters(memoryKib, t, 1),
            32);
    assertThat(HexFormat.of().formatHex(tag)).isEqualTo(expected);
  }
}
