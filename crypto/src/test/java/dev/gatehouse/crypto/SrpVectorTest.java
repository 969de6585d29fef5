package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.testkit.Shows;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of auth.md §4 and §11, step by step. */
class SrpVectorTest {
  private static final BigInteger A = hex("00112233445566778899aabbccddeeff".repeat(4));
  private static final Secret B =
      Secret.of(HexFormat.of().parseHex("ffeeddccbbaa99887766554433221100".repeat(4)));
  private static final String BLOCK = "c2VjcmV0LWJsb2NrLWJ5dGVz";
  private static final String TIMESTAMP = "Tue May 7 00:09:40 UTC 2024";

  private static final SrpIdentity USER = SrpIdentity.ofUser("eu-west-1_EXAMPLEab", "janedoe");
  private static final Secret PASSWORD = Secret.of("P@ssw0rd-1");
  private static final byte[] SALT = HexFormat.of().parseHex("f1a2b3c4d5e6f708192a3b4c5d6e7f80");

  private static final SrpIdentity DEVICE =
      SrpIdentity.ofDevice("-aB3dEf9Z", "eu-west-1_0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9");
  private static final Secret DEVICE_PASSWORD = Secret.of("dEvicePwBase64==");
  private static final byte[] DEVICE_SALT =
      HexFormat.of().parseHex("8f0e1d2c3b4a59687766554433221100");

  static Stream<Primitives> primitives() {
    return Stream.of(Primitives.pureJava(), Primitives.choose()).peek(Primitives::warmUp);
  }

  private static Srp6a srp(Primitives primitives) {
    return new Srp6a(
        primitives.modExp(), primitives.generator(), new SecureRandom(), WorkCounter.none());
  }

  @Test
  void theGroupIsThatOfRfc5054() throws Exception {
    byte[] n = SrpGroup.RFC_5054_3072.n().toByteArray();
    assertThat(n).hasSize(385).startsWith(0);
    assertThat(sha256(Arrays.copyOfRange(n, 1, 385)))
        .isEqualTo("48cf8b092fbce4359d9871abf74f98e25b6163379eaa15cd9087e800c6d1c55c");
    assertThat(Srp6a.K.toString(16))
        .isEqualTo("538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6");
  }

  @Shows(id = "auth-01", says = "the SRP vector of a user holds byte for byte, step by step")
  @ParameterizedTest
  @MethodSource("primitives")
  void userVector(Primitives primitives) throws Exception {
    Srp6a srp = srp(primitives);
    assertThat(Srp6a.x(USER, SALT, PASSWORD).toString(16))
        .isEqualTo("a4c1b8a9693d1fc92f47eecca6d45b3226fecbe9995323045af4480b848a679b");
    SrpVerifier verifier = srp.verifier(USER, SALT, PASSWORD);
    assertThat(sha256(verifier.bytes().bytes()))
        .isEqualTo("5ce8e6dd7f3bb5e229df9e700cdcbc9e44e7216d7532de1cbeb02d30ee870494");
    SrpClient client = new SrpClient(A);
    assertThat(sha256(Srp6a.pad(client.publicA())))
        .isEqualTo("bd44b75c60b2faf72fc7ab4c48f6b9e88a402aa35267eef75969ada5493641bf");
    ServerEphemeral ephemeral = srp.ephemeral(B, verifier);
    assertThat(sha256(ephemeral.publicBytes()))
        .isEqualTo("ff3403ed737f0c47c855fcd3cdb1c34fa913d77f378e8e45136722e088ac2d32");
    BigInteger a = Srp6a.parseA(client.hexA()).orElseThrow();
    BigInteger u = Srp6a.u(a, ephemeral.publicB());
    assertThat(u.toString(16))
        .isEqualTo("5041c2be66ac1996c416061a3d2eaf092ec7010efbebf3969505c8b7d2d17b18");
    assertThat(sha256(Srp6a.pad(srp.s(a, u, ephemeral, verifier))))
        .isEqualTo("2680c1ccbf99ad5945cf56e5f5d4a8af63006a052c8188727058b17b1e99a047");
    Secret key = srp.sessionKey(a, ephemeral, verifier);
    assertThat(HexFormat.of().formatHex(key.bytes())).isEqualTo("f4ac593a9a3f049fd45046cd762764ee");
    assertThat(Srp6a.signature(key, USER, Base64.getDecoder().decode(BLOCK), TIMESTAMP))
        .isEqualTo("YtPS0NWQxQ9J9ga/vpo4NPZHE05cV3MYTupm364wI2I=");
  }

  @Shows(id = "auth-01", says = "the testkit's client reckons the same key and signature")
  @ParameterizedTest
  @MethodSource("primitives")
  void clientSideOfTheUserVector(Primitives primitives) {
    Srp6a srp = srp(primitives);
    ServerEphemeral ephemeral = srp.ephemeral(B, srp.verifier(USER, SALT, PASSWORD));
    SrpClient client = new SrpClient(A);
    assertThat(
            client.signature(
                USER,
                PASSWORD,
                new SrpClient.Challenge(Srp6a.saltHex(SALT), ephemeral.hex(), BLOCK),
                TIMESTAMP))
        .isEqualTo("YtPS0NWQxQ9J9ga/vpo4NPZHE05cV3MYTupm364wI2I=");
  }

  @Shows(id = "auth-01", says = "the SRP vector of a device holds byte for byte")
  @ParameterizedTest
  @MethodSource("primitives")
  void deviceVector(Primitives primitives) throws Exception {
    Srp6a srp = srp(primitives);
    SrpVerifier verifier = srp.verifier(DEVICE, DEVICE_SALT, DEVICE_PASSWORD);
    assertThat(sha256(verifier.bytes().bytes()))
        .isEqualTo("44308a9628df7ccf895eec286862d792fad64293a82f1a69f490e907d80ff234");
    assertThat(Base64.getEncoder().encodeToString(Srp6a.pad(new BigInteger(1, DEVICE_SALT))))
        .isEqualTo("AI8OHSw7Sllod2ZVRDMiEQA=");
    ServerEphemeral ephemeral = srp.ephemeral(B, verifier);
    BigInteger a = new SrpClient(A).publicA();
    Secret key = srp.sessionKey(a, ephemeral, verifier);
    assertThat(HexFormat.of().formatHex(key.bytes())).isEqualTo("fd33b4d4bb933141d8835247775b5d25");
    assertThat(
            srp.verify(
                a,
                ephemeral,
                SrpVerifier.of(verifier.bytes()),
                new Srp6a.PasswordClaim(
                    DEVICE, BLOCK, TIMESTAMP, "3fW6yRGIcOChcr2f4De9XD4uOqIkpXtKgjAwbpVqJhc=")))
        .isTrue();
  }

  private static BigInteger hex(String text) {
    return new BigInteger(text, 16);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
