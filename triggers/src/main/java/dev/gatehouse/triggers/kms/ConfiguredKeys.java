package dev.gatehouse.triggers.kms;

import dev.gatehouse.crypto.EncryptionSdkMessage.DataKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys of the file first, then those of the KMS that the file names. */
public final class ConfiguredKeys implements DataKeys {
  private static final int BYTES = 32;

  private final OwnKeys own;
  private final @Nullable KmsClient elsewhere;

  /**
   * @param elsewhere null = keys of the file alone
   */
  public ConfiguredKeys(OwnKeys own, @Nullable KmsClient elsewhere) {
    this.own = own;
    this.elsewhere = elsewhere;
  }

  @Override
  public boolean has(String keyArn) {
    return own.has(keyArn) || elsewhere != null;
  }

  @Override
  public DataKey generate(String keyArn, Map<String, String> context) throws UnavailableException {
    if (own.has(keyArn)) {
      return own.generate(keyArn, BYTES, context);
    }
    if (elsewhere == null) {
      throw new UnavailableException("there is no such key");
    }
    return elsewhere.generate(keyArn, context);
  }
}
