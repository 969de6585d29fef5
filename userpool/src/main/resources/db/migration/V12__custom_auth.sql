-- What a CUSTOM_AUTH sign-in remembers between two rounds beyond its session: the rounds so far and the private parameters of the
-- challenge that is outstanding. They may be longer than a session can be.
CREATE TABLE custom_flow (
  pool_id ${text} NOT NULL,
  flow_id ${text} NOT NULL,
  expires BIGINT NOT NULL,
  sealed  ${bytes} NOT NULL,
  PRIMARY KEY (pool_id, flow_id)
) ${clustered};
CREATE INDEX custom_flow_by_expiry ON custom_flow (expires);
