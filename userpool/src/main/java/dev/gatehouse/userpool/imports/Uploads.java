package dev.gatehouse.userpool.imports;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.imports.ImportFiles.File;
import dev.gatehouse.userpool.imports.UploadAddress.Presented;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Takes the files of jobs, once each, as they arrive. An upload that breaks off leaves nothing
 * behind and may be tried again as long as the address is good.
 */
public final class Uploads {
  /** The greatest file, in bytes. */
  public static final int MOST_BYTES = 100 * 1024 * 1024;

  /** How long a file may take to arrive. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  private static final int CHUNKS_AT_ONCE = 16;

  private final Database database;
  private final ImportFiles files;
  private final UploadAddress address;
  private final Clock clock;
  private final Ids ids;

  public Uploads(
      Database database, ImportFiles files, UploadAddress address, Clock clock, Ids ids) {
    this.database = database;
    this.files = files;
    this.address = address;
    this.clock = clock;
    this.ids = ids;
  }

  /** What became of an upload. */
  public enum Outcome {
    STORED,
    /** No address of this server. */
    FORGED,
    EXPIRED,
    /** The job has its file, is getting it at this moment, or waits for none any more. */
    NOT_WANTED
  }

  /**
   * Takes a file.
   *
   * @param body read only when the file is wanted
   * @throws IOException what {@code body} failed with; nothing is stored then
   */
  public Outcome take(Presented presented, InputStream body) throws IOException {
    // 1. the address, before anything is looked up
    if (!address.isGenuine(presented)) {
      return Outcome.FORGED;
    }
    Instant now = clock.now();
    if (!presented.end().isAfter(now)) {
      return Outcome.EXPIRED;
    }
    // 2. the job is kept for this upload
    File file = new File(presented.poolId(), presented.jobId(), ids.uuid());
    if (!database.<Boolean>write(
        handle -> UploadStore.begin(handle, file, now, now.plus(LONGEST)))) {
      return Outcome.NOT_WANTED;
    }
    // 3. the file, piece by piece, and the end that makes it the job's
    boolean stored = false;
    try {
      Tally tally = store(file, body);
      stored =
          database.<Boolean>write(
              handle -> UploadStore.complete(handle, file, tally.bytes, tally.lines()));
      return stored ? Outcome.STORED : Outcome.NOT_WANTED;
    } finally {
      if (!stored) {
        forget(file);
      }
    }
  }

  private Tally store(File file, InputStream body) throws IOException {
    Tally tally = new Tally();
    byte[] piece = new byte[ImportFiles.CHUNK];
    for (int number = 0; ; number++) {
      int length = body.readNBytes(piece, 0, piece.length);
      if (length > 0) {
        tally.add(piece, length);
        files.put(file, number, length < piece.length ? Arrays.copyOf(piece, length) : piece);
      }
      if (length < piece.length) {
        return tally;
      }
    }
  }

  private void forget(File file) {
    database.<Integer>write(handle -> UploadStore.abandon(handle, file));
    while (database.<Integer>write(handle -> ImportFiles.sweep(handle, CHUNKS_AT_ONCE))
        == CHUNKS_AT_ONCE) {
      // the next pieces
    }
  }

  /** Bytes, and lines that hold anything. */
  private static final class Tally {
    private long bytes;
    private long ended;
    private boolean begun;

    void add(byte[] piece, int length) {
      bytes += length;
      for (int i = 0; i < length; i++) {
        if (piece[i] == '\n') {
          ended += begun ? 1 : 0;
          begun = false;
        } else {
          begun |= piece[i] != '\r';
        }
      }
    }

    long lines() {
      return ended + (begun ? 1 : 0);
    }
  }
}
