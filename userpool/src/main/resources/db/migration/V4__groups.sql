-- Groups of a pool's users. Times are milliseconds since the epoch.

-- A group of the same name that is made again is another one, with an incarnation of its own: whoever was in the one
-- before is not in it.
CREATE TABLE pool_group (
  pool_id     ${text} NOT NULL,
  name        ${text} NOT NULL,
  incarnation BIGINT NOT NULL,  -- random
  precedence  INTEGER,          -- the lowest number comes first, none comes last
  role_arn    TEXT,
  description TEXT,
  created     BIGINT NOT NULL,
  modified    BIGINT NOT NULL,
  revision    INTEGER NOT NULL, -- moved by every update, which states the one it read
  PRIMARY KEY (pool_id, name)
) ${clustered};

-- Who is in which group. A row whose incarnation is not the group's counts for nothing.
CREATE TABLE group_member (
  pool_id     ${text} NOT NULL,
  sub         ${text} NOT NULL,
  name        ${text} NOT NULL,
  incarnation BIGINT NOT NULL,
  PRIMARY KEY (pool_id, sub, name)
) ${clustered};
CREATE INDEX group_member_by_group ON group_member (pool_id, name, incarnation, sub);

-- Groups that were deleted while they had many members; those are taken away in the background.
CREATE TABLE group_removal (
  pool_id     ${text} NOT NULL,
  name        ${text} NOT NULL,
  incarnation BIGINT NOT NULL,
  PRIMARY KEY (pool_id, name, incarnation)
) ${clustered};
