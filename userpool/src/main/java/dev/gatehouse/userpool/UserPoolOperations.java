package dev.gatehouse.userpool;

import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.userpool.UserPoolModule.Ground;
import dev.gatehouse.userpool.api.AdminInitiateAuth;
import dev.gatehouse.userpool.api.AdminRespondToAuthChallenge;
import dev.gatehouse.userpool.api.ChangePassword;
import dev.gatehouse.userpool.api.ConfirmSignUp;
import dev.gatehouse.userpool.api.CreateUserPool;
import dev.gatehouse.userpool.api.CreateUserPoolClient;
import dev.gatehouse.userpool.api.DeleteUser;
import dev.gatehouse.userpool.api.GetTokensFromRefreshToken;
import dev.gatehouse.userpool.api.GetUser;
import dev.gatehouse.userpool.api.GlobalSignOut;
import dev.gatehouse.userpool.api.InitiateAuth;
import dev.gatehouse.userpool.api.ResendConfirmationCode;
import dev.gatehouse.userpool.api.RespondToAuthChallenge;
import dev.gatehouse.userpool.api.RevokeToken;
import dev.gatehouse.userpool.api.SignUp;

/**
 * The operation table of user pools: name and handler of each operation that is served, in themes.
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
    signUp(m, m.ground, table);
    signIn(m, m.ground, table);
    ownAccount(m, m.ground, table);
  }

  private static void pools(UserPoolModule m, Ground g, Table table) {
    table.serve(
        CognitoIdpOperations.CREATE_USER_POOL,
        new CreateUserPool(
            g.database(), g.vault(), m.signingKeys, m.poolChecks, g.clock(), g.ids()));
    table.serve(
        CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
        new CreateUserPoolClient(m.pools, g.database(), g.clock(), g.ids()));
  }

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
            g.clock(),
            g.ids()));
    table.serve(
        CognitoIdpOperations.CONFIRM_SIGN_UP,
        new ConfirmSignUp(m.pools, g.database(), m.users, m.codes, m.triggers, g.clock()));
    table.serve(
        CognitoIdpOperations.RESEND_CONFIRMATION_CODE,
        new ResendConfirmationCode(m.pools, g.database(), m.users, m.codeSending));
  }

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

  private static void ownAccount(UserPoolModule m, Ground g, Table table) {
    table.serve(CognitoIdpOperations.GET_USER, new GetUser(m.accessTokens));
    table.serve(CognitoIdpOperations.DELETE_USER, new DeleteUser(m.accessTokens, g.database()));
    table.serve(
        CognitoIdpOperations.CHANGE_PASSWORD,
        new ChangePassword(m.accessTokens, g.database(), m.passwords, g.clock(), g.ids()));
  }
}
