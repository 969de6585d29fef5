-- What the server keeps about itself and its keys. Times are milliseconds since 1970 UTC.
-- The placeholders are bytes (BLOB, BYTEA), text (compared by its bytes on both engines) and
-- clustered (SQLite keeps the rows in their primary key, PostgreSQL has no such thing): for narrow
-- rows only. Rows of more than some 200 bytes are better without it; they are appended then,
-- instead of a page of their own being written for each at a random place (measured: 1.6 times the
-- sign-ups a second).

-- One row: what was fixed when this database was begun.
CREATE TABLE server (
  id              INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  account_id      ${text} NOT NULL,
  master_key      ${text} NOT NULL,  -- fingerprint of the key that wraps the data keys
  next_master_key ${text},           -- fingerprint of the key to come while a re-wrap is under way
  created         BIGINT NOT NULL
);

-- PostgreSQL: the writes that were committed, to find out what became of a commit whose answer was
-- lost. The id begins with the time in 12 hexadecimal digits, so that a range of ids is swept.
CREATE TABLE applied (
  op_id ${text} NOT NULL PRIMARY KEY
) ${clustered};

-- One row: the version of all configuration rows together, and up to where changes were swept.
CREATE TABLE config_version (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL,
  swept   BIGINT NOT NULL
);

INSERT INTO config_version (id, version, swept) VALUES (1, 0, 0);

-- Which rows changed last at which version; what each node's cache drops.
CREATE TABLE config_change (
  scope   ${text} NOT NULL,
  key     ${text} NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (scope, key)
) ${clustered};

CREATE INDEX config_change_version ON config_change (version);

-- Keys that sign requests to the API.
CREATE TABLE access_key (
  id      ${text} NOT NULL PRIMARY KEY,
  secret  ${bytes} NOT NULL,  -- sealed
  arn     ${text} NOT NULL,
  user_id ${text} NOT NULL,
  active  INTEGER NOT NULL,   -- 1 or 0
  created BIGINT NOT NULL
) ${clustered};

-- The keys that seal, one of each pool; pool id '' is the server itself.
CREATE TABLE data_key (
  pool_id    ${text} NOT NULL,
  version    INTEGER NOT NULL,
  wrapped    ${bytes} NOT NULL,
  wrapped_by ${text} NOT NULL,  -- fingerprint of the master key
  created    BIGINT NOT NULL,
  PRIMARY KEY (pool_id, version)
) ${clustered};

CREATE INDEX data_key_wrapped_by ON data_key (wrapped_by, pool_id, version);

-- Keys of a pool for one purpose each (flow, refresh, decoy), sealed.
CREATE TABLE pool_secret (
  pool_id ${text} NOT NULL,
  kind    ${text} NOT NULL,
  key_id  INTEGER NOT NULL,  -- grows; the highest is the one in force
  sealed  ${bytes} NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (pool_id, kind, key_id)
) ${clustered};

-- Counts kept by their writers, in 16 stripes so that these do not wait for each other.
CREATE TABLE counter (
  pool_id ${text} NOT NULL,
  name    ${text} NOT NULL,
  stripe  INTEGER NOT NULL,
  value   BIGINT NOT NULL,
  PRIMARY KEY (pool_id, name, stripe)
) ${clustered};
