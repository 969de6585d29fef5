-- Messages on their way. Recipient and text are sealed; the row goes when the message was sent, and
-- what it said goes when it is given up.
CREATE TABLE outbox (
  pool_id  ${text} NOT NULL,
  id       ${text} NOT NULL,
  medium   ${text} NOT NULL,
  due      BIGINT NOT NULL,     -- not tried before: the end of the lease while a node is trying
  lease    BIGINT NOT NULL,     -- how often it was leased; who holds the latest one may change the row
  attempts INTEGER NOT NULL,    -- the one under way included
  expires  BIGINT NOT NULL,     -- not sent any more after this
  created  BIGINT NOT NULL,
  dead     ${text},             -- why it was given up; null while it is on its way
  sealed   ${bytes},            -- null when dead
  PRIMARY KEY (pool_id, id)
);

-- Dead rows are due at the end of time, so that who looks for work never reads past them.
CREATE INDEX outbox_due ON outbox (medium, due, created);
