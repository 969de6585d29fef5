package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrimitivesTest {
  private static final String[] PURE_JAVA = {
    "Argon2id: Bouncy Castle",
    "SRP exponentiation: BigInteger",
    "SRP generator powers: BigInteger, fixed-base table"
  };

  @Test
  void pureJavaNamesItself() {
    assertThat(Primitives.pureJava().describe()).containsExactly(PURE_JAVA);
  }

  @Test
  void theNativeLibrariesAreTakenWhereTheyAre() {
    assumeTrue(NativeForms.sodium().isPresent(), "libsodium");
    assumeTrue(NativeForms.openSsl().isPresent(), "OpenSSL");
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
  void aJvmThatMayNotCallNativeCodeTakesPureJava() throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--illegal-native-access=deny",
                "-cp",
                System.getProperty("java.class.path"),
                PrintChoice.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(java.waitFor()).as(output).isZero();
    assertThat(output.lines()).containsExactly(PURE_JAVA);
  }

  @Test
  void aLibraryThatIsNotThereIsALinkageErrorAndNothingWorse() {
    assertThatThrownBy(() -> NativeLibrary.open("libnosuchthing.so.1"))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessage("libnosuchthing.so.1 is not to be had");
    assumeTrue(NativeForms.openSsl().isPresent(), "OpenSSL");
    assertThatThrownBy(() -> NativeLibrary.open("libcrypto.so.3").function("BN_no_such", null))
        .isInstanceOf(LinkageError.class)
        .hasMessage("libcrypto.so.3 has no BN_no_such");
  }
}
