package dev.gatehouse.crypto;

/**
 * The cost of one Argon2id hash (RFC 9106 §3.1).
 *
 * @param memoryKib m, memory in KiB: 8 p to 1,048,576
 * @param iterations t, passes over the memory: 1 to 64
 * @param parallelism p, lanes: 1 to 16
 */
public record Argon2Parameters(int memoryKib, int iterations, int parallelism) {
  /** 19 MiB, two passes, one lane: the second of OWASP's equal choices. */
  public static final Argon2Parameters DEFAULT = new Argon2Parameters(19456, 2, 1);

  private static final int MAX_MEMORY_KIB = 1 << 20;
  private static final int MAX_ITERATIONS = 64;
  private static final int MAX_PARALLELISM = 16;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException for values outside the bounds above; they keep a foreign hash
   *     from asking for all of the machine's memory or time
   */
  public Argon2Parameters {
    if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
      throw new IllegalArgumentException("Argon2id parallelism out of bounds: " + parallelism);
    }
    if (memoryKib < 8 * parallelism || memoryKib > MAX_MEMORY_KIB) {
      throw new IllegalArgumentException("Argon2id memory out of bounds: " + memoryKib + " KiB");
    }
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException("Argon2id iterations out of bounds: " + iterations);
    }
  }
}
