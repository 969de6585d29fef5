package dev.gatehouse.userpool.api;

import dev.gatehouse.crypto.ImportedHash;
import dev.gatehouse.model.cognitoidp.PasswordHashingAlgorithmType;
import dev.gatehouse.model.cognitoidp.UserImportJobStatusType;
import dev.gatehouse.model.cognitoidp.UserImportJobType;
import dev.gatehouse.userpool.imports.ImportJob;
import dev.gatehouse.userpool.imports.UploadAddress;
import org.jspecify.annotations.Nullable;

/** Import jobs as the API shows them. */
final class ImportAnswers {
  private ImportAnswers() {}

  static UserImportJobType job(ImportJob job, UploadAddress address) {
    ImportedHash algorithm = job.document().algorithm();
    return UserImportJobType.builder()
        .jobName(job.document().name())
        .jobId(job.jobId())
        .userPoolId(job.poolId())
        .preSignedUrl(address.of(job))
        .creationDate(job.created())
        .startDate(job.started())
        .completionDate(job.completed())
        .status(UserImportJobStatusType.of(job.status().text()))
        .cloudWatchLogsRoleArn(job.document().cloudWatchLogsRoleArn())
        .importedUsers(job.counts().imported())
        .skippedUsers(job.counts().skipped())
        .failedUsers(job.counts().failed())
        .completionMessage(job.message())
        .passwordHashingAlgorithm(
            algorithm == null ? null : PasswordHashingAlgorithmType.of(algorithm.name()))
        .build();
  }

  static @Nullable ImportedHash algorithm(@Nullable PasswordHashingAlgorithmType type) {
    return type == null ? null : ImportedHash.valueOf(type.value());
  }
}
