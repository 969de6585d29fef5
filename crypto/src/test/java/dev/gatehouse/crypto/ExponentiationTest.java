package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Native and table forms against {@code BigInteger.modPow}, at the borders and at random. */
class ExponentiationTest {
  private static final SrpGroup GROUP = SrpGroup.RFC_5054_3072;
  private static final BigInteger N = GROUP.n();
  private static final BigInteger TWO_256 = BigInteger.ONE.shiftLeft(256);

  static Stream<ModExp> exponentiations() {
    return Stream.concat(
        Stream.of(new BigIntegerModExp(GROUP)),
        NativeForms.openSsl().stream().map(OpenSslModExp::new));
  }

  static Stream<GeneratorPower> generators() {
    ModExp plain = new BigIntegerModExp(GROUP);
    return Stream.concat(
        Stream.of(
            new PlainGeneratorPower(GROUP, plain),
            TableGeneratorPower.pureJava(GROUP, plain),
            warm(TableGeneratorPower.pureJava(GROUP, plain))),
        NativeForms.openSsl().stream()
            .flatMap(openSsl ->
                Stream.of(
                    TableGeneratorPower.openSsl(openSsl, new OpenSslModExp(openSsl)),
                    warm(TableGeneratorPower.openSsl(openSsl, new OpenSslModExp(openSsl))))));
  }

  /** With its table; those without must give the same. */
  private static GeneratorPower warm(GeneratorPower generator) {
    generator.warmUp();
    return generator;
  }

  private static OpenSslGroup openSsl() {
    Optional<OpenSslGroup> there = NativeForms.openSsl();
    assumeTrue(there.isPresent(), "OpenSSL");
    return there.orElseThrow();
  }

  private static List<BigInteger> exponents() {
    Random random = new Random(20261124);
    List<BigInteger> exponents =
        new ArrayList<>(
            List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO,
                BigInteger.valueOf(15),
                BigInteger.valueOf(16),
                BigInteger.valueOf(255),
                BigInteger.ONE.shiftLeft(255),
                TWO_256.subtract(BigInteger.ONE),
                TWO_256,
                TWO_256.add(BigInteger.ONE),
                new BigInteger(512, random)));
    for (int i = 0; i < 30; i++) {
      exponents.add(new BigInteger(1 + random.nextInt(256), random));
    }
    return exponents;
  }

  @ParameterizedTest
  @MethodSource("generators")
  void powersOfTheGenerator(GeneratorPower generator) {
    for (BigInteger exponent : exponents()) {
      assertThat(generator.power(exponent))
          .as("2^%s", exponent)
          .isEqualTo(BigInteger.TWO.modPow(exponent, N));
    }
  }

  @ParameterizedTest
  @MethodSource("exponentiations")
  void powersOfAnything(ModExp modExp) {
    Random random = new Random(5);
    List<BigInteger> bases =
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.TWO,
            N.subtract(BigInteger.ONE),
            new BigInteger(64, random),
            new BigInteger(3071, random),
            new BigInteger(3070, random));
    for (BigInteger exponent : exponents()) {
      for (BigInteger base : bases) {
        assertThat(modExp.power(base, exponent)).isEqualTo(base.modPow(exponent, N));
      }
    }
  }

  @Test
  void aNumberThatDoesNotFitIsRefusedAndLeavesNothingBehind() {
    ModExp modExp = new OpenSslModExp(openSsl());
    assertThatThrownBy(() -> modExp.power(N.shiftLeft(9), BigInteger.ONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> modExp.power(BigInteger.TWO, BigInteger.ONE.negate()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(modExp.power(BigInteger.TWO, BigInteger.TEN)).isEqualTo(1024);
  }

  @Test
  void manyThreadsDoNotDisturbEachOther() throws Exception {
    OpenSslGroup openSsl = openSsl();
    ModExp modExp = new OpenSslModExp(openSsl);
    GeneratorPower generator = TableGeneratorPower.openSsl(openSsl, modExp);
    generator.warmUp();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        BigInteger exponent = new BigInteger(256, new Random(i));
        answers.add(
            threads.submit(
                () -> generator.power(exponent).equals(modExp.power(BigInteger.TWO, exponent))));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
    assertThat(generator.power(BigInteger.TEN)).isEqualTo(1024);
  }

  @Test
  void everyDigitSelectsItsOwnEntry() {
    Montgomery montgomery = new Montgomery(N, GROUP.words());
    GeneratorTable table = new GeneratorTable(GROUP, montgomery);
    long[] entry = new long[table.words()];
    for (int place : List.of(0, 1, GeneratorTable.PLACES - 1)) {
      for (int digit = 0; digit < GeneratorTable.DIGITS; digit++) {
        table.select(place, digit, entry);
        BigIntegerProduct alone = new BigIntegerProduct(montgomery);
        alone.begin(entry);
        assertThat(alone.end())
            .isEqualTo(
                BigInteger.TWO.modPow(
                    BigInteger.valueOf(digit).shiftLeft(place * GeneratorTable.DIGIT_BITS), N));
      }
    }
    assertThat(GeneratorTable.digits(new BigInteger("fe01", 16)))
        .startsWith(1, 16, 31, 1, 0)
        .hasSize(52);
  }
}
