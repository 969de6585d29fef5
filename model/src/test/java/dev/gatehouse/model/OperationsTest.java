package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.DeleteUserRequest;
import dev.gatehouse.model.cognitoidp.SignUpRequest;
import dev.gatehouse.model.cognitoidp.SignUpResponse;
import dev.gatehouse.model.sts.GetCallerIdentityRequest;
import dev.gatehouse.model.sts.GetCallerIdentityResponse;
import dev.gatehouse.model.sts.StsOperations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shape of what is generated. */
class OperationsTest {
  private static Set<String> names(java.util.function.Predicate<OperationModel<?, ?>> which) {
    return CognitoIdpOperations.all().stream()
        .filter(which)
        .map(OperationModel::name)
        .collect(Collectors.toSet());
  }

  @Test
  void areAllThere() {
    assertThat(CognitoIdpOperations.all())
        .hasSize(140)
        .extracting(OperationModel::name)
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(StsOperations.all()).hasSize(12);
  }

  @Test
  void describeTheirService() {
    assertThat(CognitoIdpOperations.SERVICE)
        .isEqualTo(
            new ServiceModel(
                "AWSCognitoIdentityProviderService",
                "Cognito Identity Provider",
                "cognito-idp",
                "awsJson1_1",
                "2016-04-18",
                "http://cognito-idp.amazonaws.com/doc/2016-04-18/"));
    assertThat(StsOperations.SERVICE)
        .isEqualTo(
            new ServiceModel(
                "AWSSecurityTokenServiceV20110615",
                "STS",
                "sts",
                "awsQuery",
                "2011-06-15",
                "https://sts.amazonaws.com/doc/2011-06-15/"));
  }

  @Test
  void nameInputOutputAndCaller() {
    OperationModel<SignUpRequest, SignUpResponse> signUp = CognitoIdpOperations.SIGN_UP;
    assertThat(signUp.service()).isEqualTo("cognito-idp");
    assertThat(signUp.name()).isEqualTo("SignUp");
    assertThat(signUp.caller()).isEqualTo(CallerKind.CLIENT);
    assertThat(signUp.input()).isEqualTo(SignUpRequest.class);
    assertThat(signUp.output()).isEqualTo(SignUpResponse.class);
    assertThat(signUp.emptyAnswer()).isFalse();
    assertThat(signUp).hasToString("cognito-idp:SignUp");

    OperationModel<DeleteUserRequest, NoAnswer> deleteUser = CognitoIdpOperations.DELETE_USER;
    assertThat(deleteUser.caller()).isEqualTo(CallerKind.ACCESS_TOKEN);
    assertThat(deleteUser.emptyAnswer()).isTrue();

    OperationModel<GetCallerIdentityRequest, GetCallerIdentityResponse> identity =
        StsOperations.GET_CALLER_IDENTITY;
    assertThat(identity.caller()).isEqualTo(CallerKind.IAM);
    assertThat(identity.errors()).isEmpty();
  }

  @Test
  void countCallersAsTheModelsReadmeDoes() {
    Map<CallerKind, Long> kinds =
        CognitoIdpOperations.all().stream()
            .collect(Collectors.groupingBy(OperationModel::caller, Collectors.counting()));

    assertThat(kinds)
        .isEqualTo(
            Map.of(
                CallerKind.IAM, 105L,
                CallerKind.ACCESS_TOKEN, 22L,
                CallerKind.CLIENT, 6L,
                CallerKind.ACCESS_TOKEN_OR_SESSION, 2L,
                CallerKind.REFRESH_TOKEN, 2L,
                CallerKind.SESSION, 1L,
                CallerKind.FEEDBACK_TOKEN, 1L,
                CallerKind.CLIENT_SECRET, 1L));
    assertThat(StsOperations.all())
        .extracting(OperationModel::caller)
        .contains(CallerKind.SAML_ASSERTION, CallerKind.WEB_IDENTITY_TOKEN);
  }

  /** protocol.md §1, list E. */
  @Test
  void answerAnEmptyBodyWhereTheModelHasNoOutput() {
    assertThat(names(OperationModel::emptyAnswer))
        .containsExactlyInAnyOrder(
            "AdminAddUserToGroup",
            "AdminDeleteUser",
            "AdminForgetDevice",
            "AdminRemoveUserFromGroup",
            "DeleteGroup",
            "DeleteIdentityProvider",
            "DeleteManagedLoginBranding",
            "DeleteResourceServer",
            "DeleteTerms",
            "DeleteUser",
            "DeleteUserPool",
            "DeleteUserPoolClient",
            "ForgetDevice");
  }

  /** protocol.md §1, the other list. */
  @Test
  void answerAnEmptyObjectWhereTheOutputHasNoMembers() {
    Set<String> memberless =
        names(operation ->
            !operation.emptyAnswer() && operation.output().getRecordComponents().length == 0);

    assertThat(memberless)
        .containsExactlyInAnyOrder(
            "AddCustomAttributes",
            "AdminConfirmSignUp",
            "AdminDeleteSoftwareToken",
            "AdminDeleteUserAttributes",
            "AdminDisableUser",
            "AdminEnableUser",
            "AdminDisableProviderForUser",
            "AdminLinkProviderForUser",
            "AdminResetUserPassword",
            "AdminRevokeUserSession",
            "AdminSetUserMFAPreference",
            "AdminSetUserPassword",
            "AdminSetUserSettings",
            "AdminUpdateAuthEventFeedback",
            "AdminUpdateDeviceStatus",
            "AdminUpdateUserAttributes",
            "AdminUserGlobalSignOut",
            "ChangePassword",
            "CompleteWebAuthnRegistration",
            "ConfirmForgotPassword",
            "DeleteUserAttributes",
            "DeleteUserPoolClientSecret",
            "DeleteUserPoolDomain",
            "DeleteWebAuthnCredential",
            "GlobalSignOut",
            "RevokeToken",
            "RevokeUserSession",
            "SetUserMFAPreference",
            "SetUserSettings",
            "TagResource",
            "UntagResource",
            "UpdateAuthEventFeedback",
            "UpdateDeviceStatus",
            "UpdateUserPool",
            "VerifyUserAttribute");
  }

  @Test
  void haveRecordsWithTheModelsMembersInTheirOrder() {
    assertThat(components(SignUpRequest.class))
        .containsExactly(
            "clientId",
            "secretHash",
            "username",
            "password",
            "userAttributes",
            "validationData",
            "analyticsMetadata",
            "userContextData",
            "clientMetadata");
    assertThat(
            CognitoIdpOperations.all().stream()
                .map(OperationModel::input)
                .map((Function<Class<?>, String>) Class::getSimpleName))
        .allMatch(name -> name.endsWith("Request"));
  }

  private static List<String> components(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(each -> each.getName()).toList();
  }

  @Test
  void haveBuildersThatCarryAllValues() {
    SignUpRequest request =
        SignUpRequest.builder()
            .clientId("c")
            .username("u")
            .clientMetadata(Map.of("a", "b"))
            .build();

    assertThat(request.toBuilder().build()).isEqualTo(request);
    assertThat(request.toBuilder().username("v").build().username()).isEqualTo("v");
    assertThat(request.username()).isEqualTo("u");
  }
}
