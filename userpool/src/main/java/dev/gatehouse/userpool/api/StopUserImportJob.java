package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.StopUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.StopUserImportJobResponse;
import dev.gatehouse.userpool.imports.ImportJobs;
import dev.gatehouse.userpool.imports.UploadAddress;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** Stops an import job; users that it has made stay. */
public final class StopUserImportJob
    implements Operation<StopUserImportJobRequest, StopUserImportJobResponse> {
  private final Pools pools;
  private final ImportJobs jobs;
  private final UploadAddress address;

  public StopUserImportJob(Pools pools, ImportJobs jobs, UploadAddress address) {
    this.pools = pools;
    this.jobs = jobs;
    this.address = address;
  }

  @Override
  public StopUserImportJobResponse handle(
      StopUserImportJobRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    return StopUserImportJobResponse.builder()
        .userImportJob(ImportAnswers.job(jobs.stop(pool, request.jobId()), address))
        .build();
  }
}
