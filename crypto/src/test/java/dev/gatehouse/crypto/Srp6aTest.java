package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Secret;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Srp6aTest {
  private static final BigInteger N = SrpGroup.RFC_5054_3072.n();
  private static final SrpIdentity JANE = new SrpIdentity("EXAMPLEab", "janedoe");
  private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  private static final String BLOCK = "AP8H";
  private static final String TIMESTAMP = "Tue May 7 00:09:40 UTC 2024";

  private final WorkTally tally = new WorkTally();
  private final Primitives primitives = Primitives.pureJava();
  private final Srp6a srp =
      new Srp6a(primitives.modExp(), primitives.generator(), new SecureRandom(), tally);

  @Test
  void readsAnOddNumberOfDigitsAndLeadingZeros() {
    assertThat(Srp6a.parseA("abc")).contains(BigInteger.valueOf(0xabc));
    assertThat(Srp6a.parseA("00ABC")).contains(BigInteger.valueOf(0xabc));
    assertThat(Srp6a.parseA(N.subtract(BigInteger.ONE).toString(16)))
        .contains(N.subtract(BigInteger.ONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0000", "-1", "+1", "0x12", "12 ", "g", "١", "1\n"})
  void refusesWhatIsNotAPositiveHexadecimalNumber(String srpA) {
    assertThat(Srp6a.parseA(srpA)).isEmpty();
  }

  @Test
  void refusesMultiplesOfNAndWhateverIsNotBelowN() {
    assertThat(Srp6a.parseA(N.toString(16))).isEmpty();
    assertThat(Srp6a.parseA(N.add(BigInteger.ONE).toString(16))).isEmpty();
    assertThat(Srp6a.parseA(N.shiftLeft(1).toString(16))).isEmpty();
    assertThat(Srp6a.parseA("1".repeat(1025))).isEmpty();
    assertThat(Srp6a.parseA("0".repeat(100_000) + "1")).isEmpty();
  }

  @Test
  void aRightPasswordIsProvenAndASecondRoundCanBeRestoredFromItsBytes() {
    SrpVerifier verifier = srp.verifier(JANE, SALT, Secret.of("päss wörd ☃"));
    ServerEphemeral first = srp.newEphemeral(verifier);
    SrpClient client = SrpClient.random(new SecureRandom());
    ServerEphemeral restored = ServerEphemeral.of(first.b(), first.publicBytes());
    assertThat(verify(client, restored, verifier, JANE, "päss wörd ☃")).isTrue();
  }

  @Test
  void anythingElseIsNot() {
    SrpVerifier verifier = srp.verifier(JANE, SALT, Secret.of("right"));
    ServerEphemeral ephemeral = srp.newEphemeral(verifier);
    SrpClient client = SrpClient.random(new SecureRandom());
    assertThat(verify(client, ephemeral, verifier, JANE, "wrong")).isFalse();
    assertThat(verify(client, ephemeral, verifier, new SrpIdentity("EXAMPLEab", "jane"), "right"))
        .isFalse();
    assertThat(verify(client, srp.newEphemeral(verifier), verifier, JANE, "right", ephemeral))
        .isFalse();
    String right = signature(client, ephemeral, JANE, "right");
    BigInteger a = Srp6a.parseA(client.hexA()).orElseThrow();
    assertThat(srp.verify(a, ephemeral, verifier, claim(BLOCK, TIMESTAMP, right))).isTrue();
    assertThat(srp.verify(a, ephemeral, verifier, claim("AP8G", TIMESTAMP, right))).isFalse();
    assertThat(srp.verify(a, ephemeral, verifier, claim(BLOCK, TIMESTAMP + " ", right))).isFalse();
    assertThat(srp.verify(a, ephemeral, verifier, claim(BLOCK, TIMESTAMP, ""))).isFalse();
    assertThat(srp.verify(a, ephemeral, verifier, claim(BLOCK, TIMESTAMP, right + "="))).isFalse();
  }

  @Test
  void leadingZerosOfASaltDoNotCountBecauseClientsReadItAsANumber() {
    byte[] salt = SALT.clone();
    salt[0] = 0;
    salt[1] = 0;
    SrpVerifier verifier = srp.verifier(JANE, salt, Secret.of("pw"));
    ServerEphemeral ephemeral = srp.newEphemeral(verifier);
    SrpClient client = SrpClient.random(new SecureRandom());
    String signature =
        client.signature(
            JANE,
            Secret.of("pw"),
            new SrpClient.Challenge(Srp6a.saltHex(salt), ephemeral.hex(), BLOCK),
            TIMESTAMP);
    BigInteger a = Srp6a.parseA(client.hexA()).orElseThrow();
    assertThat(srp.verify(a, ephemeral, verifier, claim(BLOCK, TIMESTAMP, signature))).isTrue();
  }

  @Test
  void aDecoyCostsWhatAUserCostsAndNeverSucceeds() {
    SrpVerifier known = srp.verifier(JANE, SALT, Secret.of("pw"));
    SrpVerifier decoy = SrpVerifier.decoy("sixteen bytes ok".getBytes(StandardCharsets.UTF_8));
    WorkTally.Reading begin = tally.read();
    ServerEphemeral ofKnown = srp.newEphemeral(known);
    verify(SrpClient.random(new SecureRandom()), ofKnown, known, JANE, "wrong");
    WorkTally.Reading between = tally.read();
    ServerEphemeral ofDecoy = srp.newEphemeral(decoy);
    assertThat(verify(SrpClient.random(new SecureRandom()), ofDecoy, decoy, JANE, "pw")).isFalse();
    assertThat(tally.read().since(between)).isEqualTo(between.since(begin));
    assertThat(between.since(begin).of(Work.EXPONENTIATION)).isEqualTo(2);
    assertThat(between.since(begin).of(Work.GENERATOR_POWER)).isEqualTo(1);
    assertThat(SrpVerifier.decoy("sixteen bytes ok".getBytes(StandardCharsets.UTF_8)).bytes())
        .matches(decoy.bytes()::matches);
    assertThat(SrpVerifier.decoy("another 16 bytes".getBytes(StandardCharsets.UTF_8)).bytes())
        .matches(other -> !decoy.bytes().matches(other));
  }

  @Test
  void aVerifierOutsideTheGroupIsRefused() {
    assertThatThrownBy(() -> SrpVerifier.of(Secret.of(new byte[0])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SrpVerifier.of(Secret.of(new byte[] {0, 0})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SrpVerifier.of(Secret.of(N.toByteArray())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBlockThatIsNotBase64IsABrokenPrecondition() {
    assertThatThrownBy(() -> claim("*", TIMESTAMP, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingSecretIsPrinted() {
    SrpVerifier verifier = srp.verifier(JANE, SALT, Secret.of("pw"));
    assertThat(verifier).hasToString("[srp verifier]");
    assertThat(srp.newEphemeral(verifier).toString()).contains("b=[secret]");
  }

  private boolean verify(
      SrpClient client,
      ServerEphemeral server,
      SrpVerifier verifier,
      SrpIdentity identity,
      String password) {
    return verify(client, server, verifier, identity, password, server);
  }

  /** {@code shown} is the ephemeral whose B the client saw. */
  private boolean verify(
      SrpClient client,
      ServerEphemeral server,
      SrpVerifier verifier,
      SrpIdentity identity,
      String password,
      ServerEphemeral shown) {
    return srp.verify(
        Srp6a.parseA(client.hexA()).orElseThrow(),
        server,
        verifier,
        claim(BLOCK, TIMESTAMP, signature(client, shown, identity, password)));
  }

  private static String signature(
      SrpClient client, ServerEphemeral shown, SrpIdentity identity, String password) {
    return client.signature(
        identity,
        Secret.of(password),
        new SrpClient.Challenge(Srp6a.saltHex(SALT), shown.hex(), BLOCK),
        TIMESTAMP);
  }

  private static Srp6a.PasswordClaim claim(String block, String timestamp, String signature) {
    return new Srp6a.PasswordClaim(JANE, block, timestamp, signature);
  }
}
