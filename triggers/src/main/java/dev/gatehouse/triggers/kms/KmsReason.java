package dev.gatehouse.triggers.kms;

import dev.gatehouse.kernel.Reason;
import dev.gatehouse.kernel.Refusal;

/**
 * Why a KMS operation is refused.
 *
 * @param argument what the text mentions; never a key or a text
 */
public record KmsReason(Why why, String argument) implements Reason {
  /** The closed set of reasons. */
  public enum Why {
    KEY_UNKNOWN,
    CIPHERTEXT_INVALID,
    KEY_DIFFERS,
    ALGORITHM_OF_OTHER_KEYS,
    GRANT_UNKNOWN,
    LENGTH_NOT_SAID_ONCE
  }

  static Refusal refusal(Why why, String argument) {
    return new Refusal(new KmsReason(why, argument));
  }
}
