package dev.gatehouse.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternRiskTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(a+)+$",
        "^(a*)*b$",
        "^((/[a-z]+)*)/$",
        "^([a-z]+,){2,}$",
        "^([a-z]+){1,5}$",
        "^(ab)+$",
        "^.*x.*$",
        "^[a-z]+[a-y]+$",
        "^[\\w]+@[\\w@]+@?$|^[\\S]+.*[\\S]+$",
        "^[\\p{L}]*(x[\\p{L}]*)?$",
        "^(?s).*\\{##.*##\\}.*$",
        "^[a-z]{3,}[a-z]{2,}$",
      })
  void findsOpenRepetitionsWithoutABoundary(String pattern) {
    assertThat(PatternRisk.of(pattern)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[\\S]+$",
        "^[a-z]+[0-9]+$",
        "^[\\w-]+_[0-9a-zA-Z]+$",
        "^arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+$",
        "^(un)?authenticated$",
        "^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
        "^[0-9A-Za-z\\.\\-_]*(?<!\\.)$",
        "^[0-9a-f]{8}-[0-9a-f]{4}$",
        "^(a|b|c[0-9]+)$",
        "^(?s).*$",
      })
  void letsLinearPatternsPass(String pattern) {
    assertThat(PatternRisk.of(pattern)).isEmpty();
  }

  @Test
  void stopsTheBuildOnARiskyPatternWithoutAMatcher() {
    PatternTable table = new PatternTable();

    assertThat(table.byHand("^.*\\{####\\}.*$")).contains("CODE_LINE");
    assertThat(table.byHand("^[\\S]+$")).isEmpty();
    assertThatThrownBy(() -> table.byHand("^(x+x+)+y$"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("^(x+x+)+y$")
        .hasMessageContaining("write a linear matcher");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(?=a)b$", "^(?i)a$", "^(?<name>a)$", "a)"})
  void refusesToJudgeWhatItDoesNotKnow(String pattern) {
    assertThatThrownBy(() -> PatternRisk.of(pattern))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot judge");
  }
}
