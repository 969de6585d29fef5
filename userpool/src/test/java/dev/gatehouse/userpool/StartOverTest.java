package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.userpool.directory.AttemptLimit;
import dev.gatehouse.userpool.directory.AttemptStore;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that are kept as a whole or not at all. */
class StartOverTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final UsersFixture fixture = new UsersFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private boolean write(boolean done) {
    return StartOver.writeWhole(
        fixture.database,
        handle ->
            AttemptStore.count(handle, "pool", "sub", AttemptLimit.CHANGE_PASSWORD, NOW) && done);
  }

  private int rows() {
    return fixture.database.read(
        handle -> handle.createQuery("SELECT count(*) FROM attempt").mapTo(Integer.class).one());
  }

  @Test
  void aWriteThatWasNotDoneLeavesNothingBehind() {
    assertThat(write(false)).isFalse();
    assertThat(rows()).isZero();
    assertThat(write(true)).isTrue();
    assertThat(rows()).isOne();
  }
}
