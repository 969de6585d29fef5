package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.DescribeUserImportJobRequest;
import dev.gatehouse.model.cognitoidp.DescribeUserImportJobResponse;
import dev.gatehouse.userpool.imports.ImportJobs;
import dev.gatehouse.userpool.imports.UploadAddress;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;

/** An import job, with what became of its rows so far. */
public final class DescribeUserImportJob
    implements Operation<DescribeUserImportJobRequest, DescribeUserImportJobResponse> {
  private final Pools pools;
  private final ImportJobs jobs;
  private final UploadAddress address;

  public DescribeUserImportJob(Pools pools, ImportJobs jobs, UploadAddress address) {
    this.pools = pools;
    this.jobs = jobs;
    this.address = address;
  }

  @Override
  public DescribeUserImportJobResponse handle(
      DescribeUserImportJobRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    return DescribeUserImportJobResponse.builder()
        .userImportJob(ImportAnswers.job(jobs.require(pool, request.jobId()), address))
        .build();
  }
}
