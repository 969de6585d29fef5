-- User pools, clients, the directory, sign-in state and tokens. Times are milliseconds since the epoch.
-- Every table begins with the pool id (design.md §5); client_pool is the exception, since client ids are unique over all pools.

CREATE TABLE pool (
  pool_id  ${text} NOT NULL PRIMARY KEY,
  created  BIGINT NOT NULL,
  modified BIGINT NOT NULL,
  deleted  BIGINT,            -- marked here first, rows taken away in the background
  revision INTEGER NOT NULL,  -- moved by every update, which states the one it read
  doc      TEXT NOT NULL      -- PoolDocument, versioned JSON
) ${clustered};

CREATE TABLE client_pool (
  client_id ${text} NOT NULL PRIMARY KEY,
  pool_id   ${text} NOT NULL
) ${clustered};

CREATE TABLE client (
  pool_id   ${text} NOT NULL,
  client_id ${text} NOT NULL,
  created   BIGINT NOT NULL,
  modified  BIGINT NOT NULL,
  revision  INTEGER NOT NULL,
  doc       TEXT NOT NULL,    -- ClientDocument, versioned JSON, without secrets
  PRIMARY KEY (pool_id, client_id)
) ${clustered};

CREATE TABLE client_secret (
  pool_id   ${text} NOT NULL,
  client_id ${text} NOT NULL,
  slot      SMALLINT NOT NULL,  -- 0 or 1: the primary key is what limits a client to two secrets
  secret_id ${text} NOT NULL,
  created   BIGINT NOT NULL,
  sealed    ${bytes} NOT NULL,
  PRIMARY KEY (pool_id, client_id, slot)
) ${clustered};

CREATE TABLE pool_user (
  pool_id    ${text} NOT NULL,
  sub        ${text} NOT NULL,
  username   ${text} NOT NULL,  -- as stored and answered; equal to sub in pools with username attributes
  status     ${text} NOT NULL,
  enabled    SMALLINT NOT NULL,
  created    BIGINT NOT NULL,
  modified   BIGINT NOT NULL,
  signed_out BIGINT,            -- tokens without origin_jti issued before this moment are void
  revision   INTEGER NOT NULL,  -- moved by every update, which states the one it read
  doc        TEXT NOT NULL,     -- UserDocument, versioned JSON: the attributes
  PRIMARY KEY (pool_id, sub)
) ${clustered};
CREATE INDEX pool_user_by_status ON pool_user (pool_id, status, sub);
CREATE INDEX pool_user_by_enabled ON pool_user (pool_id, enabled, sub);

-- The names a user signs in with: username, e-mail or phone number as username, verified aliases. Folded values.
CREATE TABLE login_name (
  pool_id ${text} NOT NULL,
  value   ${text} NOT NULL,
  kind    ${text} NOT NULL,
  sub     ${text} NOT NULL,
  PRIMARY KEY (pool_id, value, kind)
) ${clustered};
CREATE INDEX login_name_by_user ON login_name (pool_id, sub);

-- What ListUsers filters by, apart from username, sub and the two states. Folded values.
CREATE TABLE user_search (
  pool_id   ${text} NOT NULL,
  attribute ${text} NOT NULL,
  value     ${text} NOT NULL,
  sub       ${text} NOT NULL,
  PRIMARY KEY (pool_id, attribute, value, sub)
) ${clustered};

CREATE TABLE credential (
  pool_id  ${text} NOT NULL,
  sub      ${text} NOT NULL,
  hash     TEXT NOT NULL,       -- PHC string
  salt     ${bytes} NOT NULL,   -- SRP salt
  verifier ${bytes} NOT NULL,   -- SRP verifier, sealed
  set_at   BIGINT NOT NULL,     -- a temporary password is judged by it
  PRIMARY KEY (pool_id, sub)
) ${clustered};

CREATE TABLE password_history (
  pool_id ${text} NOT NULL,
  sub     ${text} NOT NULL,
  set_at  BIGINT NOT NULL,
  entry   ${text} NOT NULL,     -- random: two passwords may be set in one millisecond
  hash    TEXT NOT NULL,
  PRIMARY KEY (pool_id, sub, set_at, entry)
) ${clustered};

-- At most one open code for a user and purpose; a new one replaces it.
CREATE TABLE code (
  pool_id ${text} NOT NULL,
  sub     ${text} NOT NULL,
  purpose ${text} NOT NULL,
  mac     ${bytes} NOT NULL,    -- keyed HMAC over pool, sub, purpose, target and code
  target  TEXT NOT NULL,        -- attribute=value that the code went to
  expires BIGINT NOT NULL,
  PRIMARY KEY (pool_id, sub, purpose)
) ${clustered};
CREATE INDEX code_by_expiry ON code (expires);

-- Lock-outs and attempt limits, keyed by sub, or by the decoy sub of a name that nobody has.
CREATE TABLE attempt (
  pool_id ${text} NOT NULL,
  sub     ${text} NOT NULL,
  kind    ${text} NOT NULL,
  count   INTEGER NOT NULL,
  since   BIGINT NOT NULL,      -- begin of the counting window
  latest  BIGINT NOT NULL,      -- of the last counted attempt
  until   BIGINT NOT NULL,      -- refused until then; 0 = not locked
  PRIMARY KEY (pool_id, sub, kind)
) ${clustered};
CREATE INDEX attempt_by_latest ON attempt (latest);

-- What a sealed Session cannot hold: that a step was answered, and how often wrongly.
CREATE TABLE flow (
  pool_id  ${text} NOT NULL,
  flow_id  ${text} NOT NULL,
  step     ${text} NOT NULL,
  expires  BIGINT NOT NULL,
  PRIMARY KEY (pool_id, flow_id, step)
) ${clustered};
CREATE INDEX flow_by_expiry ON flow (expires);

-- A refresh token family: one authentication of one client. Rotation moves the generation by compare-and-set.
CREATE TABLE family (
  pool_id    ${text} NOT NULL,
  origin_jti ${text} NOT NULL,
  client_id  ${text} NOT NULL,
  sub        ${text} NOT NULL,
  event_id   ${text} NOT NULL,
  auth_time  BIGINT NOT NULL,
  scope      TEXT NOT NULL,
  expires    BIGINT NOT NULL,
  generation INTEGER NOT NULL,
  rotated    BIGINT NOT NULL,   -- when the generation last moved; 0 = never
  revoked    SMALLINT NOT NULL,
  PRIMARY KEY (pool_id, origin_jti)
) ${clustered};
CREATE INDEX family_by_user ON family (pool_id, sub);
CREATE INDEX family_by_expiry ON family (expires);

CREATE TABLE signing_key (
  pool_id ${text} NOT NULL,
  kid     ${text} NOT NULL,
  token_use ${text} NOT NULL,   -- id or access
  signs   BIGINT NOT NULL,      -- signs from this moment; published from its creation
  retires BIGINT,               -- no longer published from this moment; null while it is in force or ahead
  public_key ${bytes} NOT NULL, -- X.509 SubjectPublicKeyInfo
  sealed  ${bytes} NOT NULL,    -- PKCS #8, sealed
  PRIMARY KEY (pool_id, kid)
) ${clustered};
