package dev.gatehouse.triggers.kms;

import dev.gatehouse.model.kms.EncryptionAlgorithmSpec;
import dev.gatehouse.triggers.kms.KmsReason.Why;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the three operations' requests share. */
final class KmsRequests {
  private KmsRequests() {}

  static Map<String, String> context(@Nullable Map<String, String> given) {
    return given == null ? Map.of() : given;
  }

  static void refuseGrants(@Nullable List<String> tokens) {
    if (tokens != null && !tokens.isEmpty()) {
      throw KmsReason.refusal(Why.GRANT_UNKNOWN, "");
    }
  }

  static void refuseOtherAlgorithms(@Nullable EncryptionAlgorithmSpec algorithm) {
    if (algorithm != null && !algorithm.equals(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)) {
      throw KmsReason.refusal(Why.ALGORITHM_OF_OTHER_KEYS, "");
    }
  }
}
