// The server under test: where it is, and the calls that every test makes. Its address and key come from the environment.
import { CognitoIdentityProviderClient, CreateUserPoolCommand, CreateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import path from 'node:path';
import { test } from 'node:test';

export const endpoint = process.env.AWS_ENDPOINT_URL;
export const tlsEndpoint = process.env.GATEHOUSE_TLS_ENDPOINT;

/** A client that signs with the root key of the environment. */
export const admin = new CognitoIdentityProviderClient({ endpoint, region: 'us-east-1' });

/** A test that shows one clause of a promised behaviour. */
export function shows(id, clause, body) {
  test(`${id} | ${clause} | ${path.basename(process.argv[1], '.test.js')}`, body);
}

export async function createPool(input = {}) {
  const { UserPool } = await admin.send(
    new CreateUserPoolCommand({ PoolName: 'node', AutoVerifiedAttributes: ['email'], ...input }),
  );
  return UserPool;
}

export async function createClient(pool, input = {}) {
  const { UserPoolClient } = await admin.send(
    new CreateUserPoolClientCommand({ UserPoolId: pool.Id, ClientName: 'node', ...input }),
  );
  return UserPoolClient;
}

/** The newest code that was sent to the address, from the development inbox. */
export async function codeSentTo(address) {
  const answer = await fetch(`${endpoint}/_gatehouse/inbox?to=${encodeURIComponent(address)}`, {
    headers: { accept: 'application/json' },
  });
  const [newest] = await answer.json();
  return newest.code;
}

let counter = 0;
export function uniqueName(prefix = 'user') {
  counter += 1;
  return `${prefix}-${process.pid}-${Date.now()}-${counter}`;
}
