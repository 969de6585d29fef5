// shows: tokens-01, new-2026-12 through aws-jwt-verify, unmodified: over TLS for our own issuer, with AWS's issuers by hand.
import assert from 'node:assert/strict';
import {
  AdminConfirmSignUpCommand,
  GetUserCommand,
  InitiateAuthCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier, JwtVerifier } from 'aws-jwt-verify';
import {
  CognitoJwtInvalidClientIdError,
  CognitoJwtInvalidTokenUseError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
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

const issuerOf = { ORIGINAL: 'cognito-idp', UPDATED: 'issuer-cognito-idp' };

/** The issuer that AWS has for pools of this type. */
const awsIssuer = (type, pool) => `https://${issuerOf[type]}.us-east-1.amazonaws.com/${pool.Id}`;

const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString());

const discoveryOf = async (pool) => (await fetch(`${endpoint}/${pool.Id}/.well-known/openid-configuration`)).json();

for (const Type of ['ORIGINAL', 'UPDATED']) {
  shows('new-2026-12', `with the ${Type} issuer iss, discovery and JWKS agree, and the generic JwtVerifier accepts the tokens`, async () => {
    const { pool, username, clientId, tokens, others } = await tokensOfTwoClients({ IssuerConfiguration: { Type } });
    assert.deepEqual(pool.IssuerConfiguration, { Type });
    const { issuer, jwks_uri: jwksUri } = await discoveryOf(pool);
    assert.equal(issuer, awsIssuer(Type, pool));
    for (const token of [tokens.IdToken, tokens.AccessToken]) assert.equal(claimsOf(token).iss, issuer);
    const id = JwtVerifier.create({ issuer, audience: clientId, jwksUri });
    const access = JwtVerifier.create({ issuer, audience: null, jwksUri, customJwtCheck: ({ payload }) => assert.equal(payload.token_use, 'access') });
    assert.equal((await id.verify(tokens.IdToken))['cognito:username'], username);
    assert.equal((await access.verify(tokens.AccessToken)).username, username);
    await assert.rejects(id.verify(tokens.AccessToken), JwtInvalidAudienceError);
    await assert.rejects(id.verify(others.IdToken), JwtInvalidAudienceError);
    await assert.rejects(access.verify(tokens.IdToken), assert.AssertionError);
    await assert.rejects(access.verify(tampered(tokens.AccessToken)), JwtInvalidSignatureError);
    const other = awsIssuer(Type === 'ORIGINAL' ? 'UPDATED' : 'ORIGINAL', pool);
    await assert.rejects(JwtVerifier.create({ issuer: other, audience: clientId, jwksUri }).verify(tokens.IdToken), JwtInvalidIssuerError);
  });
}

shows('new-2026-12', "aws-jwt-verify's CognitoJwtVerifier accepts the ORIGINAL issuer, since its version 5.2 the UPDATED one too, and never our own", async () => {
  for (const IssuerConfiguration of [{ Type: 'ORIGINAL' }, { Type: 'UPDATED' }, undefined]) {
    const { pool, clientId, tokens } = await tokensOfTwoClients({ IssuerConfiguration });
    const verifier = CognitoJwtVerifier.create({ userPoolId: pool.Id, tokenUse: 'id', clientId });
    verifier.cacheJwks(await (await fetch(`${endpoint}/${pool.Id}/.well-known/jwks.json`)).json());
    if (IssuerConfiguration) {
      assert.equal((await verifier.verify(tokens.IdToken)).iss, awsIssuer(IssuerConfiguration.Type, pool));
    } else {
      await assert.rejects(verifier.verify(tokens.IdToken), /issuer not configured/);
    }
  }
});

shows('new-2026-12', 'tokens from before a change of the issuer verify with the same keys and open GetUser; a refresh brings the new issuer', async () => {
  const { pool, username, clientId, tokens } = await tokensOfTwoClients({ IssuerConfiguration: { Type: 'ORIGINAL' } });
  await admin.send(new UpdateUserPoolCommand({ UserPoolId: pool.Id, IssuerConfiguration: { Type: 'UPDATED' } }));
  const { issuer, jwks_uri: jwksUri } = await discoveryOf(pool);
  assert.equal(issuer, awsIssuer('UPDATED', pool));
  const before = JwtVerifier.create({ issuer: awsIssuer('ORIGINAL', pool), audience: clientId, jwksUri });
  const after = JwtVerifier.create({ issuer, audience: clientId, jwksUri });
  assert.equal((await before.verify(tokens.IdToken))['cognito:username'], username);
  await assert.rejects(after.verify(tokens.IdToken), JwtInvalidIssuerError);
  assert.equal((await admin.send(new GetUserCommand({ AccessToken: tokens.AccessToken }))).Username, username);
  const { AuthenticationResult: renewed } = await admin.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken },
    }),
  );
  assert.equal((await after.verify(renewed.IdToken))['cognito:username'], username);
  await assert.rejects(before.verify(renewed.IdToken), JwtInvalidIssuerError);
});
