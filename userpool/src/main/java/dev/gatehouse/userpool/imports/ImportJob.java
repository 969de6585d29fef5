package dev.gatehouse.userpool.imports;

import dev.gatehouse.crypto.ImportedHash;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user import job.
 *
 * @param upload the upload that has brought the file, or is bringing it; {@code ""} for none
 * @param size bytes of the file, null until an upload is complete
 * @param fileLines lines of the file that hold anything, null until an upload is complete
 * @param doneBytes where the next batch begins in the file, 0 at its header
 * @param doneLines lines before that
 * @param message CompletionMessage
 */
public record ImportJob(
    String poolId,
    String jobId,
    Instant created,
    Status status,
    String upload,
    @Nullable Long size,
    @Nullable Long fileLines,
    @Nullable Instant started,
    @Nullable Instant completed,
    long doneBytes,
    long doneLines,
    Counts counts,
    @Nullable String message,
    Document document) {
  /** How long the address of the upload is good. */
  public static final Duration UPLOAD_LIFE = Duration.ofMinutes(15);

  /** A job that was not started after this time never will be. */
  public static final Duration UNSTARTED_LIFE = Duration.ofHours(24);

  /** How many jobs a pool may have, ended ones included. */
  public static final int MOST = 1000;

  /** {@code UserImportJobStatusType}, whose values are written so. */
  public enum Status {
    CREATED("Created"),
    PENDING("Pending"),
    IN_PROGRESS("InProgress"),
    STOPPING("Stopping"),
    EXPIRED("Expired"),
    STOPPED("Stopped"),
    FAILED("Failed"),
    SUCCEEDED("Succeeded");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }

    static Status of(String text) {
      for (Status status : values()) {
        if (status.text.equals(text)) {
          return status;
        }
      }
      throw new IllegalArgumentException("not a status: " + text);
    }
  }

  /** What became of the rows so far. */
  public record Counts(long imported, long skipped, long failed) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(Counts more) {
      return new Counts(imported + more.imported, skipped + more.skipped, failed + more.failed);
    }
  }

  /**
   * What the job was created with.
   *
   * @param algorithm of the column {@code password_hash}; null without one
   */
  public record Document(
      int v, String name, String cloudWatchLogsRoleArn, @Nullable ImportedHash algorithm) {}

  /** A job that is made now. */
  public static ImportJob ofNew(String poolId, String jobId, Document document, Instant now) {
    return new ImportJob(
        poolId,
        jobId,
        now,
        Status.CREATED,
        "",
        null,
        null,
        null,
        null,
        0,
        0,
        Counts.NONE,
        null,
        document);
  }

  /** The same job, so many bytes and lines on. */
  ImportJob advanced(long bytes, long lines, Counts batch) {
    return new ImportJob(
        poolId,
        jobId,
        created,
        status,
        upload,
        size,
        fileLines,
        started,
        completed,
        bytes,
        lines,
        counts.plus(batch),
        message,
        document);
  }

  /** When the address of the upload ends. */
  public Instant uploadEnds() {
    return created.plus(UPLOAD_LIFE);
  }
}
