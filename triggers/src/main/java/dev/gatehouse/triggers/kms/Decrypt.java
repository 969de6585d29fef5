package dev.gatehouse.triggers.kms;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Blob;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.kms.DecryptRequest;
import dev.gatehouse.model.kms.DecryptResponse;
import dev.gatehouse.model.kms.EncryptionAlgorithmSpec;
import dev.gatehouse.triggers.kms.KmsReason.Why;

/** Opens what GenerateDataKey and Encrypt made. */
public final class Decrypt implements Operation<DecryptRequest, DecryptResponse> {
  private final OwnKeys keys;

  public Decrypt(OwnKeys keys) {
    this.keys = keys;
  }

  @Override
  public DecryptResponse handle(DecryptRequest request, RequestContext context) {
    KmsRequests.refuseGrants(request.grantTokens());
    KmsRequests.refuseOtherAlgorithms(request.encryptionAlgorithm());
    String named = request.keyId();
    String expected = named == null ? null : keys.require(named, context.region());
    OwnKeys.Opened opened =
        keys.decrypt(
                request.ciphertextBlob().toBytes(),
                KmsRequests.context(request.encryptionContext()),
                context.region())
            .orElseThrow(() -> KmsReason.refusal(Why.CIPHERTEXT_INVALID, ""));
    if (expected != null && !expected.equals(opened.arn())) {
      throw KmsReason.refusal(Why.KEY_DIFFERS, "");
    }
    return DecryptResponse.builder()
        .keyId(opened.arn())
        .plaintext(Blob.of(opened.text().bytes()))
        .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
        .build();
  }
}
