package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvCommandTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "A=http://localhost:9400 | export A=http://localhost:9400",
        "A=a/b+c= | export A=a/b+c=",
        "A= | export A=''",
        "A=a; touch x | export A='a; touch x'",
        "A=$(id) | export A='$(id)'",
        "A=it's | export A='it'\\''s'",
      })
  void values_are_quoted_where_a_shell_would_read_something_into_them(
      String variable, String line) {
    assertThat(EnvCommand.export(variable)).isEqualTo(line);
  }
}
