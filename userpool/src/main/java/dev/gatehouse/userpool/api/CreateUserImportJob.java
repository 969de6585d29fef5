package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.CreateUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.CreateUserImportJobResponse;
import dev.gatehouse.userpool.imports.ImportJobs;
import dev.gatehouse.userpool.imports.UploadAddress;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Makes an import job, and the address that its file is put to within 15 minutes. */
public final class CreateUserImportJob
    implements Operation<CreateUserImportJobRequest, CreateUserImportJobResponse> {
  private final Pools pools;
  private final ImportJobs jobs;
  private final UploadAddress address;

  public CreateUserImportJob(Pools pools, ImportJobs jobs, UploadAddress address) {
    this.pools = pools;
    this.jobs = jobs;
    this.address = address;
  }

  @Override
  public CreateUserImportJobResponse handle(
      CreateUserImportJobRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    return CreateUserImportJobResponse.builder()
        .userImportJob(
            ImportAnswers.job(
                jobs.create(
                    pool,
                    request.jobName(),
                    request.cloudWatchLogsRoleArn(),
                    ImportAnswers.algorithm(request.passwordHashingAlgorithm())),
                address))
        .build();
  }
}
