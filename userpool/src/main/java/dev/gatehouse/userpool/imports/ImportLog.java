package dev.gatehouse.userpool.imports;

import dev.gatehouse.userpool.imports.ImportJob.Counts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of each row, in the words that Cognito writes to CloudWatch, on logger {@code import}
 * after pool and job id: rows that were not imported and the job's progress at level info, those
 * that were at debug. Numbers of lines and names of attributes, nothing else of a row.
 *
 * <p>Lines follow the commit of what they tell. A server that is killed between the two has done
 * what it did not tell; the counts of DescribeUserImportJob are exact.
 */
final class ImportLog {
  private static final Logger LOG = LoggerFactory.getLogger("import");

  private final String poolId;
  private final String jobId;

  ImportLog(ImportJob job) {
    this.poolId = job.poolId();
    this.jobId = job.jobId();
  }

  void succeeded(long line) {
    LOG.debug("{} {} [SUCCEEDED] Line Number {} - The import succeeded.", poolId, jobId, line);
  }

  void skipped(long line) {
    LOG.info("{} {} [SKIPPED] Line Number {} - The user already exists.", poolId, jobId, line);
  }

  void failed(long line, String problem) {
    LOG.info("{} {} [FAILED] Line Number {} - {}", poolId, jobId, line, problem);
  }

  void progress(long lines, Counts counts) {
    LOG.info(
        "{} {} InProgress: {} lines done, {} users imported, {} skipped, {} failed",
        poolId,
        jobId,
        lines,
        counts.imported(),
        counts.skipped(),
        counts.failed());
  }

  void ended(ImportJob.Status status, String message) {
    LOG.info("{} {} {}: {}", poolId, jobId, status.text(), message);
  }
}
