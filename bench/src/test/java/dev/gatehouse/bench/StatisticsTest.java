package dev.gatehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  @Test
  void theMedianIsTheMiddleValue() {
    assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
    assertThat(Statistics.median(7)).isEqualTo(7);
  }

  @Test
  void ofAnEvenNumberItIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Statistics.median(4, 1, 3, 100)).isEqualTo(3.5);
  }

  @Test
  void noValuesHaveNoMedian() {
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.median());
  }

  @Test
  void theArgumentsStayAsTheyAre() {
    double[] values = {3, 1, 2};
    long[] latencies = {3, 1, 2};

    Statistics.median(values);
    Statistics.percentile(50, latencies);

    assertThat(values).containsExactly(3, 1, 2);
    assertThat(latencies).containsExactly(3, 1, 2);
  }

  @Test
  void percentilesGoByNearestRank() {
    long[] oneToHundred = LongStream.rangeClosed(1, 100).map(i -> 101 - i).toArray();

    assertThat(Statistics.percentile(50, oneToHundred)).isEqualTo(50);
    assertThat(Statistics.percentile(99, oneToHundred)).isEqualTo(99);
    assertThat(Statistics.percentile(100, oneToHundred)).isEqualTo(100);
    assertThat(Statistics.percentile(99, 10, 20, 30)).isEqualTo(30);
    assertThat(Statistics.percentile(50, 10, 20, 30, 40)).isEqualTo(20);
    assertThat(Statistics.percentile(1, 10)).isEqualTo(10);
  }

  @Test
  void percentilesOfNothingAndImpossibleOnesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(50));
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(101, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Statistics.percentile(Double.NaN, 1));
  }

  @Test
  void eachFigureHasItsOwnMedian() {
    assertThat(
            Figures.median(
                List.of(
                    new Figures(1, 30, 200, 5),
                    new Figures(2, 10, 300, 7),
                    new Figures(3, 20, 100, 6))))
        .isEqualTo(new Figures(2, 20, 200, 6));
  }

  @Test
  void theShareOfTheGreaterIsOneHalfWhereNothingTellsThemApart() {
    long[] values = {1, 2, 2, 3};
    assertThat(Statistics.shareOfGreater(values, values)).isEqualTo(0.5);
    assertThat(Statistics.shareOfGreater(values, new long[] {4, 5})).isEqualTo(1);
    assertThat(Statistics.shareOfGreater(values, new long[] {0, 4})).isEqualTo(0.5);
    assertThat(Statistics.shareOfGreater(values, new long[] {2})).isEqualTo(0.5);
    assertThat(Statistics.shareOfGreater(values, new long[] {0})).isZero();
  }
}
