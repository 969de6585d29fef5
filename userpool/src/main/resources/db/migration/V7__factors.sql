-- A user's software token (RFC 6238): the one in force, and beside it one that waits for its first code.
CREATE TABLE software_token (
  pool_id ${text} NOT NULL,
  sub     ${text} NOT NULL,
  state   ${text} NOT NULL,     -- ACTIVE or PENDING
  sealed  ${bytes} NOT NULL,    -- the shared secret, sealed
  step    BIGINT NOT NULL,      -- the time step of the last accepted code: a code is good once
  PRIMARY KEY (pool_id, sub, state)
) ${clustered};
