-- Messages on their way. Recipient and text are sealed, and gone once the message was sent or given up.
CREATE TABLE outbox (
  pool_id  ${text} NOT NULL,
  id       ${text} NOT NULL,
  medium   ${text} NOT NULL,
  due      BIGINT NOT NULL,     -- not tried before
  leased   BIGINT NOT NULL,     -- a node is trying until then; 0 = nobody
  attempts INTEGER NOT NULL,
  expires  BIGINT NOT NULL,     -- not sent any more after this
  created  BIGINT NOT NULL,
  dead     ${text},             -- why it was given up; null while it is on its way
  sealed   ${bytes},
  PRIMARY KEY (pool_id, id)
);
CREATE INDEX outbox_by_due ON outbox (due);
