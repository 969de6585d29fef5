// shows: protocol-01, protocol-03, protocol-10 through the AWS SDK for JavaScript v3, unmodified.
import assert from 'node:assert/strict';
import {
  AdminConfirmSignUpCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ListUsersCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { admin, createClient, createPool, endpoint, shows, uniqueName } from '../server.js';

/** Counts what is really sent: a middleware after the SDK's retries. */
function countingAttempts(client) {
  const attempts = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        const result = await next(args);
        attempts.push('answered');
        return result;
      } catch (error) {
        attempts.push(error.name);
        throw error;
      }
    },
    { step: 'deserialize', priority: 'high', name: 'countingAttempts' },
  );
  return attempts;
}

shows('protocol-01', 'the AWS SDK for JavaScript signs up a user and administers it with signed calls', async () => {
  const pool = await createPool();
  const { ClientId } = await createClient(pool);
  const Username = uniqueName();
  const signedUp = await admin.send(
    new SignUpCommand({
      ClientId,
      Username,
      Password: 'P@ssw0rd-1',
      UserAttributes: [{ Name: 'email', Value: `${Username}@example.com` }],
    }),
  );
  assert.match(signedUp.UserSub, /^[0-9a-f-]{36}$/);
  await admin.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.Id, Username }));
  const user = await admin.send(new AdminGetUserCommand({ UserPoolId: pool.Id, Username }));
  assert.equal(user.UserStatus, 'CONFIRMED');
  assert.ok(user.UserCreateDate instanceof Date);
  const { Users } = await admin.send(new ListUsersCommand({ UserPoolId: pool.Id }));
  assert.deepEqual(Users.map((each) => each.Username), [Username]);
  await assert.rejects(admin.send(new AdminGetUserCommand({ UserPoolId: pool.Id, Username: 'nobody' })), {
    name: 'UserNotFoundException',
    message: 'User does not exist.',
  });
});

shows('protocol-03', 'the AWS SDK for JavaScript is refused ListUsers when it does not sign', async () => {
  const pool = await createPool();
  const unsigned = new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    signer: { sign: async (request) => request },
  });
  await assert.rejects(unsigned.send(new ListUsersCommand({ UserPoolId: pool.Id })), {
    name: 'MissingAuthenticationTokenException',
  });
});

for (const minutes of [10, -10]) {
  const wrong = minutes > 0 ? 'fast' : 'slow';
  shows('protocol-10', `a client whose clock is ten minutes ${wrong} is refused once, and its own retry succeeds`, async () => {
    const pool = await createPool();
    const skewed = new CognitoIdentityProviderClient({
      endpoint,
      region: 'us-east-1',
      systemClockOffset: minutes * 60_000,
    });
    const attempts = countingAttempts(skewed);
    const { Users } = await skewed.send(new ListUsersCommand({ UserPoolId: pool.Id }));
    assert.deepEqual(Users, []);
    assert.equal(attempts.length, 2);
    assert.match(attempts[0], /^(InvalidSignatureException|RequestExpired|RequestTimeTooSkewed)$/);
    assert.equal(attempts[1], 'answered');
    assert.ok(Math.abs(skewed.config.systemClockOffset) < 60_000);
    await skewed.send(new ListUsersCommand({ UserPoolId: pool.Id }));
    assert.deepEqual(attempts.slice(2), ['answered']);
  });
}
