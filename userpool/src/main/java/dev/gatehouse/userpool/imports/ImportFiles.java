package dev.gatehouse.userpool.imports;

import dev.gatehouse.store.Database;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Table {@code import_chunk}: files in sealed pieces, where every node can read them. Neither
 * writing nor reading holds more than a piece.
 */
public final class ImportFiles {
  /** Bytes of a piece, but for the last. */
  static final int CHUNK = 256 * 1024;

  private final Database database;
  private final Vault vault;

  public ImportFiles(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  /** Whose file it is: that of one upload to one job. */
  record File(String poolId, String jobId, String upload) {
    static File of(ImportJob job) {
      return new File(job.poolId(), job.jobId(), job.upload());
    }

    private Place place(int number) {
      return new Place("import_chunk", poolId, jobId + "/" + upload + "/" + number, "sealed");
    }
  }

  void put(File file, int number, byte[] bytes) {
    byte[] sealed = vault.seal(file.place(number), bytes);
    database.<Integer>write(handle ->
        handle
            .createUpdate(
                """
                INSERT INTO import_chunk (pool_id, job_id, upload, number, sealed) VALUES (:pool, :job, :upload, :number, :sealed)
                """)
            .bind("pool", file.poolId())
            .bind("job", file.jobId())
            .bind("upload", file.upload())
            .bind("number", number)
            .bind("sealed", sealed)
            .execute());
  }

  private Optional<byte[]> get(File file, int number) {
    return database
        .<Optional<byte[]>>read(handle ->
            handle
                .createQuery(
                    """
                    SELECT sealed FROM import_chunk
                    WHERE pool_id = :pool AND job_id = :job AND upload = :upload AND number = :number
                    """)
                .bind("pool", file.poolId())
                .bind("job", file.jobId())
                .bind("upload", file.upload())
                .bind("number", number)
                .map((row, context) -> row.getBytes("sealed"))
                .findOne())
        .map(sealed -> vault.open(file.place(number), sealed));
  }

  /** The file from a position on. */
  InputStream open(File file, long position) {
    return new Pieces(file, position);
  }

  /** Takes away pieces of jobs that have ended and of uploads that came to nothing. */
  public static int sweep(Handle handle, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM import_chunk WHERE (pool_id, job_id, upload, number) IN (
              SELECT c.pool_id, c.job_id, c.upload, c.number FROM import_chunk c
              LEFT JOIN import_job j ON j.pool_id = c.pool_id AND j.job_id = c.job_id
              WHERE j.job_id IS NULL OR j.status NOT IN ('Created', 'Pending', 'InProgress', 'Stopping') OR j.upload <> c.upload
              LIMIT :most)
            """)
        .bind("most", most)
        .execute();
  }

  private final class Pieces extends InputStream {
    private final File file;
    private int next;
    private int skip;
    private byte[] piece = new byte[0];
    private int at;

    Pieces(File file, long position) {
      this.file = file;
      this.next = (int) (position / CHUNK);
      this.skip = (int) (position % CHUNK);
    }

    @Override
    public int read() throws IOException {
      return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      Objects.checkFromIndexSize(offset, count, target.length);
      if (count == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int some = Math.min(count, piece.length - at);
      System.arraycopy(piece, at, target, offset, some);
      at += some;
      return some;
    }

    private boolean fill() {
      if (at < piece.length) {
        return true;
      }
      if (next > 0 && piece.length > 0 && piece.length < CHUNK) {
        return false; // the last one was read
      }
      byte[] loaded = get(file, next).orElseGet(() -> new byte[0]);
      Arrays.fill(piece, (byte) 0);
      piece = loaded;
      at = Math.min(skip, piece.length);
      skip = 0;
      next++;
      return at < piece.length;
    }
  }
}
