package dev.gatehouse.triggers.kms;

import dev.gatehouse.crypto.EncryptionSdkMessage.DataKey;
import java.util.Map;

/** Makes data keys under the key that a pool names ({@code LambdaConfig.KMSKeyID}). */
public interface DataKeys {
  /** Whether the key can be asked for; a key elsewhere may refuse all the same. */
  boolean has(String keyArn);

  /**
   * A new data key of 32 bytes.
   *
   * @param context has to be told again to have it decrypted
   * @throws UnavailableException when the key does not make one
   */
  DataKey generate(String keyArn, Map<String, String> context) throws UnavailableException;

  /** Holds nothing of the key. */
  final class UnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnavailableException(String detail) {
      super(detail);
    }
  }
}
