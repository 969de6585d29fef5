package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.ListUserImportJobsRequest;
import dev.gatehouse.model.cognitoidp.ListUserImportJobsResponse;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.imports.ImportJob;
import dev.gatehouse.userpool.imports.ImportStore;
import dev.gatehouse.userpool.imports.UploadAddress;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.util.List;

/** A pool's import jobs, newest first. */
public final class ListUserImportJobs
    implements Operation<ListUserImportJobsRequest, ListUserImportJobsResponse> {
  private static final String LIST = "ListUserImportJobs";

  /** MaxResults may be 60, the answer's list has 50 at the most (UserImportJobsListType). */
  private static final int LONGEST = 50;

  private final Pools pools;
  private final Database database;
  private final PageTokens pageTokens;
  private final UploadAddress address;

  public ListUserImportJobs(
      Pools pools, Database database, PageTokens pageTokens, UploadAddress address) {
    this.pools = pools;
    this.database = database;
    this.pageTokens = pageTokens;
    this.address = address;
  }

  @Override
  public ListUserImportJobsResponse handle(
      ListUserImportJobsRequest request, RequestContext context) {
    Pool pool = pools.require(request.userPoolId(), context);
    int most = Math.min(LONGEST, request.maxResults());
    String[] before =
        request.paginationToken() == null
            ? new String[] {String.valueOf(Long.MAX_VALUE), ""}
            : pageTokens
                .open(LIST, pool.id(), request.paginationToken())
                .orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal())
                .split(" ", 2);
    List<ImportJob> found =
        database.read(handle ->
            ImportStore.page(handle, pool.id(), Long.parseLong(before[0]), before[1], most + 1));
    List<ImportJob> page = found.size() > most ? found.subList(0, most) : found;
    return ListUserImportJobsResponse.builder()
        .userImportJobs(page.stream().map(job -> ImportAnswers.job(job, address)).toList())
        .paginationToken(
            found.size() > most
                ? pageTokens.seal(
                    LIST,
                    pool.id(),
                    page.getLast().created().toEpochMilli() + " " + page.getLast().jobId())
                : null)
        .build();
  }
}
