package dev.gatehouse.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cognito's default request rates by category, calls a second for account and region (protocol.md
 * §4). Where the table does not name an operation it is in the category of its neighbours.
 */
enum AwsRates {
  USER_AUTHENTICATION(120, Kind.READ, "InitiateAuth AdminInitiateAuth GetTokensFromRefreshToken"),
  /** Three times the category's, for each of the two apart. */
  CHALLENGE(360, Kind.READ, "RespondToAuthChallenge"),
  ADMIN_CHALLENGE(360, Kind.READ, "AdminRespondToAuthChallenge"),
  USER_CREATION(50, Kind.WRITE, "SignUp ConfirmSignUp AdminCreateUser AdminConfirmSignUp"),
  USER_FEDERATION(25, Kind.WRITE, "AdminLinkProviderForUser AdminDisableProviderForUser"),
  USER_ACCOUNT_RECOVERY(
      30,
      Kind.WRITE,
      "ChangePassword ForgotPassword ConfirmForgotPassword AdminResetUserPassword"
          + " AdminSetUserPassword"),
  USER_READ(120, Kind.READ, "GetUser AdminGetUser GetUserAuthFactors AdminGetUserAuthFactors"),
  USER_UPDATE(
      25,
      Kind.WRITE,
      "UpdateUserAttributes AdminUpdateUserAttributes DeleteUserAttributes"
          + " AdminDeleteUserAttributes VerifyUserAttribute AdminEnableUser AdminDisableUser"
          + " DeleteUser AdminDeleteUser SetUserSettings AdminSetUserSettings"
          + " SetUserMFAPreference AdminSetUserMFAPreference AdminAddUserToGroup"
          + " AdminRemoveUserFromGroup UpdateAuthEventFeedback AdminUpdateAuthEventFeedback"),
  USER_TOKEN(
      120,
      Kind.WRITE,
      "RevokeToken GlobalSignOut AdminUserGlobalSignOut RevokeUserSession"
          + " AdminRevokeUserSession"),
  USER_RESOURCE_READ(
      50,
      Kind.READ,
      "GetUserAttributeVerificationCode ResendConfirmationCode GetDevice AdminGetDevice ListDevices"
          + " AdminListDevices AdminListGroupsForUser AdminListUserAuthEvents"
          + " ListWebAuthnCredentials ListUserSessions AdminListUserSessions GetGroup ListGroups"),
  USER_RESOURCE_UPDATE(
      25,
      Kind.WRITE,
      "AssociateSoftwareToken VerifySoftwareToken AdminDeleteSoftwareToken ConfirmDevice"
          + " ForgetDevice AdminForgetDevice UpdateDeviceStatus AdminUpdateDeviceStatus"
          + " StartWebAuthnRegistration CompleteWebAuthnRegistration DeleteWebAuthnCredential"
          + " CreateGroup UpdateGroup DeleteGroup"),
  USER_LIST(30, Kind.READ, "ListUsers ListUsersInGroup"),
  POOL_READ(15, Kind.READ, "DescribeUserPool ListUserPools"),
  POOL_UPDATE(15, Kind.WRITE, "CreateUserPool UpdateUserPool DeleteUserPool"),
  POOL_RESOURCE_READ(
      20,
      Kind.POOL,
      "DescribeIdentityProvider DescribeResourceServer DescribeUserPoolDomain GetCSVHeader"
          + " DescribeUserImportJob GetIdentityProviderByIdentifier GetSigningCertificate"
          + " GetUICustomization GetUserPoolMfaConfig ListIdentityProviders ListResourceServers"
          + " ListTagsForResource ListUserImportJobs DescribeRiskConfiguration"
          + " GetLogDeliveryConfiguration DescribeManagedLoginBranding"
          + " DescribeManagedLoginBrandingByClient DescribeTerms DescribeTermsByClient ListTerms"
          + " ListUserPoolReplicas GetUserPoolSessionConfiguration GetProvisionedLimit"),
  POOL_RESOURCE_UPDATE(
      15,
      Kind.POOL,
      "AddCustomAttributes CreateIdentityProvider CreateResourceServer CreateUserImportJob"
          + " CreateUserPoolDomain DeleteIdentityProvider DeleteResourceServer"
          + " DeleteUserPoolDomain SetUICustomization SetUserPoolMfaConfig StartUserImportJob"
          + " StopUserImportJob UpdateIdentityProvider UpdateResourceServer UpdateUserPoolDomain"
          + " TagResource UntagResource SetRiskConfiguration SetLogDeliveryConfiguration"
          + " CreateManagedLoginBranding UpdateManagedLoginBranding DeleteManagedLoginBranding"
          + " CreateTerms UpdateTerms DeleteTerms CreateUserPoolReplica UpdateUserPoolReplica"
          + " DeleteUserPoolReplica SetUserPoolSessionConfiguration UpdateProvisionedLimit"),
  CLIENT_READ(
      15,
      Kind.POOL,
      "DescribeUserPoolClient ListUserPoolClients ListUserPoolClientSecrets"
          + " GetUserPoolClientSessionConfiguration"),
  CLIENT_UPDATE(
      15,
      Kind.POOL,
      "CreateUserPoolClient UpdateUserPoolClient DeleteUserPoolClient AddUserPoolClientSecret"
          + " DeleteUserPoolClientSecret SetUserPoolClientSessionConfiguration"),
  CLIENT_AUTHENTICATION(150, Kind.READ, "GetClientToken");

  /** Whose further limit counts: a user's reads or writes, or one operation of a pool. */
  enum Kind {
    READ,
    WRITE,
    POOL
  }

  private static final Map<String, AwsRates> BY_OPERATION =
      Arrays.stream(values())
          .flatMap(
              rate -> Arrays.stream(rate.operations.split(" ")).map(name -> Map.entry(name, rate)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final int perSecond;
  private final Kind kind;
  private final String operations;

  AwsRates(int perSecond, Kind kind, String operations) {
    this.perSecond = perSecond;
    this.kind = kind;
    this.operations = operations;
  }

  int perSecond() {
    return perSecond;
  }

  Kind kind() {
    return kind;
  }

  /**
   * An operation's category.
   *
   * @throws IllegalArgumentException if it has none
   */
  static AwsRates of(String operation) {
    AwsRates rate = BY_OPERATION.get(operation);
    if (rate == null) {
      throw new IllegalArgumentException("no request rate for " + operation);
    }
    return rate;
  }
}
