package dev.gatehouse.userpool.imports;

import dev.gatehouse.userpool.Documents;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.imports.ImportJob.Counts;
import dev.gatehouse.userpool.imports.ImportJob.Document;
import dev.gatehouse.userpool.imports.ImportJob.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Table {@code import_job}. */
public final class ImportStore {
  private static final RowMapper<ImportJob> JOB =
      (row, context) ->
          new ImportJob(
              row.getString("pool_id"),
              row.getString("job_id"),
              Instant.ofEpochMilli(row.getLong("created")),
              Status.of(row.getString("status")),
              row.getString("upload"),
              number(row, "size"),
              number(row, "file_lines"),
              time(row, "started"),
              time(row, "completed"),
              row.getLong("done_bytes"),
              row.getLong("done_lines"),
              new Counts(row.getLong("imported"), row.getLong("skipped"), row.getLong("failed")),
              row.getString("message"),
              Documents.read(row.getString("doc"), Document.class));

  private ImportStore() {}

  /** A job ready to be written: inside a write no JSON is built (design.md §5). */
  public record JobRow(ImportJob job, String doc) {
    public static JobRow of(ImportJob job) {
      return new JobRow(job, Documents.write(job.document()));
    }
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    Long value = number(row, column);
    return value == null ? null : Instant.ofEpochMilli(value);
  }

  /**
   * Adds a job. The caller holds the pool's row, so that two cannot be the last one.
   *
   * @throws dev.gatehouse.kernel.Refusal LIMIT_OF
   */
  public static void insert(Handle handle, JobRow row) {
    ImportJob job = row.job();
    long there =
        handle
            .createQuery("SELECT COUNT(*) AS jobs FROM import_job WHERE pool_id = :pool")
            .bind("pool", job.poolId())
            .map((found, context) -> found.getLong("jobs"))
            .one();
    if (there >= ImportJob.MOST) {
      throw Why.LIMIT_OF.refusal("A user pool has no more than 1000 user import jobs.");
    }
    handle
        .createUpdate(
            """
            INSERT INTO import_job (pool_id, job_id, created, status, upload, held, done_bytes, done_lines, imported, skipped,
              failed, doc)
            VALUES (:pool, :job, :created, :status, '', 0, 0, 0, 0, 0, 0, :doc)
            """)
        .bind("pool", job.poolId())
        .bind("job", job.jobId())
        .bind("created", job.created().toEpochMilli())
        .bind("status", job.status().text())
        .bind("doc", row.doc())
        .execute();
  }

  public static Optional<ImportJob> find(Handle handle, String poolId, String jobId) {
    return handle
        .createQuery("SELECT * FROM import_job WHERE pool_id = :pool AND job_id = :job")
        .bind("pool", poolId)
        .bind("job", jobId)
        .map(JOB)
        .findOne();
  }

  /**
   * The job that a call names.
   *
   * @throws dev.gatehouse.kernel.Refusal IMPORT_JOB_UNKNOWN
   */
  public static ImportJob require(Handle handle, String poolId, String jobId) {
    return find(handle, poolId, jobId).orElseThrow(() -> Why.IMPORT_JOB_UNKNOWN.refusal(jobId));
  }

  /** A pool's jobs before a place in their order, newest first. */
  public static List<ImportJob> page(
      Handle handle, String poolId, long beforeCreated, String beforeId, int most) {
    return handle
        .createQuery(
            """
            SELECT * FROM import_job WHERE pool_id = :pool AND (created, job_id) < (:created, :job)
            ORDER BY created DESC, job_id DESC LIMIT :most
            """)
        .bind("pool", poolId)
        .bind("created", beforeCreated)
        .bind("job", beforeId)
        .bind("most", most)
        .map(JOB)
        .list();
  }

  /**
   * Moves a created job whose file is there to Pending.
   *
   * @param createdAfter jobs from before it have expired
   */
  static boolean start(
      Handle handle, String poolId, String jobId, Instant createdAfter, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE import_job SET status = 'Pending', started = :now
                WHERE pool_id = :pool AND job_id = :job AND status = 'Created' AND size IS NOT NULL AND created > :after
                """)
            .bind("pool", poolId)
            .bind("job", jobId)
            .bind("now", now.toEpochMilli())
            .bind("after", createdAfter.toEpochMilli())
            .execute()
        == 1;
  }

  static boolean stop(Handle handle, String poolId, String jobId) {
    return handle
            .createUpdate(
                """
                UPDATE import_job SET status = 'Stopping'
                WHERE pool_id = :pool AND job_id = :job AND status IN ('Pending', 'InProgress')
                """)
            .bind("pool", poolId)
            .bind("job", jobId)
            .execute()
        == 1;
  }

  static boolean begin(Handle handle, String poolId, String jobId) {
    return handle
            .createUpdate(
                """
                UPDATE import_job SET status = 'InProgress'
                WHERE pool_id = :pool AND job_id = :job AND status IN ('Pending', 'InProgress')
                """)
            .bind("pool", poolId)
            .bind("job", jobId)
            .execute()
        == 1;
  }

  /**
   * States how far the job is, in the write that brought it there.
   *
   * @param before what the batch began from
   * @return false when the job is not there any more, or does not run
   */
  static boolean advance(
      Handle handle, ImportJob before, long doneBytes, long doneLines, Counts batch) {
    return handle
            .createUpdate(
                """
                UPDATE import_job SET done_bytes = :bytes, done_lines = :lines, imported = imported + :imported,
                  skipped = skipped + :skipped, failed = failed + :failed
                WHERE pool_id = :pool AND job_id = :job AND status = 'InProgress' AND done_bytes = :before
                """)
            .bind("pool", before.poolId())
            .bind("job", before.jobId())
            .bind("before", before.doneBytes())
            .bind("bytes", doneBytes)
            .bind("lines", doneLines)
            .bind("imported", batch.imported())
            .bind("skipped", batch.skipped())
            .bind("failed", batch.failed())
            .execute()
        == 1;
  }

  /** Ends a job: Stopped follows on Stopping alone, every other end on InProgress. */
  static boolean end(
      Handle handle, String poolId, String jobId, Status status, String message, Instant now) {
    return handle
            .createUpdate(
                """
                UPDATE import_job SET status = :status, message = :message, completed = :now
                WHERE pool_id = :pool AND job_id = :job AND status = :from
                """)
            .bind("pool", poolId)
            .bind("job", jobId)
            .bind("status", status.text())
            .bind("from", (status == Status.STOPPED ? Status.STOPPING : Status.IN_PROGRESS).text())
            .bind("message", message)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  /** Marks jobs that nobody has started as expired; at most {@code most} in one go. */
  public static int expire(Handle handle, Instant createdBefore, Instant now, int most) {
    return handle
        .createUpdate(
            """
            UPDATE import_job SET status = 'Expired', completed = :now, message = :message
            WHERE status = 'Created' AND (pool_id, job_id) IN (
              SELECT pool_id, job_id FROM import_job WHERE status = 'Created' AND created <= :before LIMIT :most)
            """)
        .bind("now", now.toEpochMilli())
        .bind("message", "The user import job has expired.")
        .bind("before", createdBefore.toEpochMilli())
        .bind("most", most)
        .execute();
  }
}
