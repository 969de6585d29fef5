package dev.gatehouse.triggers.kms;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Blob;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.kms.EncryptRequest;
import dev.gatehouse.model.kms.EncryptResponse;
import dev.gatehouse.model.kms.EncryptionAlgorithmSpec;

/** Encrypts up to 4 KiB under a key. */
public final class Encrypt implements Operation<EncryptRequest, EncryptResponse> {
  private final OwnKeys keys;

  public Encrypt(OwnKeys keys) {
    this.keys = keys;
  }

  @Override
  public EncryptResponse handle(EncryptRequest request, RequestContext context) {
    String arn = keys.require(request.keyId(), context.region());
    KmsRequests.refuseGrants(request.grantTokens());
    KmsRequests.refuseOtherAlgorithms(request.encryptionAlgorithm());
    return EncryptResponse.builder()
        .keyId(arn)
        .ciphertextBlob(
            Blob.of(
                keys.encrypt(
                    arn,
                    request.plaintext().toBytes(),
                    KmsRequests.context(request.encryptionContext()))))
        .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
        .build();
  }
}
