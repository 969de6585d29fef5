-- Passkeys (WebAuthn Level 3 §4, "credential record"). The id is unique over all users of the pool.
CREATE TABLE passkey (
  pool_id       ${text} NOT NULL,
  credential_id ${text} NOT NULL, -- base64url
  sub           ${text} NOT NULL,
  counter       BIGINT NOT NULL,  -- signature counter as seen last: a copy of the authenticator falls behind it
  created       BIGINT NOT NULL,
  doc           TEXT NOT NULL,    -- PasskeyDocument, versioned JSON: public key and what is shown
  PRIMARY KEY (pool_id, credential_id)
) ${clustered};
CREATE INDEX passkey_by_user ON passkey (pool_id, sub);

-- The registration that a user has begun; a newer one takes its place, and completing it takes it away.
CREATE TABLE passkey_challenge (
  pool_id   ${text} NOT NULL,
  sub       ${text} NOT NULL,
  client_id ${text} NOT NULL,
  challenge ${bytes} NOT NULL,
  expires   BIGINT NOT NULL,
  PRIMARY KEY (pool_id, sub)
) ${clustered};
CREATE INDEX passkey_challenge_by_expiry ON passkey_challenge (expires);
