package dev.gatehouse.userpool.api;

import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.cognitoidp.GetSigningCertificateRequest;
import dev.gatehouse.model.cognitoidp.GetSigningCertificateResponse;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.SigningCertificates;
import java.util.Base64;

/**
 * The certificate that identity providers check a pool's SAML requests with, as base64 without
 * lines (userpool.md §14).
 */
public final class GetSigningCertificate
    implements Operation<GetSigningCertificateRequest, GetSigningCertificateResponse> {
  private final Pools pools;
  private final SigningCertificates certificates;

  public GetSigningCertificate(Pools pools, SigningCertificates certificates) {
    this.pools = pools;
    this.certificates = certificates;
  }

  @Override
  public GetSigningCertificateResponse handle(
      GetSigningCertificateRequest request, RequestContext context) {
    byte[] certificate = certificates.of(pools.require(request.userPoolId(), context));
    return GetSigningCertificateResponse.builder()
        .certificate(Base64.getEncoder().encodeToString(certificate))
        .build();
  }
}
