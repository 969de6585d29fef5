// shows: new-2026-01, new-2026-02, new-2026-04, new-2026-06 through the AWS SDK for JavaScript v3, unmodified: the one that has the session operations.
import assert from 'node:assert/strict';
import http from 'node:http';
import {
  AdminCreateUserCommand,
  AdminListUserSessionsCommand,
  AdminRevokeUserSessionCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GetUserPoolClientSessionConfigurationCommand,
  GetUserPoolSessionConfigurationCommand,
  InitiateAuthCommand,
  ListUserSessionsCommand,
  RevokeTokenCommand,
  RevokeUserSessionCommand,
  SetUserPoolClientSessionConfigurationCommand,
  SetUserPoolSessionConfigurationCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { admin, createClient, createPool, endpoint, shows, uniqueName } from '../server.js';

const Password = 'P@ssw0rd-1';

/** Moves the server's clock, so that what comes after is later. */
const later = (advance = 'PT2S') =>
  fetch(`${endpoint}/_gatehouse/clock`, { method: 'POST', body: JSON.stringify({ advance }) });

/** A client of the SDK that calls from another address of this machine, as another program. */
const callerFrom = (localAddress, userAgent) => {
  const client = new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    requestHandler: { httpAgent: new http.Agent({ localAddress }) },
  });
  client.middlewareStack.add((next) => (args) => {
    args.request.headers['user-agent'] = userAgent;
    return next(args);
  }, { step: 'build', priority: 'low' });
  return client;
};

const CHROME = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 15_0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36';
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:126.0) Gecko/20100101 Firefox/126.0';

async function createUser(pool) {
  const Username = uniqueName();
  await admin.send(new AdminCreateUserCommand({ UserPoolId: pool.Id, Username, MessageAction: 'SUPPRESS' }));
  await admin.send(new AdminSetUserPasswordCommand({ UserPoolId: pool.Id, Username, Password, Permanent: true }));
  return Username;
}

/** A pool that tracks sessions, a client of it and a user. */
async function tracked(MaxPerUser, clientInput = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] }) {
  const pool = await createPool();
  await track(pool, MaxPerUser);
  const { ClientId } = await createClient(pool, clientInput);
  return { pool, ClientId, username: await createUser(pool) };
}

const track = (pool, MaxPerUser, UserSessionTracking = 'ENABLED') =>
  admin.send(new SetUserPoolSessionConfigurationCommand({ UserPoolId: pool.Id, UserSessionTracking, TokenSession: { MaxPerUser } }));

async function signIn(ClientId, USERNAME, caller = admin) {
  await later();
  const answer = await caller.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD: Password } }),
  );
  return answer.AuthenticationResult;
}

async function refresh(ClientId, RefreshToken, caller = admin) {
  await later();
  return (await caller.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))).AuthenticationResult;
}

const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());
const sid = (tokens) => claimsOf(tokens.AccessToken).sid;

const ownSessions = async (tokens) =>
  (await admin.send(new ListUserSessionsCommand({ AccessToken: tokens.AccessToken }))).Sessions;
const sessionsOf = async (pool, Username) =>
  (await admin.send(new AdminListUserSessionsCommand({ UserPoolId: pool.Id, Username }))).Sessions;
const getUser = (tokens) => admin.send(new GetUserCommand({ AccessToken: tokens.AccessToken }));

const notFound = { name: 'ResourceNotFoundException' };
const invalid = { name: 'InvalidParameterException' };

shows('new-2026-01', 'a fresh pool answers DISABLED and 20, a fresh client 60', async () => {
  const pool = await createPool();
  const { ClientId } = await createClient(pool);
  const ofPool = await admin.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId: pool.Id }));
  assert.equal(ofPool.UserSessionTracking, 'DISABLED');
  assert.deepEqual(ofPool.TokenSession, { MaxPerUser: 20 });
  const ofClient = await admin.send(new GetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool.Id, ClientId }));
  assert.deepEqual(ofClient.SSOSession, { MaxValidityMinutes: 60 });
  await assert.rejects(
    admin.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId: 'us-east-1_nowhere00' })),
    notFound,
  );
  await assert.rejects(
    admin.send(new GetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool.Id, ClientId: 'nobodys' })),
    notFound,
  );
});

shows('new-2026-01', 'what is set is answered by Set and by Get', async () => {
  const { pool, ClientId } = await tracked(3);
  const ofPool = await admin.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId: pool.Id }));
  assert.equal(ofPool.UserSessionTracking, 'ENABLED');
  assert.deepEqual(ofPool.TokenSession, { MaxPerUser: 3 });
  for (const MaxValidityMinutes of [0, 129600]) {
    const SSOSession = { MaxValidityMinutes };
    const set = await admin.send(new SetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool.Id, ClientId, SSOSession }));
    assert.deepEqual(set.SSOSession, SSOSession);
    const got = await admin.send(new GetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool.Id, ClientId }));
    assert.deepEqual(got.SSOSession, SSOSession);
  }
  await track(pool, 100, 'DISABLED');
  await assert.rejects(
    admin.send(
      new SetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool.Id, ClientId, SSOSession: { MaxValidityMinutes: 5 } }),
    ),
    invalid,
  );
});

shows('new-2026-01', 'a missing member and figures out of range are validation errors', async () => {
  const { pool, ClientId } = await tracked(3);
  const setPool = (input) => admin.send(new SetUserPoolSessionConfigurationCommand({ UserPoolId: pool.Id, ...input }));
  const setClient = (input) =>
    admin.send(new SetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool.Id, ClientId, ...input }));
  const validation = { name: 'InvalidParameterException', message: /^1 validation error detected: / };
  await assert.rejects(setPool({ UserSessionTracking: 'ENABLED' }), validation);
  await assert.rejects(setPool({ TokenSession: { MaxPerUser: 3 } }), validation);
  await assert.rejects(setPool({ UserSessionTracking: 'ENABLED', TokenSession: {} }), validation);
  await assert.rejects(setPool({ UserSessionTracking: 'SOMETIMES', TokenSession: { MaxPerUser: 3 } }), validation);
  await assert.rejects(setClient({}), validation);
  await assert.rejects(setClient({ SSOSession: {} }), validation);
  for (const MaxPerUser of [0, 101]) {
    await assert.rejects(setPool({ UserSessionTracking: 'ENABLED', TokenSession: { MaxPerUser } }), validation);
  }
  for (const MaxValidityMinutes of [-1, 129601]) {
    await assert.rejects(setClient({ SSOSession: { MaxValidityMinutes } }), validation);
  }
  const unchanged = await admin.send(new GetUserPoolSessionConfigurationCommand({ UserPoolId: pool.Id }));
  assert.deepEqual(unchanged.TokenSession, { MaxPerUser: 3 });
});

shows('new-2026-01', 'in a LITE pool both are refused with FeatureUnavailableInTierException', async () => {
  const pool = await createPool({ UserPoolTier: 'LITE' });
  const { ClientId } = await createClient(pool);
  await assert.rejects(track(pool, 20), { name: 'FeatureUnavailableInTierException' });
  await assert.rejects(
    admin.send(
      new SetUserPoolClientSessionConfigurationCommand({ UserPoolId: pool.Id, ClientId, SSOSession: { MaxValidityMinutes: 5 } }),
    ),
    { name: 'FeatureUnavailableInTierException' },
  );
});

shows('new-2026-02', 'with MaxPerUser 2 the third sign-in ends the least recently used session, not the oldest', async () => {
  const { pool, ClientId, username } = await tracked(2);
  const first = await signIn(ClientId, username);
  const second = await signIn(ClientId, username);
  const used = await refresh(ClientId, first.RefreshToken);
  const third = await signIn(ClientId, username);
  assert.deepEqual(
    (await sessionsOf(pool, username)).map((each) => each.SessionId),
    [sid(third), sid(first)],
  );
  await assert.rejects(refresh(ClientId, second.RefreshToken), { name: 'NotAuthorizedException' });
  await assert.rejects(getUser(second), { name: 'NotAuthorizedException', message: 'Access Token has been revoked' });
  for (const tokens of [used, third]) assert.equal((await getUser(tokens)).Username, username);
  assert.ok((await refresh(ClientId, first.RefreshToken)).AccessToken);
});

shows('new-2026-02', 'another user, and a pool that does not track, keep all their sessions', async () => {
  const { pool, ClientId, username } = await tracked(1);
  const other = await createUser(pool);
  const others = await signIn(ClientId, other);
  await signIn(ClientId, username);
  await signIn(ClientId, username);
  assert.equal((await getUser(others)).Username, other);
  await track(pool, 1, 'DISABLED');
  const kept = await signIn(ClientId, username);
  await signIn(ClientId, username);
  assert.equal((await getUser(kept)).Username, username);
  assert.deepEqual(await sessionsOf(pool, username), []);
  assert.deepEqual(await ownSessions(kept), []);
});

shows('new-2026-04', 'the own session is refused, another of the same user is revoked', async () => {
  const { ClientId, username } = await tracked(20);
  const own = await signIn(ClientId, username);
  const lost = await signIn(ClientId, username);
  const revoke = (SessionId, more = {}) =>
    admin.send(new RevokeUserSessionCommand({ AccessToken: own.AccessToken, SessionId, ...more }));
  await assert.rejects(revoke(sid(own)), invalid);
  assert.equal((await getUser(own)).Username, username);
  await revoke(sid(lost), { RevokeAssociatedSessions: 'LINKED' });
  await assert.rejects(getUser(lost), { message: 'Access Token has been revoked' });
  await assert.rejects(refresh(ClientId, lost.RefreshToken), { name: 'NotAuthorizedException' });
  await assert.rejects(revoke(sid(lost)), notFound);
  assert.deepEqual((await ownSessions(own)).map((each) => each.SessionId), [sid(own)]);
});

shows('new-2026-04', "another user's id, an unknown one, and an administrator's call with the wrong Username are refused", async () => {
  const { pool, ClientId, username } = await tracked(20);
  const other = await createUser(pool);
  const own = await signIn(ClientId, username);
  const others = await signIn(ClientId, other);
  for (const SessionId of [sid(others), `tkn${'a'.repeat(25)}`]) {
    await assert.rejects(admin.send(new RevokeUserSessionCommand({ AccessToken: own.AccessToken, SessionId })), notFound);
  }
  const byAdmin = (Username, SessionId) =>
    admin.send(new AdminRevokeUserSessionCommand({ UserPoolId: pool.Id, Username, SessionId }));
  await assert.rejects(byAdmin(username, sid(others)), notFound);
  await assert.rejects(byAdmin('nobody', sid(others)), { name: 'UserNotFoundException' });
  assert.equal((await getUser(others)).Username, other);
  await byAdmin(other, sid(others));
  await assert.rejects(getUser(others), { message: 'Access Token has been revoked' });
  await assert.rejects(byAdmin(other, sid(others)), notFound);
});

shows('new-2026-04', "IsCurrentSession is true exactly once in the user's list, and never in the administrator's", async () => {
  const { pool, ClientId, username } = await tracked(20);
  const { ClientId: another } = await createClient(pool, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
  await signIn(ClientId, username);
  const own = await signIn(another, username);
  await signIn(ClientId, username);
  const listed = await ownSessions(own);
  assert.equal(listed.length, 3);
  assert.deepEqual(
    listed.filter((each) => each.IsCurrentSession).map((each) => [each.SessionId, each.ClientId]),
    [[sid(own), another]],
  );
  assert.ok(listed.every((each) => each.SessionType === 'TOKEN' && each.OriginSessionId === undefined));
  assert.ok((await sessionsOf(pool, username)).every((each) => each.IsCurrentSession === false));
  await admin.send(new RevokeTokenCommand({ ClientId, Token: (await signIn(ClientId, username)).RefreshToken, RevokeAssociatedSessions: 'LINKED' }));
  assert.equal((await ownSessions(own)).length, 3);
});

shows('new-2026-06', "rotation keeps the session's id, moves LastActiveDate, and tells the refresher's device and address", async () => {
  const { pool, ClientId, username } = await tracked(20, {
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
  });
  const first = await signIn(ClientId, username, callerFrom('127.0.0.2', CHROME));
  const [before] = await sessionsOf(pool, username);
  assert.match(before.SessionId, /^tkn[a-z0-9]{25}$/);
  assert.equal(before.DeviceType, 'Chrome 125 / macOS 15.0');
  assert.equal(before.LastIPAddress, '127.0.0.2');
  const second = await refresh(ClientId, first.RefreshToken, callerFrom('127.0.0.3', FIREFOX));
  assert.notEqual(second.RefreshToken, first.RefreshToken);
  const [after, ...more] = await sessionsOf(pool, username);
  assert.deepEqual(more, []);
  assert.equal(after.SessionId, before.SessionId);
  assert.equal(sid(second), before.SessionId);
  assert.ok(after.LastActiveDate > before.LastActiveDate);
  assert.deepEqual(after.CreateDate, before.CreateDate);
  assert.equal(after.DeviceType, 'Firefox 126 / Windows 10');
  assert.equal(after.LastIPAddress, '127.0.0.3');
  // a refresh that is refused changes nothing, and the reuse of a rotated token ends the session
  await assert.rejects(refresh(ClientId, `${second.RefreshToken}AA`, callerFrom('127.0.0.4', CHROME)), {
    name: 'NotAuthorizedException',
  });
  assert.deepEqual(await sessionsOf(pool, username), [after]);
  await assert.rejects(refresh(ClientId, first.RefreshToken), { name: 'RefreshTokenReuseException' });
  assert.deepEqual(await sessionsOf(pool, username), []);
});
