// shows: protocol-01, auth-01, auth-08, tokens-01, tokens-02 through amazon-cognito-identity-js, unmodified.
import assert from 'node:assert/strict';
import { AuthenticationDetails, CognitoUser, CognitoUserAttribute, CognitoUserPool } from 'amazon-cognito-identity-js';
import { JwtVerifier } from 'aws-jwt-verify';
import { codeSentTo, createClient, createPool, endpoint, shows, uniqueName } from '../server.js';

const promised = (call) =>
  new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));

function signIn(user, username, password) {
  return new Promise((resolve, reject) =>
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
      onSuccess: resolve,
      onFailure: reject,
      newPasswordRequired: () => reject(new Error('newPasswordRequired')),
    }),
  );
}

async function newSignedUpUser(password, poolInput = {}) {
  const pool = await createPool(poolInput);
  const client = await createClient(pool);
  const userPool = new CognitoUserPool({ UserPoolId: pool.Id, ClientId: client.ClientId, endpoint });
  const username = uniqueName();
  const email = `${username}@example.com`;
  const attributes = [new CognitoUserAttribute({ Name: 'email', Value: email })];
  const signedUp = await promised((done) => userPool.signUp(username, password, attributes, [], done));
  assert.equal(signedUp.userConfirmed, false);
  assert.match(signedUp.codeDeliveryDetails.Destination, /^u\*\*\*@e\*\*\*$/);
  const user = new CognitoUser({ Username: username, Pool: userPool });
  return { pool, client, userPool, user, username, email };
}

shows('auth-01', 'amazon-cognito-identity-js signs up, confirms, signs in with SRP, reads the user and refreshes', async () => {
  const password = 'Pässwörd-1 ünïcode';
  const { pool, client, user, username, email } = await newSignedUpUser(password);
  await promised(async (done) => user.confirmRegistration(await codeSentTo(email), false, done));

  const session = await signIn(user, username, password);
  const attributes = await promised((done) => user.getUserAttributes(done));
  assert.equal(attributes.find((a) => a.getName() === 'email').getValue(), email);
  assert.equal(attributes.find((a) => a.getName() === 'email_verified').getValue(), 'true');

  const refreshed = await promised((done) => user.refreshSession(session.getRefreshToken(), done));
  assert.notEqual(refreshed.getAccessToken().getJwtToken(), session.getAccessToken().getJwtToken());
  assert.equal(
    refreshed.getAccessToken().decodePayload().origin_jti,
    session.getAccessToken().decodePayload().origin_jti,
  );

  const jwks = await (await fetch(`${endpoint}/${pool.Id}/.well-known/jwks.json`)).json();
  const issuer = session.getIdToken().decodePayload().iss;
  const verifier = JwtVerifier.create({ issuer, audience: client.ClientId, jwksUri: 'https://loaded.by.hand/' });
  verifier.cacheJwks(jwks);
  const claims = await verifier.verify(session.getIdToken().getJwtToken());
  assert.equal(claims['cognito:username'], username);
});

shows('auth-01', 'amazon-cognito-identity-js is refused with a wrong password', async () => {
  const { user, username, email } = await newSignedUpUser('P@ssw0rd-1');
  await promised(async (done) => user.confirmRegistration(await codeSentTo(email), false, done));
  await assert.rejects(signIn(user, username, 'P@ssw0rd-2'), {
    name: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
});

shows('protocol-01', 'amazon-cognito-identity-js changes the password', async () => {
  const { user, username, email } = await newSignedUpUser('P@ssw0rd-1');
  await promised(async (done) => user.confirmRegistration(await codeSentTo(email), false, done));
  await signIn(user, username, 'P@ssw0rd-1');
  await assert.rejects(promised((done) => user.changePassword('P@ssw0rd-2', 'P@ssw0rd-3', done)), {
    name: 'NotAuthorizedException',
  });
  assert.equal(await promised((done) => user.changePassword('P@ssw0rd-1', 'P@ssw0rd-3', done)), 'SUCCESS');
  await assert.rejects(signIn(user, username, 'P@ssw0rd-1'), { name: 'NotAuthorizedException' });
  await signIn(user, username, 'P@ssw0rd-3');
});

shows('protocol-01', 'amazon-cognito-identity-js sets a new password with the code for a forgotten one', async () => {
  const { user, username, email } = await newSignedUpUser('P@ssw0rd-1');
  await promised(async (done) => user.confirmRegistration(await codeSentTo(email), false, done));
  const sent = await new Promise((resolve, reject) =>
    user.forgotPassword({ onSuccess: reject, onFailure: reject, inputVerificationCode: resolve }),
  );
  assert.equal(sent.CodeDeliveryDetails.AttributeName, 'email');
  const confirm = (code, password) =>
    new Promise((resolve, reject) =>
      user.confirmPassword(code, password, { onSuccess: resolve, onFailure: reject }),
    );
  const code = await codeSentTo(email);
  const wrong = code === '000000' ? '000001' : '000000';
  await assert.rejects(confirm(wrong, 'P@ssw0rd-4'), { name: 'CodeMismatchException' });
  assert.equal(await confirm(code, 'P@ssw0rd-4'), 'SUCCESS');
  await assert.rejects(signIn(user, username, 'P@ssw0rd-1'), { name: 'NotAuthorizedException' });
  await signIn(user, username, 'P@ssw0rd-4');
});

shows('auth-08', 'amazon-cognito-identity-js registers its device, signs in and refreshes with it, and starts anew once it is forgotten', async () => {
  const password = 'P@ssw0rd-1';
  const { user, username, email } = await newSignedUpUser(password, {
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  });
  await promised(async (done) => user.confirmRegistration(await codeSentTo(email), false, done));
  const deviceKey = (session) => session.getAccessToken().decodePayload().device_key;
  const first = deviceKey(await signIn(user, username, password));
  await new Promise((onSuccess, onFailure) => user.setDeviceStatusRemembered({ onSuccess, onFailure }));
  const device = await new Promise((onSuccess, onFailure) => user.getDevice({ onSuccess, onFailure }));
  assert.equal(device.Device.DeviceKey, first);

  const second = await signIn(user, username, password);
  assert.equal(deviceKey(second), first);
  const refreshed = await promised((done) => user.refreshSession(second.getRefreshToken(), done));
  assert.equal(deviceKey(refreshed), first);

  await new Promise((onSuccess, onFailure) => user.forgetSpecificDevice(first, { onSuccess, onFailure }));
  assert.notEqual(deviceKey(await signIn(user, username, password)), first);
});
