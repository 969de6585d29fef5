package dev.gatehouse.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.KeyedLimit;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.AdminGetUserRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.GetUserPoolMfaConfigRequest;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import dev.gatehouse.model.sts.StsOperations;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AwsCallLimitsTest {
  private final CallLimits limits = new AwsCallLimits(new KeyedLimit());

  private static RequestContext context(String region) {
    return new RequestContext("id", region, new Caller.Unsigned(), "192.0.2.1", "");
  }

  private long admitted(OperationModel<?, ?> operation, String region, int calls) {
    return IntStream.range(0, calls).filter(i -> limits.admits(operation, context(region))).count();
  }

  private long admitted(OperationModel<?, ?> operation, Object input) {
    return IntStream.range(0, 100)
        .filter(i -> limits.admitsInput(operation, input, context("eu-west-1")))
        .count();
  }

  @Test
  void everyOperationHasARate() {
    assertThat(CognitoIdpOperations.all())
        .allSatisfy(
            operation -> assertThat(AwsRates.of(operation.name()).perSecond()).isPositive());
  }

  /** A few calls more than the rate may pass: the buckets fill while the test runs. */
  @Test
  void aCategoryIsSharedByItsOperationsAndHeldForEachRegion() {
    long first = admitted(CognitoIdpOperations.CREATE_USER_POOL, "eu-west-1", 10);
    long second = admitted(CognitoIdpOperations.UPDATE_USER_POOL, "eu-west-1", 100);
    assertThat(first + second).isBetween(15L, 25L);
    assertThat(admitted(CognitoIdpOperations.CREATE_USER_POOL, "us-east-1", 15)).isEqualTo(15);
    assertThat(admitted(CognitoIdpOperations.DESCRIBE_USER_POOL, "eu-west-1", 15)).isEqualTo(15);
  }

  @Test
  void aUserHasTenReadsASecond() {
    assertThat(
            admitted(
                CognitoIdpOperations.ADMIN_GET_USER,
                AdminGetUserRequest.builder().userPoolId("a_1").username("ada").build()))
        .isBetween(10L, 15L);
    assertThat(
            admitted(
                CognitoIdpOperations.ADMIN_GET_USER,
                AdminGetUserRequest.builder().userPoolId("a_1").username("bob").build()))
        .isBetween(10L, 15L);
    assertThat(
            admitted(
                CognitoIdpOperations.GET_USER,
                GetUserRequest.builder().accessToken("token").build()))
        .isBetween(10L, 15L);
  }

  @Test
  void aPoolHasFiveCallsOfAnOperationASecond() {
    assertThat(
            admitted(
                CognitoIdpOperations.GET_USER_POOL_MFA_CONFIG,
                GetUserPoolMfaConfigRequest.builder().userPoolId("a_1").build()))
        .isBetween(5L, 8L);
  }

  @Test
  void otherServicesAreNotInTheTable() {
    assertThat(admitted(StsOperations.GET_CALLER_IDENTITY, "eu-west-1", 500)).isEqualTo(500);
  }
}
