package dev.gatehouse.userpool.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.store.Vault;
import java.time.Instant;
import java.util.HexFormat;

/**
 * {@code PreSignedUrl}: where a job's file is put, with a keyed hash over pool, job and end. Who
 * has the address may upload; nothing else stands in it.
 */
public final class UploadAddress {
  /** The path before the job's id. */
  public static final String PATH = "/_upload/";

  private static final String PURPOSE = "import-upload";

  private final Vault vault;
  private final String publicUrl;

  /**
   * @param publicUrl the installation's address, without a slash at its end
   */
  public UploadAddress(Vault vault, String publicUrl) {
    this.vault = vault;
    this.publicUrl = publicUrl;
  }

  /** The address of a job; the same each time. */
  public String of(ImportJob job) {
    String expires = String.valueOf(job.uploadEnds().getEpochSecond());
    return publicUrl
        + PATH
        + job.jobId()
        + "?pool="
        + job.poolId()
        + "&expires="
        + expires
        + "&signature="
        + HexFormat.of().formatHex(mac(job.poolId(), job.jobId(), expires));
  }

  /** Whether this server made the address; compared in constant time. */
  boolean isGenuine(Presented presented) {
    byte[] expected = mac(presented.poolId(), presented.jobId(), presented.expires());
    return ConstantTime.equal(
        HexFormat.of().formatHex(expected).getBytes(UTF_8), presented.signature().getBytes(UTF_8));
  }

  private byte[] mac(String poolId, String jobId, String expires) {
    return vault.mac(
        Vault.SERVER,
        PURPOSE,
        poolId.getBytes(UTF_8),
        jobId.getBytes(UTF_8),
        expires.getBytes(UTF_8));
  }

  /** The parts of an address as a client sent them. */
  public record Presented(String poolId, String jobId, String expires, String signature) {
    /** The end of an address that is genuine. */
    Instant end() {
      return Instant.ofEpochSecond(Long.parseLong(expires));
    }

    @Override
    public String toString() {
      return "Presented[" + jobId + "]";
    }
  }
}
