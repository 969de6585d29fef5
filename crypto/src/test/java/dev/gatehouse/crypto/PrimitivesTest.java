package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PrimitivesTest {
  @Test
  void pureJavaNamesItself() {
    assertThat(Primitives.pureJava().describe())
        .containsExactly(
            "Argon2id: Bouncy Castle",
            "SRP exponentiation: BigInteger",
            "SRP generator powers: BigInteger, fixed-base table");
  }

  @Test
  void theNativeLibrariesAreTakenWhereTheyAre() {
    assertThat(Primitives.choose().describe())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Argon2id: libsodium 1."),
            line -> assertThat(line).startsWith("SRP exponentiation: OpenSSL 3."),
            line ->
                assertThat(line)
                    .startsWith("SRP generator powers: OpenSSL 3.")
                    .endsWith("fixed-base table"));
  }

  @Test
  void aLibraryThatIsNotThereIsALinkageErrorAndNothingWorse() {
    assertThatThrownBy(() -> NativeLibrary.open("libnosuchthing.so.1"))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessage("libnosuchthing.so.1 is not to be had");
    assertThatThrownBy(() -> NativeLibrary.open("libcrypto.so.3").function("BN_no_such", null))
        .isInstanceOf(LinkageError.class)
        .hasMessage("libcrypto.so.3 has no BN_no_such");
  }
}
