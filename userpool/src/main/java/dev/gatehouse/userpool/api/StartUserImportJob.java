package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.StartUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.StartUserImportJobResponse;
import dev.gatehouse.userpool.imports.ImportJobs;
import dev.gatehouse.userpool.imports.UploadAddress;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Starts an import job whose file was put; one runs at a time. */
public final class StartUserImportJob
    implements Operation<StartUserImportJobRequest, StartUserImportJobResponse> {
  private final Pools pools;
  private final ImportJobs jobs;
  private final UploadAddress address;

  public StartUserImportJob(Pools pools, ImportJobs jobs, UploadAddress address) {
    this.pools = pools;
    this.jobs = jobs;
    this.address = address;
  }

  @Override
  public StartUserImportJobResponse handle(
      StartUserImportJobRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    return StartUserImportJobResponse.builder()
        .userImportJob(ImportAnswers.job(jobs.start(pool, request.jobId()), address))
        .build();
  }
}
