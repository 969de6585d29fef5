-- A device that a user has confirmed: it proves itself by SRP, with a verifier of its own.
CREATE TABLE device (
  pool_id       ${text} NOT NULL,
  sub           ${text} NOT NULL,
  device_key    ${text} NOT NULL,
  group_key     ${text} NOT NULL, -- DeviceGroupKey, which the verifier was made with
  remembered    SMALLINT NOT NULL,
  name          TEXT,             -- DeviceName
  sdk           TEXT NOT NULL,    -- User-Agent at ConfirmDevice
  address       TEXT NOT NULL,    -- that it was last used from
  salt          ${bytes} NOT NULL,
  verifier      ${bytes} NOT NULL, -- SRP verifier, sealed
  created       BIGINT NOT NULL,
  modified      BIGINT NOT NULL,
  authenticated BIGINT NOT NULL,
  PRIMARY KEY (pool_id, sub, device_key)
) ${clustered};

-- A first factor has been passed and the device is to follow: once, also where the client keeps no Session.
CREATE TABLE device_round (
  pool_id    ${text} NOT NULL,
  client_id  ${text} NOT NULL,
  kind       ${text} NOT NULL,  -- of caller
  sub        ${text} NOT NULL,
  device_key ${text} NOT NULL,
  flow_id    ${text} NOT NULL,
  session    TEXT NOT NULL,     -- sealed, as a client with a Session gets it
  expires    BIGINT NOT NULL,
  PRIMARY KEY (pool_id, client_id, kind, sub, device_key)
) ${clustered};
CREATE INDEX device_round_by_user ON device_round (pool_id, sub);
CREATE INDEX device_round_by_expiry ON device_round (expires);

-- The device that a sign-in belongs to: the one it was made from, or the one it was offered. Null where the pool tracked none.
ALTER TABLE family ADD COLUMN device_key ${text};
