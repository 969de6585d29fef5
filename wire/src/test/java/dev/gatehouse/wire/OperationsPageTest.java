package dev.gatehouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.access.sts.GetCallerIdentity;
import dev.gatehouse.model.sts.StsOperations;
import org.junit.jupiter.api.Test;

class OperationsPageTest {
  @Test
  void listsEveryOperationAndWhetherItIsServed() {
    ServiceTable table =
        new ServiceTable(StsOperations.all())
            .serve(StsOperations.GET_CALLER_IDENTITY, new GetCallerIdentity("1"));
    assertThat(OperationsPage.of("STS", table))
        .startsWith("## STS\n\n1 of 12 operations are served.\n\n| Operation |")
        .contains("| GetCallerIdentity | SigV4 signature | yes |")
        .contains("| AssumeRoleWithSAML | SAML assertion | no |");
  }
}
