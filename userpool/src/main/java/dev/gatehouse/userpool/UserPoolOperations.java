package dev.gatehouse.userpool;

import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.userpool.UserPoolModule.Ground;
import dev.gatehouse.userpool.api.AddCustomAttributes;
import dev.gatehouse.userpool.api.AddUserPoolClientSecret;
import dev.gatehouse.userpool.api.AdminAddUserToGroup;
import dev.gatehouse.userpool.api.AdminConfirmSignUp;
import dev.gatehouse.userpool.api.AdminCreateUser;
import dev.gatehouse.userpool.api.AdminDeleteSoftwareToken;
import dev.gatehouse.userpool.api.AdminDeleteUser;
import dev.gatehouse.userpool.api.AdminDeleteUserAttributes;
import dev.gatehouse.userpool.api.AdminDisableUser;
import dev.gatehouse.userpool.api.AdminEnableUser;
import dev.gatehouse.userpool.api.AdminForgetDevice;
import dev.gatehouse.userpool.api.AdminGetDevice;
import dev.gatehouse.userpool.api.AdminGetUser;
import dev.gatehouse.userpool.api.AdminGetUserAuthFactors;
import dev.gatehouse.userpool.api.AdminInitiateAuth;
import dev.gatehouse.userpool.api.AdminListDevices;
import dev.gatehouse.userpool.api.AdminListGroupsForUser;
import dev.gatehouse.userpool.api.AdminListUserAuthEvents;
import dev.gatehouse.userpool.api.AdminListUserSessions;
import dev.gatehouse.userpool.api.AdminRemoveUserFromGroup;
import dev.gatehouse.userpool.api.AdminResetUserPassword;
import dev.gatehouse.userpool.api.AdminRespondToAuthChallenge;
import dev.gatehouse.userpool.api.AdminRevokeUserSession;
import dev.gatehouse.userpool.api.AdminSetUserMFAPreference;
import dev.gatehouse.userpool.api.AdminSetUserPassword;
import dev.gatehouse.userpool.api.AdminSetUserSettings;
import dev.gatehouse.userpool.api.AdminUpdateDeviceStatus;
import dev.gatehouse.userpool.api.AdminUpdateUserAttributes;
import dev.gatehouse.userpool.api.AdminUserGlobalSignOut;
import dev.gatehouse.userpool.api.AssociateSoftwareToken;
import dev.gatehouse.userpool.api.ChangePassword;
import dev.gatehouse.userpool.api.CompleteWebAuthnRegistration;
import dev.gatehouse.userpool.api.ConfirmDevice;
import dev.gatehouse.userpool.api.ConfirmForgotPassword;
import dev.gatehouse.userpool.api.ConfirmSignUp;
import dev.gatehouse.userpool.api.CreateGroup;
import dev.gatehouse.userpool.api.CreateUserImportJob;
import dev.gatehouse.userpool.api.CreateUserPool;
import dev.gatehouse.userpool.api.CreateUserPoolClient;
import dev.gatehouse.userpool.api.DeleteGroup;
import dev.gatehouse.userpool.api.DeleteUser;
import dev.gatehouse.userpool.api.DeleteUserAttributes;
import dev.gatehouse.userpool.api.DeleteUserPool;
import dev.gatehouse.userpool.api.DeleteUserPoolClient;
import dev.gatehouse.userpool.api.DeleteUserPoolClientSecret;
import dev.gatehouse.userpool.api.DeleteWebAuthnCredential;
import dev.gatehouse.userpool.api.DescribeUserImportJob;
import dev.gatehouse.userpool.api.DescribeUserPool;
import dev.gatehouse.userpool.api.DescribeUserPoolClient;
import dev.gatehouse.userpool.api.ForgetDevice;
import dev.gatehouse.userpool.api.ForgotPassword;
import dev.gatehouse.userpool.api.GetCSVHeader;
import dev.gatehouse.userpool.api.GetDevice;
import dev.gatehouse.userpool.api.GetGroup;
import dev.gatehouse.userpool.api.GetSigningCertificate;
import dev.gatehouse.userpool.api.GetTokensFromRefreshToken;
import dev.gatehouse.userpool.api.GetUser;
import dev.gatehouse.userpool.api.GetUserAttributeVerificationCode;
import dev.gatehouse.userpool.api.GetUserAuthFactors;
import dev.gatehouse.userpool.api.GetUserPoolClientSessionConfiguration;
import dev.gatehouse.userpool.api.GetUserPoolMfaConfig;
import dev.gatehouse.userpool.api.GetUserPoolSessionConfiguration;
import dev.gatehouse.userpool.api.GlobalSignOut;
import dev.gatehouse.userpool.api.InitiateAuth;
import dev.gatehouse.userpool.api.ListDevices;
import dev.gatehouse.userpool.api.ListGroups;
import dev.gatehouse.userpool.api.ListTagsForResource;
import dev.gatehouse.userpool.api.ListUserImportJobs;
import dev.gatehouse.userpool.api.ListUserPoolClientSecrets;
import dev.gatehouse.userpool.api.ListUserPoolClients;
import dev.gatehouse.userpool.api.ListUserPools;
import dev.gatehouse.userpool.api.ListUserSessions;
import dev.gatehouse.userpool.api.ListUsers;
import dev.gatehouse.userpool.api.ListUsersInGroup;
import dev.gatehouse.userpool.api.ListWebAuthnCredentials;
import dev.gatehouse.userpool.api.ResendConfirmationCode;
import dev.gatehouse.userpool.api.RespondToAuthChallenge;
import dev.gatehouse.userpool.api.RevokeToken;
import dev.gatehouse.userpool.api.RevokeUserSession;
import dev.gatehouse.userpool.api.SetUserMFAPreference;
import dev.gatehouse.userpool.api.SetUserPoolClientSessionConfiguration;
import dev.gatehouse.userpool.api.SetUserPoolMfaConfig;
import dev.gatehouse.userpool.api.SetUserPoolSessionConfiguration;
import dev.gatehouse.userpool.api.SetUserSettings;
import dev.gatehouse.userpool.api.SignUp;
import dev.gatehouse.userpool.api.StartUserImportJob;
import dev.gatehouse.userpool.api.StartWebAuthnRegistration;
import dev.gatehouse.userpool.api.StopUserImportJob;
import dev.gatehouse.userpool.api.TagResource;
import dev.gatehouse.userpool.api.UntagResource;
import dev.gatehouse.userpool.api.UpdateDeviceStatus;
import dev.gatehouse.userpool.api.UpdateGroup;
import dev.gatehouse.userpool.api.UpdateUserAttributes;
import dev.gatehouse.userpool.api.UpdateUserPool;
import dev.gatehouse.userpool.api.UpdateUserPoolClient;
import dev.gatehouse.userpool.api.VerifySoftwareToken;
import dev.gatehouse.userpool.api.VerifyUserAttribute;
import dev.gatehouse.userpool.token.SigningCertificates;

/**
 * The operation table of user pools: name and handler of each operation that is served, by theme.
 */
public final class UserPoolOperations {
  /** Where the rows go. */
  @FunctionalInterface
  public interface Table {
    <I, O> void serve(OperationModel<I, O> model, Operation<I, O> handler);
  }

  private UserPoolOperations() {}

  public static void list(UserPoolModule m, Table table) {
    pools(m, m.ground, table);
    clients(m, m.ground, table);
    signUp(m, m.ground, table);
    signIn(m, m.ground, table);
    ownAccount(m, m.ground, table);
    factors(m, m.ground, table);
    devices(m, m.ground, table);
    users(m, m.ground, table);
    groups(m, m.ground, table);
    imports(m, m.ground, table);
    sessions(m, m.ground, table);
  }

  /** Pools and their settings. */
  private static void pools(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.CREATE_USER_POOL,
        new CreateUserPool(m.poolCreation, m.poolChecks, g.vault(), g.ids()));
    table.serve(
        CognitoIdpOperations.DESCRIBE_USER_POOL,
        new DescribeUserPool(m.pools, g.database(), g.vault()));
    table.serve(
        CognitoIdpOperations.UPDATE_USER_POOL, new UpdateUserPool(m.poolWriting, m.poolChecks));
    table.serve(
        CognitoIdpOperations.DELETE_USER_POOL,
        new DeleteUserPool(m.pools, g.database(), g.clock()));
    table.serve(
        CognitoIdpOperations.LIST_USER_POOLS, new ListUserPools(g.database(), m.pageTokens));
    table.serve(CognitoIdpOperations.ADD_CUSTOM_ATTRIBUTES, new AddCustomAttributes(m.poolWriting));
    table.serve(
        CognitoIdpOperations.SET_USER_POOL_MFA_CONFIG,
        new SetUserPoolMfaConfig(m.poolWriting, m.poolChecks));
    table.serve(CognitoIdpOperations.GET_USER_POOL_MFA_CONFIG, new GetUserPoolMfaConfig(m.pools));
    table.serve(
        CognitoIdpOperations.GET_SIGNING_CERTIFICATE,
        new GetSigningCertificate(
            m.pools,
            new SigningCertificates(g.database(), g.vault(), g.rs256(), g.keyStock(), g.clock())));
    table.serve(
        CognitoIdpOperations.TAG_RESOURCE,
        new TagResource(m.pools, m.poolWriting, m.poolChecks, g.vault()));
    table.serve(
        CognitoIdpOperations.UNTAG_RESOURCE, new UntagResource(m.pools, m.poolWriting, g.vault()));
    table.serve(
        CognitoIdpOperations.LIST_TAGS_FOR_RESOURCE, new ListTagsForResource(m.pools, g.vault()));
  }

  /** App clients and their secrets. */
  private static void clients(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
        new CreateUserPoolClient(m.pools, m.poolCreation, m.poolChecks, g.ids()));
    table.serve(
        CognitoIdpOperations.DESCRIBE_USER_POOL_CLIENT, new DescribeUserPoolClient(m.pools));
    table.serve(
        CognitoIdpOperations.UPDATE_USER_POOL_CLIENT,
        new UpdateUserPoolClient(m.pools, m.poolWriting, m.poolChecks));
    table.serve(
        CognitoIdpOperations.DELETE_USER_POOL_CLIENT,
        new DeleteUserPoolClient(m.pools, g.database()));
    table.serve(
        CognitoIdpOperations.LIST_USER_POOL_CLIENTS,
        new ListUserPoolClients(m.pools, g.database(), m.pageTokens));
    table.serve(
        CognitoIdpOperations.ADD_USER_POOL_CLIENT_SECRET,
        new AddUserPoolClientSecret(m.pools, g.database(), g.vault(), g.clock(), g.ids()));
    table.serve(
        CognitoIdpOperations.LIST_USER_POOL_CLIENT_SECRETS, new ListUserPoolClientSecrets(m.pools));
    table.serve(
        CognitoIdpOperations.DELETE_USER_POOL_CLIENT_SECRET,
        new DeleteUserPoolClientSecret(m.pools, g.database()));
  }

  /** Registration and forgotten passwords; unsigned. */
  private static void signUp(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.SIGN_UP,
        new SignUp(
            m.pools,
            g.database(),
            m.passwords,
            m.codes,
            m.messages,
            m.triggers,
            m.autoSignIn,
            m.events,
            g.clock(),
            g.ids()));
    table.serve(
        CognitoIdpOperations.CONFIRM_SIGN_UP,
        new ConfirmSignUp(
            m.pools, g.database(), m.users, m.codes, m.triggers, m.autoSignIn, g.clock()));
    table.serve(
        CognitoIdpOperations.RESEND_CONFIRMATION_CODE,
        new ResendConfirmationCode(m.pools, g.database(), m.users, m.codeSending, m.events));
    table.serve(
        CognitoIdpOperations.FORGOT_PASSWORD,
        new ForgotPassword(m.pools, g.database(), m.users, m.codeSending, m.migration, m.events));
    table.serve(
        CognitoIdpOperations.CONFIRM_FORGOT_PASSWORD,
        new ConfirmForgotPassword(
            m.pools,
            g.database(),
            m.users,
            m.codes,
            m.passwords,
            m.triggers,
            m.events,
            g.clock(),
            g.ids()));
  }

  /** Sign-in, refresh, sign-out. */
  private static void signIn(UserPoolModule m, Ground g, Table table) {
    table.serve(CognitoIdpOperations.INITIATE_AUTH, new InitiateAuth(m.pools, m.engine));
    table.serve(
        CognitoIdpOperations.RESPOND_TO_AUTH_CHALLENGE,
        new RespondToAuthChallenge(m.pools, m.engine));
    table.serve(CognitoIdpOperations.ADMIN_INITIATE_AUTH, new AdminInitiateAuth(m.pools, m.engine));
    table.serve(
        CognitoIdpOperations.ADMIN_RESPOND_TO_AUTH_CHALLENGE,
        new AdminRespondToAuthChallenge(m.pools, m.engine));
    table.serve(
        CognitoIdpOperations.GET_TOKENS_FROM_REFRESH_TOKEN,
        new GetTokensFromRefreshToken(m.pools, m.refreshFlow));
    table.serve(
        CognitoIdpOperations.REVOKE_TOKEN, new RevokeToken(m.pools, g.database(), m.refreshTokens));
    table.serve(
        CognitoIdpOperations.GLOBAL_SIGN_OUT,
        new GlobalSignOut(m.accessTokens, g.database(), g.clock()));
  }

  /** What the bearer of an access token does with its own account. */
  private static void ownAccount(UserPoolModule m, Ground g, Table table) {
    table.serve(CognitoIdpOperations.GET_USER, new GetUser(m.accessTokens));
    table.serve(CognitoIdpOperations.DELETE_USER, new DeleteUser(m.accessTokens, g.database()));
    table.serve(
        CognitoIdpOperations.CHANGE_PASSWORD,
        new ChangePassword(
            m.accessTokens, g.database(), m.passwords, m.events, g.clock(), g.ids()));
    table.serve(
        CognitoIdpOperations.UPDATE_USER_ATTRIBUTES,
        new UpdateUserAttributes(m.accessTokens, m.attributeWriting, g.clock()));
    table.serve(
        CognitoIdpOperations.DELETE_USER_ATTRIBUTES,
        new DeleteUserAttributes(m.accessTokens, m.attributeWriting, g.clock()));
    table.serve(
        CognitoIdpOperations.GET_USER_ATTRIBUTE_VERIFICATION_CODE,
        new GetUserAttributeVerificationCode(m.accessTokens, g.database(), m.codeSending));
    table.serve(
        CognitoIdpOperations.VERIFY_USER_ATTRIBUTE,
        new VerifyUserAttribute(m.accessTokens, g.database(), m.codes, g.clock()));
  }

  /** Second factors, set by their owner or by an administrator. */
  private static void factors(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.ASSOCIATE_SOFTWARE_TOKEN,
        new AssociateSoftwareToken(m.accessTokens, m.tokenSetup));
    table.serve(
        CognitoIdpOperations.VERIFY_SOFTWARE_TOKEN,
        new VerifySoftwareToken(m.accessTokens, m.tokenSetup));
    table.serve(
        CognitoIdpOperations.ADMIN_DELETE_SOFTWARE_TOKEN,
        new AdminDeleteSoftwareToken(m.pools, g.database(), g.clock()));
    table.serve(
        CognitoIdpOperations.SET_USER_MFA_PREFERENCE,
        new SetUserMFAPreference(m.accessTokens, m.mfaPreferences));
    table.serve(
        CognitoIdpOperations.ADMIN_SET_USER_MFA_PREFERENCE,
        new AdminSetUserMFAPreference(m.pools, m.mfaPreferences));
    table.serve(
        CognitoIdpOperations.SET_USER_SETTINGS,
        new SetUserSettings(m.accessTokens, m.mfaPreferences));
    table.serve(
        CognitoIdpOperations.ADMIN_SET_USER_SETTINGS,
        new AdminSetUserSettings(m.pools, m.mfaPreferences));
    table.serve(
        CognitoIdpOperations.START_WEB_AUTHN_REGISTRATION,
        new StartWebAuthnRegistration(m.accessTokens, m.passkeyRegistration));
    table.serve(
        CognitoIdpOperations.COMPLETE_WEB_AUTHN_REGISTRATION,
        new CompleteWebAuthnRegistration(m.accessTokens, m.passkeyRegistration));
    table.serve(
        CognitoIdpOperations.LIST_WEB_AUTHN_CREDENTIALS,
        new ListWebAuthnCredentials(m.accessTokens, g.database(), m.pageTokens));
    table.serve(
        CognitoIdpOperations.DELETE_WEB_AUTHN_CREDENTIAL,
        new DeleteWebAuthnCredential(m.accessTokens, g.database()));
    table.serve(
        CognitoIdpOperations.GET_USER_AUTH_FACTORS,
        new GetUserAuthFactors(m.accessTokens, g.database()));
    table.serve(
        CognitoIdpOperations.ADMIN_GET_USER_AUTH_FACTORS,
        new AdminGetUserAuthFactors(m.pools, g.database()));
  }

  /** Remembered devices, of their owner or for an administrator. */
  private static void devices(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.CONFIRM_DEVICE,
        new ConfirmDevice(m.accessTokens, m.devices, g.database(), g.clock()));
    table.serve(CognitoIdpOperations.GET_DEVICE, new GetDevice(m.accessTokens, m.deviceRecords));
    table.serve(
        CognitoIdpOperations.LIST_DEVICES, new ListDevices(m.accessTokens, m.deviceRecords));
    table.serve(
        CognitoIdpOperations.UPDATE_DEVICE_STATUS,
        new UpdateDeviceStatus(m.accessTokens, m.deviceRecords));
    table.serve(
        CognitoIdpOperations.FORGET_DEVICE, new ForgetDevice(m.accessTokens, m.deviceRecords));
    table.serve(
        CognitoIdpOperations.ADMIN_GET_DEVICE,
        new AdminGetDevice(m.pools, g.database(), m.deviceRecords));
    table.serve(
        CognitoIdpOperations.ADMIN_LIST_DEVICES,
        new AdminListDevices(m.pools, g.database(), m.deviceRecords));
    table.serve(
        CognitoIdpOperations.ADMIN_UPDATE_DEVICE_STATUS,
        new AdminUpdateDeviceStatus(m.pools, g.database(), m.deviceRecords));
    table.serve(
        CognitoIdpOperations.ADMIN_FORGET_DEVICE,
        new AdminForgetDevice(m.pools, g.database(), m.deviceRecords));
  }

  /** What administrators do with users; signed. */
  private static void users(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        new AdminCreateUser(
            m.pools, g.database(), m.passwords, m.messages, m.triggers, g.clock(), g.ids()));
    table.serve(CognitoIdpOperations.ADMIN_GET_USER, new AdminGetUser(m.pools, g.database()));
    table.serve(CognitoIdpOperations.ADMIN_DELETE_USER, new AdminDeleteUser(m.pools, g.database()));
    table.serve(
        CognitoIdpOperations.ADMIN_ENABLE_USER,
        new AdminEnableUser(m.pools, g.database(), g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_DISABLE_USER,
        new AdminDisableUser(m.pools, g.database(), g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_CONFIRM_SIGN_UP,
        new AdminConfirmSignUp(m.pools, g.database(), m.triggers, g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_SET_USER_PASSWORD,
        new AdminSetUserPassword(m.pools, g.database(), m.passwords, g.clock(), g.ids()));
    table.serve(
        CognitoIdpOperations.ADMIN_RESET_USER_PASSWORD,
        new AdminResetUserPassword(m.pools, g.database(), m.codes, m.messages, g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_UPDATE_USER_ATTRIBUTES,
        new AdminUpdateUserAttributes(m.pools, m.attributeWriting, g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_DELETE_USER_ATTRIBUTES,
        new AdminDeleteUserAttributes(m.pools, m.attributeWriting, g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_USER_GLOBAL_SIGN_OUT,
        new AdminUserGlobalSignOut(m.pools, g.database(), g.clock()));
    table.serve(
        CognitoIdpOperations.LIST_USERS, new ListUsers(m.pools, g.database(), m.pageTokens));
    table.serve(
        CognitoIdpOperations.ADMIN_LIST_USER_AUTH_EVENTS,
        new AdminListUserAuthEvents(m.pools, g.database(), m.pageTokens));
  }

  /** Groups and who is in them; signed. */
  private static void groups(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.CREATE_GROUP,
        new CreateGroup(m.pools, g.database(), g.clock(), g.ids()));
    table.serve(CognitoIdpOperations.GET_GROUP, new GetGroup(m.pools, g.database()));
    table.serve(
        CognitoIdpOperations.UPDATE_GROUP, new UpdateGroup(m.pools, g.database(), g.clock()));
    table.serve(CognitoIdpOperations.DELETE_GROUP, new DeleteGroup(m.pools, g.database()));
    table.serve(
        CognitoIdpOperations.LIST_GROUPS, new ListGroups(m.pools, g.database(), m.pageTokens));
    table.serve(
        CognitoIdpOperations.ADMIN_ADD_USER_TO_GROUP,
        new AdminAddUserToGroup(m.pools, g.database()));
    table.serve(
        CognitoIdpOperations.ADMIN_REMOVE_USER_FROM_GROUP,
        new AdminRemoveUserFromGroup(m.pools, g.database()));
    table.serve(
        CognitoIdpOperations.ADMIN_LIST_GROUPS_FOR_USER,
        new AdminListGroupsForUser(m.pools, g.database(), m.pageTokens));
    table.serve(
        CognitoIdpOperations.LIST_USERS_IN_GROUP,
        new ListUsersInGroup(m.pools, g.database(), m.pageTokens));
  }

  /** User import; signed. */
  private static void imports(UserPoolModule m, Ground g, Table table) {
    table.serve(CognitoIdpOperations.GET_CSV_HEADER, new GetCSVHeader(m.pools));
    table.serve(
        CognitoIdpOperations.CREATE_USER_IMPORT_JOB,
        new CreateUserImportJob(m.pools, m.imports.jobs(), m.imports.uploadAddress()));
    table.serve(
        CognitoIdpOperations.DESCRIBE_USER_IMPORT_JOB,
        new DescribeUserImportJob(m.pools, m.imports.jobs(), m.imports.uploadAddress()));
    table.serve(
        CognitoIdpOperations.LIST_USER_IMPORT_JOBS,
        new ListUserImportJobs(m.pools, g.database(), m.pageTokens, m.imports.uploadAddress()));
    table.serve(
        CognitoIdpOperations.START_USER_IMPORT_JOB,
        new StartUserImportJob(m.pools, m.imports.jobs(), m.imports.uploadAddress()));
    table.serve(
        CognitoIdpOperations.STOP_USER_IMPORT_JOB,
        new StopUserImportJob(m.pools, m.imports.jobs(), m.imports.uploadAddress()));
  }

  /** Tracked sessions, and whether they are tracked. */
  private static void sessions(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.LIST_USER_SESSIONS,
        new ListUserSessions(m.accessTokens, m.pools, g.database(), m.pageTokens, g.clock()));
    table.serve(
        CognitoIdpOperations.REVOKE_USER_SESSION,
        new RevokeUserSession(m.accessTokens, m.pools, g.database(), m.pageTokens, g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_LIST_USER_SESSIONS,
        new AdminListUserSessions(m.pools, g.database(), m.pageTokens, g.clock()));
    table.serve(
        CognitoIdpOperations.ADMIN_REVOKE_USER_SESSION,
        new AdminRevokeUserSession(m.pools, g.database(), m.pageTokens, g.clock()));
    table.serve(
        CognitoIdpOperations.GET_USER_POOL_SESSION_CONFIGURATION,
        new GetUserPoolSessionConfiguration(m.pools));
    table.serve(
        CognitoIdpOperations.SET_USER_POOL_SESSION_CONFIGURATION,
        new SetUserPoolSessionConfiguration(m.poolWriting, m.poolChecks, g.database(), g.clock()));
    table.serve(
        CognitoIdpOperations.GET_USER_POOL_CLIENT_SESSION_CONFIGURATION,
        new GetUserPoolClientSessionConfiguration(m.pools));
    table.serve(
        CognitoIdpOperations.SET_USER_POOL_CLIENT_SESSION_CONFIGURATION,
        new SetUserPoolClientSessionConfiguration(m.pools, m.poolWriting, m.poolChecks));
  }
}
