package dev.gatehouse.userpool.imports;

import dev.gatehouse.userpool.imports.ImportFiles.File;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The columns of {@code import_job} that tell of its upload. */
final class UploadStore {
  private UploadStore() {}

  /**
   * Keeps a created job without a file for one upload.
   *
   * @return false when it has one, or another upload is under way
   */
  static boolean begin(Handle handle, File file, Instant now, Instant until) {
    return handle
            .createUpdate(
                """
                UPDATE import_job SET upload = :upload, held = :until
                WHERE pool_id = :pool AND job_id = :job AND status = 'Created' AND size IS NULL AND held < :now
                """)
            .bind("pool", file.poolId())
            .bind("job", file.jobId())
            .bind("upload", file.upload())
            .bind("now", now.toEpochMilli())
            .bind("until", until.toEpochMilli())
            .execute()
        == 1;
  }

  /** Makes the file the job's, if no other is. */
  static boolean complete(Handle handle, File file, long bytes, long lines) {
    return handle
            .createUpdate(
                """
                UPDATE import_job SET size = :bytes, file_lines = :lines
                WHERE pool_id = :pool AND job_id = :job AND status = 'Created' AND size IS NULL AND upload = :upload
                """)
            .bind("pool", file.poolId())
            .bind("job", file.jobId())
            .bind("upload", file.upload())
            .bind("bytes", bytes)
            .bind("lines", lines)
            .execute()
        == 1;
  }

  /** Lets the job be uploaded to again. */
  static int abandon(Handle handle, File file) {
    return handle
        .createUpdate(
            """
            UPDATE import_job SET upload = '', held = 0
            WHERE pool_id = :pool AND job_id = :job AND size IS NULL AND upload = :upload
            """)
        .bind("pool", file.poolId())
        .bind("job", file.jobId())
        .bind("upload", file.upload())
        .execute();
  }
}
