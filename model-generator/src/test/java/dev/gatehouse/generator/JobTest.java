package dev.gatehouse.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {
  @Test
  void namesFilePackageAndPrefix() {
    assertThat(Job.parse("sts.json=a.sts:Sts")).isEqualTo(new Job("sts.json", "a.sts", "Sts"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sts.json", "sts.json=a", "sts.json=a:", "=a:B", "a=b:C:D"})
  void refusesOtherForms(String argument) {
    assertThatThrownBy(() -> Job.parse(argument)).isInstanceOf(IllegalArgumentException.class);
  }
}
