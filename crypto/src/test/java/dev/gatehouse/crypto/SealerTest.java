package dev.gatehouse.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.kernel.Secret;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SealerTest {
  private static final List<String> PLACE = List.of("eu-west-1_EXAMPLEab", "client", "public");
  private static final byte[] TEXT = "flow state".getBytes(UTF_8);

  private final Sealer sealer = new Sealer(new SecureRandom());
  private final KeyRing keys = KeyRing.of(key(1));

  @Test
  void opensWhatItSealedAndAddsThirtyThreeBytes() {
    byte[] sealed = sealer.seal(keys, TEXT, PLACE);
    assertThat(sealed).hasSize(TEXT.length + 33).hasSize(TEXT.length + Sealer.OVERHEAD);
    assertThat(sealer.open(keys, sealed, PLACE)).hasValueSatisfying(equalTo(TEXT));
    assertThat(sealer.open(keys, sealer.seal(keys, new byte[0], PLACE), PLACE))
        .hasValueSatisfying(equalTo(new byte[0]));
    assertThat(sealer.seal(keys, TEXT, PLACE)).isNotEqualTo(sealed);
  }

  @Test
  void anyChangedBitAndAnyOtherLengthIsRefused() {
    byte[] sealed = sealer.seal(keys, TEXT, PLACE);
    for (int i = 0; i < sealed.length * Byte.SIZE; i++) {
      byte[] altered = sealed.clone();
      altered[i / Byte.SIZE] ^= (byte) (1 << (i % Byte.SIZE));
      assertThat(sealer.open(keys, altered, PLACE)).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(sealer.open(keys, Arrays.copyOf(sealed, length), PLACE)).isEmpty();
    }
    assertThat(sealer.open(keys, Arrays.copyOf(sealed, sealed.length + 1), PLACE)).isEmpty();
  }

  @Test
  void anotherContextIsRefusedAlsoWhenItReadsTheSame() {
    byte[] sealed = sealer.seal(keys, TEXT, PLACE);
    for (List<String> other :
        List.of(
            List.<String>of(),
            List.of("eu-west-1_EXAMPLEab", "client", "admin"),
            List.of("eu-west-1_EXAMPLEabclient", "", "public"),
            List.of("eu-west-1_EXAMPLEabclientpublic"),
            List.of("eu-west-1_EXAMPLEab", "client", "public", ""),
            List.of("client", "eu-west-1_EXAMPLEab", "public"))) {
      assertThat(sealer.open(keys, sealed, other)).isEmpty();
    }
  }

  @Test
  void twoOlderKeysStillOpenAndTheThirdIsGone() {
    byte[] sealed = sealer.seal(keys, TEXT, PLACE);
    KeyRing after = keys.rotate(key(2)).rotate(key(3));
    assertThat(sealer.open(after, sealed, PLACE)).hasValueSatisfying(equalTo(TEXT));
    assertThat(sealer.open(after.rotate(key(4)), sealed, PLACE)).isEmpty();
    assertThat(after.current().id()).isEqualTo(3);
    assertThat(sealer.open(keys, sealer.seal(after, TEXT, PLACE), PLACE)).isEmpty();
  }

  @Test
  void theKeyOfAnotherPoolWithTheSameIdDoesNotOpen() {
    KeyRing other = KeyRing.of(new SealKey(1, Secret.of(new byte[32])));
    assertThat(sealer.open(other, sealer.seal(keys, TEXT, PLACE), PLACE)).isEmpty();
  }

  @Test
  void ringsAndKeysAreChecked() {
    assertThatThrownBy(() -> new SealKey(1, Secret.of(new byte[16])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyRing(key(1), List.of(key(1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyRing(key(1), List.of(key(2), key(3), key(4))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(keys.toString()).contains("[secret]");
  }

  private static Consumer<byte[]> equalTo(byte[] expected) {
    return bytes -> assertThat(bytes).isEqualTo(expected);
  }

  private static SealKey key(int id) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) id);
    return new SealKey(id, Secret.of(bytes));
  }
}
