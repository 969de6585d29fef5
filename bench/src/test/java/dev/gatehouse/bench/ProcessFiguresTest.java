package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {
  @Test
  void cpuTimeIsUserAndSystemTimeOfAllThreads() {
    String stat =
        "4242 (java) S 1 4242 4242 0 -1 4194560 61016 0 12 0 1234 56 7 8 20 0 31 0 9071 1 2 3";

    assertThat(ProcessFigures.cpuSeconds(stat)).isEqualTo(12.90);
  }

  @Test
  void aNameWithBlanksAndParenthesesMovesNoField() {
    String stat = "1 (a ) (b) c) S 1 4242 4242 0 -1 4194560 61016 0 12 0 100 50 7 8 20 0 31 0 9071";

    assertThat(ProcessFigures.cpuSeconds(stat)).isEqualTo(1.50);
  }

  @Test
  void residentMemoryIsVmRss() {
    assertThat(
            ProcessFigures.residentKib(
                "Name:\tjava\nVmHWM:\t  200000 kB\nVmRSS:\t  123456 kB\nRssAnon:\t  100 kB\n"))
        .isEqualTo(123_456);
  }

  @Test
  void aProcessThatIsGoneHasNoMemory() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProcessFigures.residentKib("Name:\tjava\nState:\tZ (zombie)\n"));
  }

  @Test
  void readsItsOwnProcess() throws IOException {
    ProcessFigures own = new ProcessFigures(ProcessHandle.current().pid());

    assertThat(own.cpuSeconds()).isPositive();
    assertThat(own.residentKib()).isGreaterThan(1024);
  }
}
