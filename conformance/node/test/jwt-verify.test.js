// shows: tokens-01 through aws-jwt-verify, unmodified: over TLS for our own issuer, with AWS's issuer by hand.
import assert from 'node:assert/strict';
import { InitiateAuthCommand, SignUpCommand, AdminConfirmSignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidTokenUseError,
  JwtInvalidAudienceError,
  JwtInvalidSignatureError,
} from 'aws-jwt-verify/error';
import { admin, createClient, createPool, endpoint, shows, tlsEndpoint, uniqueName } from '../server.js';

const withPassword = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] };

/** A pool with two clients, and the tokens of one user from each. */
async function tokensOfTwoClients(poolInput) {
  const pool = await createPool(poolInput);
  const client = await createClient(pool, withPassword);
  const other = await createClient(pool, withPassword);
  const username = uniqueName();
  await admin.send(new SignUpCommand({ ClientId: client.ClientId, Username: username, Password: 'P@ssw0rd-1' }));
  await admin.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.Id, Username: username }));
  const tokensFrom = async (ClientId) => {
    const answer = await admin.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: username, PASSWORD: 'P@ssw0rd-1' },
      }),
    );
    return answer.AuthenticationResult;
  };
  return {
    pool,
    username,
    clientId: client.ClientId,
    tokens: await tokensFrom(client.ClientId),
    others: await tokensFrom(other.ClientId),
  };
}

/** The same signature under another payload. */
function tampered(token) {
  const [header, payload, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  claims.sub = '00000000-0000-4000-8000-000000000000';
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

shows('tokens-01', 'aws-jwt-verify fetches the keys of our issuer over TLS and verifies ID tokens', async () => {
  const { pool, username, clientId, tokens, others } = await tokensOfTwoClients();
  const verifier = JwtVerifier.create({ issuer: `${tlsEndpoint}/${pool.Id}`, audience: clientId });
  const claims = await verifier.verify(tokens.IdToken);
  assert.equal(claims['cognito:username'], username);
  await assert.rejects(verifier.verify(tokens.AccessToken), JwtInvalidAudienceError);
  await assert.rejects(verifier.verify(others.IdToken), JwtInvalidAudienceError);
  await assert.rejects(verifier.verify(tampered(tokens.IdToken)), JwtInvalidSignatureError);
});

shows('tokens-01', "aws-jwt-verify's CognitoJwtVerifier accepts ID and access tokens of a pool with AWS's issuer", async () => {
  const { pool, username, clientId, tokens, others } = await tokensOfTwoClients({
    IssuerConfiguration: { Type: 'ORIGINAL' },
  });
  const jwks = await (await fetch(`${endpoint}/${pool.Id}/.well-known/jwks.json`)).json();
  const verifierOf = (tokenUse) => {
    const verifier = CognitoJwtVerifier.create({ userPoolId: pool.Id, tokenUse, clientId });
    verifier.cacheJwks(jwks);
    return verifier;
  };
  const id = verifierOf('id');
  const access = verifierOf('access');
  assert.equal((await id.verify(tokens.IdToken))['cognito:username'], username);
  assert.equal((await access.verify(tokens.AccessToken)).username, username);
  await assert.rejects(id.verify(tokens.AccessToken), CognitoJwtInvalidTokenUseError);
  await assert.rejects(access.verify(tokens.IdToken), CognitoJwtInvalidTokenUseError);
  await assert.rejects(id.verify(others.IdToken), CognitoJwtInvalidClientIdError);
  await assert.rejects(access.verify(others.AccessToken), CognitoJwtInvalidClientIdError);
  await assert.rejects(id.verify(tampered(tokens.IdToken)), JwtInvalidSignatureError);
  await assert.rejects(access.verify(tampered(tokens.AccessToken)), JwtInvalidSignatureError);
});
