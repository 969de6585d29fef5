package dev.gatehouse.triggers.kms;

import dev.gatehouse.crypto.EncryptionSdkMessage.DataKey;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Blob;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.kms.DataKeySpec;
import dev.gatehouse.model.kms.GenerateDataKeyRequest;
import dev.gatehouse.model.kms.GenerateDataKeyResponse;
import dev.gatehouse.triggers.kms.KmsReason.Why;

/** A new data key, in clear and encrypted. */
public final class GenerateDataKey
    implements Operation<GenerateDataKeyRequest, GenerateDataKeyResponse> {
  private static final int AES_128_BYTES = 16;
  private static final int AES_256_BYTES = 32;

  private final OwnKeys keys;

  public GenerateDataKey(OwnKeys keys) {
    this.keys = keys;
  }

  @Override
  public GenerateDataKeyResponse handle(GenerateDataKeyRequest request, RequestContext context) {
    String arn = keys.require(request.keyId(), context.region());
    KmsRequests.refuseGrants(request.grantTokens());
    DataKey made =
        keys.generate(arn, length(request), KmsRequests.context(request.encryptionContext()));
    return GenerateDataKeyResponse.builder()
        .keyId(arn)
        .plaintext(Blob.of(made.plaintext().bytes()))
        .ciphertextBlob(Blob.of(made.encrypted()))
        .build();
  }

  private static int length(GenerateDataKeyRequest request) {
    Integer bytes = request.numberOfBytes();
    DataKeySpec spec = request.keySpec();
    if (bytes != null && spec == null) {
      return bytes;
    }
    if (spec == null || bytes != null) {
      throw KmsReason.refusal(Why.LENGTH_NOT_SAID_ONCE, "");
    }
    return spec.equals(DataKeySpec.AES_128) ? AES_128_BYTES : AES_256_BYTES;
  }
}
