-- What users of pools with threat protection did, or somebody in their name. Kept for two years.
CREATE TABLE auth_event (
  pool_id  ${text} NOT NULL,
  sub      ${text} NOT NULL,
  event_id ${text} NOT NULL,    -- of a sign-in: event_id of its tokens
  created  BIGINT NOT NULL,
  response ${text} NOT NULL,    -- InProgress is replaced by how the sign-in ended
  doc      TEXT NOT NULL,       -- AuthEvent, versioned JSON
  PRIMARY KEY (pool_id, sub, event_id)
) ${clustered};
CREATE INDEX auth_event_by_time ON auth_event (pool_id, sub, created, event_id);
CREATE INDEX auth_event_by_age ON auth_event (created);
