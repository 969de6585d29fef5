package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.model.cognitoidp.CognitoIdpErrors;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.sts.StsErrors;
import dev.gatehouse.model.sts.StsOperations;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The declared errors equal rows of the operation table (protocol.md §9). */
class DeclaredErrorsTest {
  private static final Set<String> COMMON =
      Set.of(
          "InvalidParameter",
          "InternalError",
          "ResourceNotFound",
          "TooManyRequests",
          "NotAuthorized");
  private static final Map<String, String> SHORT =
      Map.of(
          "LAMBDA", "UnexpectedLambda UserLambdaValidation InvalidLambdaResponse",
          "SMS", "InvalidSmsRoleAccessPolicy InvalidSmsRoleTrustRelationship",
          "MAIL", "InvalidEmailRoleAccessPolicy",
          "U", "PasswordResetRequired UserNotFound UserNotConfirmed",
          "F", "Forbidden",
          "CM", "ConcurrentModification",
          "CDF", "CodeDeliveryFailure",
          "LE", "LimitExceeded");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AddUserPoolClientSecret: -InternalError -NotAuthorized LE AccessDenied InternalServer",
        "AdminConfirmSignUp: LAMBDA LE TooManyFailedAttempts UserNotFound",
        "AdminCreateUser: LAMBDA SMS CDF InvalidPassword PreconditionNotMet UnsupportedUserState"
            + " UserNotFound UsernameExists",
        "AdminSetUserMFAPreference: -TooManyRequests U",
        "AssociateSoftwareToken: -TooManyRequests F CM SoftwareTokenMFANotFound",
        "ChangePassword: U F LE InvalidPassword PasswordHistoryPolicyViolation",
        "CompleteWebAuthnRegistration: -ResourceNotFound F LE PasswordResetRequired"
            + " WebAuthnChallengeNotFound WebAuthnClientMismatch WebAuthnCredentialNotSupported"
            + " WebAuthnNotEnabled WebAuthnOriginNotAllowed WebAuthnRelyingPartyMismatch",
        "ConfirmForgotPassword: LAMBDA F LE CodeMismatch ExpiredCode InvalidPassword"
            + " PasswordHistoryPolicyViolation TooManyFailedAttempts UserNotConfirmed UserNotFound",
        "CreateUserPool: -ResourceNotFound SMS MAIL LE FeatureUnavailableInTier"
            + " TierChangeNotAllowed UserPoolTagging",
        "GetTokensFromRefreshToken: LAMBDA F RefreshTokenReuse UserNotFound",
        "GlobalSignOut: F PasswordResetRequired UserNotConfirmed",
        "InitiateAuth: LAMBDA SMS MAIL U F FeatureUnavailableInTier"
            + " InvalidUserPoolConfiguration UnsupportedOperation",
        "ListUserPools: -ResourceNotFound",
        "RespondToAuthChallenge: LAMBDA SMS MAIL U F AliasExists CodeMismatch ExpiredCode"
            + " InvalidPassword InvalidUserPoolConfiguration MFAMethodNotFound"
            + " PasswordHistoryPolicyViolation SoftwareTokenMFANotFound",
        "RevokeToken: -ResourceNotFound -NotAuthorized F Unauthorized UnsupportedOperation"
            + " UnsupportedTokenType",
        "SignUp: LAMBDA SMS MAIL F CDF LE InvalidPassword UsernameExists",
        "UpdateUserPool: SMS MAIL CM FeatureUnavailableInTier TierChangeNotAllowed"
            + " UserImportInProgress UserPoolTagging",
        "VerifyUserAttribute: U F LE AliasExists CodeMismatch ExpiredCode",
        "GetUserPoolMfaConfig:",
      })
  void equalTheTable(String row) {
    String name = row.substring(0, row.indexOf(':'));
    Set<String> expected = new TreeSet<>(COMMON);
    for (String word : row.substring(row.indexOf(':') + 1).strip().split(" ", -1)) {
      if (word.startsWith("-")) {
        expected.remove(word.substring(1));
      } else if (!word.isEmpty()) {
        expected.addAll(Set.of(SHORT.getOrDefault(word, word).split(" ", -1)));
      }
    }
    assertThat(declared(name)).isEqualTo(expected);
  }

  /** Newer than the table, and declared by nearly every operation: left out of the comparison. */
  private static Set<String> declared(String name) {
    OperationModel<?, ?> operation =
        CognitoIdpOperations.all().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    return operation.errors().stream()
        .map(type -> type.substring(0, type.length() - "Exception".length()))
        .filter(type -> !type.equals("OperationNotEnabled"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void eachHasAStatusOf400OrAFaultOf500() {
    for (OperationModel<?, ?> operation : CognitoIdpOperations.all()) {
      assertThat(CognitoIdpErrors.all().keySet())
          .as(operation.name())
          .containsAll(operation.errors());
    }
    CognitoIdpErrors.all()
        .forEach((type, error) -> {
          assertThat(error.type()).isEqualTo(type);
          assertThat(error.code()).isEqualTo(type);
          assertThat(error.status()).as(type).isEqualTo(type.startsWith("Internal") ? 500 : 400);
        });
    assertThat(CognitoIdpErrors.all()).hasSize(59);
  }

  @Test
  void ofStsCarryTheirQueryCodeAndStatus() {
    for (OperationModel<?, ?> operation : StsOperations.all()) {
      assertThat(StsErrors.all().keySet()).containsAll(operation.errors());
    }
    assertThat(StsErrors.all())
        .containsEntry(
            StsErrors.MALFORMED_POLICY_DOCUMENT_EXCEPTION,
            new ErrorModel("MalformedPolicyDocumentException", "MalformedPolicyDocument", 400))
        .containsEntry(
            "IDPRejectedClaimException",
            new ErrorModel("IDPRejectedClaimException", "IDPRejectedClaim", 403))
        .containsEntry(
            "ExpiredTokenException",
            new ErrorModel("ExpiredTokenException", "ExpiredTokenException", 400));
  }
}
