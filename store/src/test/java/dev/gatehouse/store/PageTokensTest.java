package dev.gatehouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.store.testing.TestDatabase;
import dev.gatehouse.store.testing.TestEngine;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageTokensTest {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final String KEY = "user name é\n\u0000 ☃";
  private final TestDatabase test = TestDatabase.open(TestEngine.SQLITE);
  private final PageTokens tokens = new PageTokens(test.vault(), test.clock(), LIFE);

  @AfterEach
  void close() {
    test.close();
  }

  private void createPool(String id) {
    NewPoolKey key = test.vault().newPoolKey(id);
    test.database()
        .<Integer>write(handle -> {
          key.insert(handle);
          return 0;
        });
  }

  @Test
  void opensWhatItSealed() {
    createPool("us-east-1_a");
    String token = tokens.seal("ListUsers", "us-east-1_a", KEY);
    assertThat(token).matches("[A-Za-z0-9_-]+");
    assertThat(tokens.open("ListUsers", "us-east-1_a", token)).contains(KEY);
    String ofServer = tokens.seal("ListUserPools", Vault.SERVER, "");
    assertThat(tokens.open("ListUserPools", Vault.SERVER, ofServer)).contains("");
  }

  @Test
  void showsNothingOfTheKey() {
    String token = tokens.seal("ListUserPools", Vault.SERVER, "secretname");
    assertThat(
            new String(
                Base64.getUrlDecoder().decode(token), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("secretname");
  }

  @Test
  void refusesTokensOfAnotherOperationOrPool() {
    createPool("us-east-1_a");
    createPool("us-east-1_b");
    String token = tokens.seal("ListUsers", "us-east-1_a", KEY);
    assertThat(tokens.open("ListGroups", "us-east-1_a", token)).isEmpty();
    assertThat(tokens.open("ListUsers", "us-east-1_b", token)).isEmpty();
    assertThat(tokens.open("ListUsers", Vault.SERVER, token)).isEmpty();
  }

  @Test
  void refusesWhatWasAltered() {
    String token = tokens.seal("ListUserPools", Vault.SERVER, KEY);
    byte[] sealed = Base64.getUrlDecoder().decode(token);
    for (int i = 0; i < sealed.length; i++) {
      byte[] altered = sealed.clone();
      altered[i] ^= 4;
      String other = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
      assertThat(tokens.open("ListUserPools", Vault.SERVER, other)).isEmpty();
    }
    for (String nonsense : new String[] {"", "x", "not base64 !", "é", "A".repeat(100_000)}) {
      assertThat(tokens.open("ListUserPools", Vault.SERVER, nonsense)).isEmpty();
    }
    // The vault seals other things of the server with the same key.
    byte[] another =
        test.vault().seal(new Place("access_key", Vault.SERVER, "id", "secret"), new byte[16]);
    assertThat(
            tokens.open(
                "ListUserPools",
                Vault.SERVER,
                Base64.getUrlEncoder().withoutPadding().encodeToString(another)))
        .isEmpty();
  }

  @Test
  void refusesWhatHasExpired() {
    String token = tokens.seal("ListUserPools", Vault.SERVER, KEY);
    test.adjustableClock().advance(LIFE.minusSeconds(10));
    assertThat(tokens.open("ListUserPools", Vault.SERVER, token)).contains(KEY);
    test.adjustableClock().advance(Duration.ofSeconds(20));
    assertThat(tokens.open("ListUserPools", Vault.SERVER, token)).isEmpty();
  }
}
