package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The check of all output finds what it is for. */
class OutputCheckTest {
  private final UsedSecrets secrets = new UsedSecrets();

  @Test
  void findsASecretInTheOutputAndTellsItsHashAlone() {
    secrets.addFromJson(
        """
        {"AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{"USERNAME":"somebody","PASSWORD":"P@ss\\"w0rd"}}
        """);
    String outcome = OutputCheck.outcome(secrets, "started\nrefused P@ss\"w0rd of somebody\n");
    assertThat(outcome)
        .matches("\\{.*\"secrets\":1,\"leaks\":\\[\\{\"line\":2,\"sha256\":\"[0-9a-f]{64}\"}]}\\n")
        .doesNotContain("P@ss");
    assertThat(OutputCheck.outcome(secrets, "started\nrefused somebody\n"))
        .endsWith("\"leaks\":[]}\n");
  }

  @Test
  void knowsTheMembersThatHoldSecrets() {
    secrets.addFromJson(
        """
        {"ConfirmationCode":"123456","Session":"AAAABBBB","AccessToken": "eyJ.a.b","TokenType":"Bearer",
         "ClientSecret":"secret-1","PreviousPassword":"before-1","Username":"somebody","code":"654321"}
        """);
    assertThat(secrets.count()).isEqualTo(6);
    assertThat(secrets.in("123456 AAAABBBB\neyJ.a.b secret-1 before-1 (654321) Bearer somebody"))
        .hasSize(6);
  }

  @Test
  void digitsInsideANumberAreNoCode() {
    secrets.add("123456");
    assertThat(secrets.in("1234567 0.123456 a123456 123456-7")).isEmpty();
    assertThat(secrets.in("code=123456,")).hasSize(1);
  }

  @Test
  void hearsWhatIsPrinted() {
    OutputCheck check = new OutputCheck();
    PrintStream before = System.out;
    check.listen();
    System.out.println("printed");
    System.err.println("complained");
    check.stopListening();
    assertThat(System.out).isSameAs(before);
    assertThat(check.heard()).contains("printed").contains("complained");
  }
}
