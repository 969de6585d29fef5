package dev.gatehouse.userpool.imports;

import dev.gatehouse.userpool.UserPoolModule.Ground;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.Pools;

/** User import put together. */
public final class ImportModule {
  private final UploadAddress uploadAddress;
  private final Uploads uploads;
  private final ImportWorker worker;
  private final ImportJobs jobs;

  public ImportModule(Ground ground, Pools pools, Issuers issuers) {
    ImportFiles files = new ImportFiles(ground.database(), ground.vault());
    this.uploadAddress = new UploadAddress(ground.vault(), issuers.publicUrl());
    this.uploads =
        new Uploads(ground.database(), files, uploadAddress, ground.clock(), ground.ids());
    this.worker = new ImportWorker(ground.database(), files, pools, ground.clock(), ground.ids());
    this.jobs = new ImportJobs(ground.database(), ground.clock(), ground.ids(), worker::wake);
  }

  public UploadAddress uploadAddress() {
    return uploadAddress;
  }

  /** Where the files of import jobs are put. */
  public Uploads uploads() {
    return uploads;
  }

  /** Runs import jobs; to be started, and closed before the database is. */
  public ImportWorker worker() {
    return worker;
  }

  public ImportJobs jobs() {
    return jobs;
  }
}
