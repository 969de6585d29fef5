package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.crypto.ImportedHash.Judgement;
import dev.gatehouse.kernel.Secret;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes that libcrypt and Python's hashlib made of one password. */
class ImportedHashTest {
  private static final String PASSWORD = "P@ssw0rd-1";
  private static final String LONG = "pässwörd".repeat(12);
  private final WorkTally work = new WorkTally();
  private final PasswordHasher hasher =
      new Argon2PasswordHasher(
          new BouncyCastleArgon2id(), new Argon2Parameters(64, 1, 1), new SecureRandom(), work);

  @ParameterizedTest
  @CsvSource({
    "BCRYPT, $2b$05$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG",
    "BCRYPT, $2y$12$abcdefghijklmnopqrstuumWAFgC4WP5vgiXh3.OcTwPG01W67AeS",
    "BCRYPT, $2a$04$abcdefghijklmnopqrstuuuGd5G6XQtxq053SV3cZQia11sZirVfe",
    "BCRYPT, $2x$04$abcdefghijklmnopqrstuuuGd5G6XQtxq053SV3cZQia11sZirVfe",
    "SCRYPT, 1024$8$1$000102030405060708090a0b0c0d0e0f$079ad5331a4c4de8a0ac08f4a4f3f63740460683c4669a5cdc397cd15cb7968c",
    "SCRYPT,"
        + " 65536$8$1$000102030405060708090A0b0c0d0e0f$6618ddcf96a8a15db969714d7e07fa3380d021b5e41696082252863d144cc540c8fd5e482a16002ad3e77efd0da2c38de940dc7e364b348c383a90138b573e9d",
    "PBKDF2_SHA256, $pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8",
    "PBKDF2_SHA256, $pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8=",
    "PBKDF2_SHA256, $pbkdf2-sha256$600000$AAECAwQFBgcICQoLDA0ODw$cNFrDB3HqlSib4cJj2aYtYRA9X/ic6.QOQ.3hlM2dgE"
  })
  void verifiesWhatOthersMade(ImportedHash kind, String hash) {
    assertThat(kind.judge(hash)).isEqualTo(Judgement.GOOD);
    assertThat(hasher.verify(Secret.of(PASSWORD), hash)).isTrue();
    assertThat(hasher.verify(Secret.of("p@ssw0rd-1"), hash)).isFalse();
    assertThat(hasher.needsRehash(hash)).isTrue();
    assertThat(work.read().of(Work.PASSWORD_HASH)).isEqualTo(2);
  }

  @Test
  void bcryptReadsSeventyTwoBytesOfUtf8() {
    String hash = "$2b$05$abcdefghijklmnopqrstuunyLBQubUyDvoCiJg7jzH7zA6rbNO34a";
    assertThat(hasher.verify(Secret.of(LONG), hash)).isTrue();
    assertThat(hasher.verify(Secret.of(LONG + "and more"), hash)).isTrue();
    assertThat(hasher.verify(Secret.of(LONG.substring(0, 50)), hash)).isFalse();
  }

  @Test
  void anArgon2idHashIsTheHousesOwnForm() {
    String hash = hasher.hash(Secret.of(PASSWORD));
    assertThat(ImportedHash.ARGON2ID.judge(hash)).isEqualTo(Judgement.GOOD);
    assertThat(hasher.verify(Secret.of(PASSWORD), hash)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "BCRYPT, $2b$13$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG",
    "BCRYPT, $2b$31$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG",
    "SCRYPT, 131072$8$1$0001020304050607$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 65536$9$1$0001020304050607$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 65536$8$2$0001020304050607$000102030405060708090a0b0c0d0e0f",
    "PBKDF2_SHA256, $pbkdf2-sha256$600001$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8",
    "'ARGON2ID','$argon2id$v=19$m=19457,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8'",
    "'ARGON2ID','$argon2id$v=19$m=19456,t=3,p=1$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8'",
    "'ARGON2ID','$argon2id$v=19$m=19456,t=2,p=2$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8'",
    "'ARGON2ID','$argon2id$v=19$m=9999999,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8'"
  })
  void refusesWhatCostsTooMuchWithoutHashing(ImportedHash kind, String hash) {
    assertThat(kind.judge(hash)).isEqualTo(Judgement.TOO_COSTLY);
    assertThat(work.read().of(Work.PASSWORD_HASH)).isZero();
  }

  /** Were one to stand in the database all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2b$13$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG",
        "131072$8$1$0001020304050607$000102030405060708090a0b0c0d0e0f",
        "$pbkdf2-sha256$600001$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8",
        "plain"
      })
  void neverHashesWhatCostsTooMuch(String hash) {
    assertThatThrownBy(() -> hasher.verify(Secret.of(PASSWORD), hash))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(hash);
    assertThat(work.read().of(Work.PASSWORD_HASH)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "BCRYPT, $2b$03$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG",
    "BCRYPT, $2c$05$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG",
    "BCRYPT, $2b$05$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zS",
    "BCRYPT, $2b$5$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSGG",
    "BCRYPT, 1024$8$1$0001020304050607$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 1023$8$1$0001020304050607$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 65536$1$1$0001020304050607$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 1$8$1$0001020304050607$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 1024$8$1$0001020304050607$00010203040506070809",
    "SCRYPT, 1024$8$1$00010203$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 1024$8$1$000102030405060$000102030405060708090a0b0c0d0e0f",
    "SCRYPT, 1024$8$1$000102030405060g$000102030405060708090a0b0c0d0e0f",
    "PBKDF2_SHA256, $pbkdf2-sha256$0$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8",
    "PBKDF2_SHA256, $pbkdf2-sha1$1000$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8",
    "PBKDF2_SHA256, $pbkdf2-sha256$1000$AAECAwQFB$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8",
    "'ARGON2ID','$argon2i$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8'",
    "'ARGON2ID','$argon2id$v=16$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$yObi9khlBr8vUWDztTdw7e59mFmvP0bBNXYABQ5ooY8'"
  })
  void refusesWhatIsNoSuchHash(ImportedHash kind, String text) {
    assertThat(kind.judge(text)).isEqualTo(Judgement.MALFORMED);
  }

  @Test
  void tellsNoHash() {
    String hash = "$2b$05$abcdefghijklmnopqrstuue74RuETB64fVhxXfUDH1AE3PcLM9zSG";
    assertThat(ForeignHash.parse(hash).orElseThrow().toString()).isEqualTo("BcryptHash");
  }
}
