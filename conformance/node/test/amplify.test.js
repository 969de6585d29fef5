// shows: protocol-01, auth-01, tokens-02 through aws-amplify v6, unmodified.
import assert from 'node:assert/strict';
import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { Amplify } from 'aws-amplify';
import {
  confirmResetPassword,
  confirmSignUp,
  fetchAuthSession,
  getCurrentUser,
  resetPassword,
  signIn,
  signOut,
  signUp,
  updatePassword,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { admin, codeSentTo, createClient, createPool, endpoint, shows, uniqueName } from '../server.js';

const PASSWORD = 'Pässwörd-1 ünïcode';

/** Amplify's storage for places without localStorage. */
function storageInMemory() {
  const items = new Map();
  return {
    setItem: async (key, value) => void items.set(key, value),
    getItem: async (key) => items.get(key) ?? null,
    removeItem: async (key) => void items.delete(key),
    clear: async () => items.clear(),
  };
}

/** Points Amplify at a new pool, as an application does at its start. */
async function configure(clientInput = {}) {
  const pool = await createPool();
  const client = await createClient(pool, clientInput);
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: pool.Id, userPoolClientId: client.ClientId, userPoolEndpoint: `${endpoint}/` },
    },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storageInMemory());
}

async function newUser() {
  const username = uniqueName();
  const email = `${username}@example.com`;
  const signedUp = await signUp({ username, password: PASSWORD, options: { userAttributes: { email } } });
  assert.equal(signedUp.nextStep.signUpStep, 'CONFIRM_SIGN_UP');
  assert.equal(signedUp.nextStep.codeDeliveryDetails.deliveryMedium, 'EMAIL');
  const confirmed = await confirmSignUp({ username, confirmationCode: await codeSentTo(email) });
  assert.equal(confirmed.nextStep.signUpStep, 'DONE');
  return { username, email };
}

shows('protocol-01', 'aws-amplify signs up, confirms, signs in with SRP, changes and resets the password', async () => {
  await configure();
  const { username, email } = await newUser();

  const signedIn = await signIn({ username, password: PASSWORD });
  assert.deepEqual(signedIn, { isSignedIn: true, nextStep: { signInStep: 'DONE' } });
  assert.equal((await getCurrentUser()).username, username);
  const { tokens } = await fetchAuthSession();
  assert.equal(tokens.idToken.payload.email, email);

  await updatePassword({ oldPassword: PASSWORD, newPassword: 'Changed-1 ß' });
  await signOut();
  const reset = await resetPassword({ username });
  assert.equal(reset.nextStep.resetPasswordStep, 'CONFIRM_RESET_PASSWORD_WITH_CODE');
  await confirmResetPassword({
    username,
    confirmationCode: await codeSentTo(email),
    newPassword: 'Reset-22 ß',
  });
  await assert.rejects(signIn({ username, password: 'Changed-1 ß' }), { name: 'NotAuthorizedException' });
  assert.equal((await signIn({ username, password: 'Reset-22 ß' })).isSignedIn, true);
  await signOut();
});

shows('auth-01', 'aws-amplify is refused with a wrong password', async () => {
  await configure();
  const { username } = await newUser();
  await assert.rejects(signIn({ username, password: 'P@ssw0rd-2' }), {
    name: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
  await assert.rejects(getCurrentUser(), { name: 'UserUnAuthenticatedException' });
});

shows('tokens-02', 'aws-amplify refreshes, and its signOut revokes what was issued', async () => {
  await configure();
  const { username } = await newUser();
  await signIn({ username, password: PASSWORD });
  const first = (await fetchAuthSession()).tokens.accessToken;
  const second = (await fetchAuthSession({ forceRefresh: true })).tokens.accessToken;
  assert.notEqual(second.toString(), first.toString());
  assert.equal(second.payload.origin_jti, first.payload.origin_jti);
  const getUser = (token) => admin.send(new GetUserCommand({ AccessToken: token.toString() }));
  assert.equal((await getUser(second)).Username, username);

  await signOut();
  for (const token of [first, second]) {
    await assert.rejects(getUser(token), {
      name: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
  }
});
