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

const MINUTE = 60_000;

/** Runs the body with the machine's clock off by so many minutes: everything that asks Date is told the wrong time. */
async function withClockOff(minutes, body) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [RealDate.now() + minutes * MINUTE] : given));
    }

    static now() {
      return RealDate.now() + minutes * MINUTE;
    }
  };
  try {
    return await body();
  } finally {
    globalThis.Date = RealDate;
  }
}

/** A client whose answers are written down as they come over the wire, before the SDK sees them. */
function observed(config = {}, alter = () => {}) {
  const answers = [];
  const client = new CognitoIdentityProviderClient({
    endpoint,
    region: 'us-east-1',
    requestHandler: {
      handle: async (request, options) => {
        const answer = await admin.config.requestHandler.handle(request, options);
        const { statusCode: status, headers } = answer.response;
        answers.push({ status, type: headers['x-amzn-errortype'], date: headers.date });
        alter(headers);
        return answer;
      },
    },
    ...config,
  });
  const listUsers = (pool) => client.send(new ListUsersCommand({ UserPoolId: pool.Id }));
  return { client, answers, listUsers };
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
  shows('protocol-10', `with a clock ten minutes ${wrong} the first signature is refused, and the SDK's own retry succeeds`, async () => {
    const pool = await createPool();
    const { client, answers, listUsers } = observed();
    await withClockOff(minutes, async () => assert.deepEqual((await listUsers(pool)).Users, []));
    assert.deepEqual(answers.map(({ status }) => status), [400, 200]);
    assert.match(answers[0].type, /^InvalidSignatureException/);

    // what the SDK learnt is what the refusal's Date header told it, and the next call is right at once
    const told = Date.parse(answers[0].date);
    assert.ok(Math.abs(told - Date.now()) < 5_000);
    assert.ok(Math.abs(client.config.systemClockOffset + minutes * MINUTE) < 5_000);
    await withClockOff(minutes, () => listUsers(pool));
    assert.deepEqual(answers.map(({ status }) => status), [400, 200, 200]);
  });

  shows('protocol-10', `with a clock ten minutes ${wrong} and no Date header to learn from, every retry is refused`, async () => {
    const pool = await createPool();
    const { answers, listUsers } = observed({}, (headers) => delete headers.date);
    await withClockOff(minutes, () =>
      assert.rejects(listUsers(pool), { name: 'InvalidSignatureException', message: /^Signature (expired|not yet current): / }),
    );
    assert.ok(answers.every(({ status }) => status === 400));
  });
}

shows('protocol-10', 'with a clock four minutes off the first signature is accepted', async () => {
  const pool = await createPool();
  for (const minutes of [4, -4]) {
    const { answers, listUsers } = observed();
    await withClockOff(minutes, () => listUsers(pool));
    assert.deepEqual(answers.map(({ status }) => status), [200]);
  }
});

shows('protocol-10', 'with a wrong secret key the right time does not help', async () => {
  const pool = await createPool();
  const credentials = { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: 'wrong' };
  const { answers, listUsers } = observed({ credentials });
  await withClockOff(10, () => assert.rejects(listUsers(pool), { name: 'InvalidSignatureException' }));
  assert.ok(answers.length > 1);
  assert.ok(answers.every(({ status }) => status === 400));
});
