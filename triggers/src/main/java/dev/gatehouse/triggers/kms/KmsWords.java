package dev.gatehouse.triggers.kms;

import dev.gatehouse.kernel.Reason;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.ErrorWords;
import dev.gatehouse.model.OperationModel;

/** KMS's words for each {@link KmsReason}. */
public final class KmsWords implements ErrorWords {
  private static final int BAD_REQUEST = 400;

  @Override
  public ApiError words(Reason reason, OperationModel<?, ?> operation) {
    if (!(reason instanceof KmsReason refused)) {
      throw new IllegalArgumentException("not a reason of KMS: " + reason.getClass());
    }
    return switch (refused.why()) {
      case KEY_UNKNOWN ->
          error("NotFoundException", "Key '" + refused.argument() + "' does not exist");
      case CIPHERTEXT_INVALID -> error("InvalidCiphertextException", "");
      case KEY_DIFFERS ->
          error(
              "IncorrectKeyException",
              "The key ID in the request does not identify a key that can perform this operation.");
      case ALGORITHM_OF_OTHER_KEYS ->
          error("InvalidKeyUsageException", "The key is for SYMMETRIC_DEFAULT.");
      case GRANT_UNKNOWN -> error("InvalidGrantTokenException", "There are no grants.");
      case LENGTH_NOT_SAID_ONCE ->
          error("ValidationException", "Please specify either number of bytes or key spec.");
    };
  }

  private static ApiError error(String type, String message) {
    return new ApiError(type, message, BAD_REQUEST);
  }
}
