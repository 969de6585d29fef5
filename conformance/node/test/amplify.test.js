// shows: protocol-01, auth-01, auth-08, tokens-02 through aws-amplify v6, unmodified.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import {
  AdminForgetDeviceCommand,
  GetUserCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { Amplify } from 'aws-amplify';
import {
  confirmResetPassword,
  confirmSignUp,
  fetchAuthSession,
  fetchDevices,
  getCurrentUser,
  resetPassword,
  setUpTOTP,
  signIn,
  signOut,
  signUp,
  updateMFAPreference,
  updatePassword,
  verifyTOTPSetup,
} from 'aws-amplify/auth';
import { cognitoUserPoolsTokenProvider } from 'aws-amplify/auth/cognito';
import { admin, codeSentTo, createClient, createPool, endpoint, shows, uniqueName } from '../server.js';

const PASSWORD = 'Pässwörd-1 ünïcode';

// every browser has it, Node from 21 on: Amplify names devices after it
globalThis.navigator ??= { userAgent: 'node' };

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
async function configure(clientInput = {}, poolInput = {}) {
  const pool = await createPool(poolInput);
  const client = await createClient(pool, clientInput);
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: pool.Id, userPoolClientId: client.ClientId, userPoolEndpoint: `${endpoint}/` },
    },
  });
  cognitoUserPoolsTokenProvider.setKeyValueStorage(storageInMemory());
  return pool;
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

/** What an authenticator app shows now (RFC 6238). */
function totp(secret) {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'));
  const key = Buffer.from(bits.join('').match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const mac = createHmac('sha1', key).update(step).digest();
  return String((mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

shows('auth-08', 'aws-amplify registers its device, signs in with it without the MFA code, and again with the code once it is forgotten', async () => {
  const pool = await configure({}, {
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  });
  await admin.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: pool.Id,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  const { username } = await newUser();
  await signIn({ username, password: PASSWORD });
  const [device] = await fetchDevices();
  const { sharedSecret } = await setUpTOTP();
  await verifyTOTPSetup({ code: totp(sharedSecret) });
  await updateMFAPreference({ totp: 'PREFERRED' });
  const first = (await fetchAuthSession()).tokens.accessToken;
  const refreshed = (await fetchAuthSession({ forceRefresh: true })).tokens.accessToken;
  assert.equal(refreshed.payload.device_key, device.id);
  assert.equal(first.payload.device_key, device.id);
  await signOut();

  assert.equal((await signIn({ username, password: PASSWORD })).nextStep.signInStep, 'DONE');
  assert.deepEqual((await fetchDevices()).map((known) => known.id), [device.id]);
  await signOut();

  await admin.send(
    new AdminForgetDeviceCommand({ UserPoolId: pool.Id, Username: username, DeviceKey: device.id }),
  );
  const asked = await signIn({ username, password: PASSWORD });
  assert.equal(asked.nextStep.signInStep, 'CONFIRM_SIGN_IN_WITH_TOTP_CODE');
});
