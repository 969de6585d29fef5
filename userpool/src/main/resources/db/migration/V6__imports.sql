-- User imports. Times are milliseconds since 1970 UTC.

CREATE TABLE import_job (
  pool_id    ${text} NOT NULL,
  job_id     ${text} NOT NULL,
  created    BIGINT NOT NULL,
  status     ${text} NOT NULL,   -- Created, Pending, InProgress, Stopping, Expired, Stopped, Failed, Succeeded
  upload     ${text} NOT NULL,   -- the upload that has brought the file, or is bringing it; '' = none
  held       BIGINT NOT NULL,    -- until when an upload under way keeps others out
  size       BIGINT,             -- bytes of the file; null until an upload is complete
  file_lines BIGINT,             -- its lines that hold anything, the header among them
  started    BIGINT,
  completed  BIGINT,
  done_bytes BIGINT NOT NULL,    -- where the next batch begins in the file; 0 = at its header
  done_lines BIGINT NOT NULL,    -- lines before that
  imported   BIGINT NOT NULL,
  skipped    BIGINT NOT NULL,
  failed     BIGINT NOT NULL,
  message    TEXT,               -- CompletionMessage
  doc        TEXT NOT NULL,      -- ImportJob.Document, versioned JSON; never changes
  PRIMARY KEY (pool_id, job_id)
) ${clustered};
CREATE INDEX import_job_by_creation ON import_job (pool_id, created, job_id);
CREATE INDEX import_job_by_status ON import_job (status, created);

-- The files, in pieces of one length but for the last; gone when their job has ended.
CREATE TABLE import_chunk (
  pool_id ${text} NOT NULL,
  job_id  ${text} NOT NULL,
  upload  ${text} NOT NULL,
  number  INTEGER NOT NULL,
  sealed  ${bytes} NOT NULL,
  PRIMARY KEY (pool_id, job_id, upload, number)
);

-- At most one row: the job that runs or waits to. Who holds the lease works on it.
CREATE TABLE import_active (
  slot    INTEGER NOT NULL PRIMARY KEY CHECK (slot = 1),
  pool_id ${text} NOT NULL,
  job_id  ${text} NOT NULL,
  lease   ${text} NOT NULL,      -- of the node that works on it; '' = nobody yet
  leased  BIGINT NOT NULL        -- until then, unless it says again
);
