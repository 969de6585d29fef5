package dev.gatehouse.wire;

import dev.gatehouse.access.SignatureVerdict.Refused;
import dev.gatehouse.model.ApiError;

/** What each protocol answers to a signature that is refused (protocol.md §2, sts-iam.md §1). */
enum SignatureWords {
  JSON {
    @Override
    ApiError of(Refused refused) {
      return switch (refused.reason()) {
        case MISSING ->
            new ApiError(
                "MissingAuthenticationTokenException", "Missing Authentication Token", 400);
        case INCOMPLETE -> new ApiError("IncompleteSignatureException", refused.detail(), 400);
        case UNKNOWN_KEY ->
            new ApiError(
                "UnrecognizedClientException",
                "The security token included in the request is invalid.",
                400);
        case MISMATCH ->
            new ApiError("InvalidSignatureException", MISMATCH_TEXT + refused.detail(), 400);
        case EXPIRED, UNSUPPORTED ->
            new ApiError("InvalidSignatureException", refused.detail(), 400);
      };
    }
  },
  QUERY {
    @Override
    ApiError of(Refused refused) {
      return switch (refused.reason()) {
        case MISSING ->
            new ApiError(
                "MissingAuthenticationToken", "Request is missing Authentication Token", 403);
        case INCOMPLETE -> new ApiError("IncompleteSignature", refused.detail(), 400);
        case UNKNOWN_KEY ->
            new ApiError(
                "InvalidClientTokenId",
                "The security token included in the request is invalid.",
                403);
        case MISMATCH ->
            new ApiError("SignatureDoesNotMatch", MISMATCH_TEXT + refused.detail(), 403);
        case EXPIRED, UNSUPPORTED -> new ApiError("SignatureDoesNotMatch", refused.detail(), 403);
      };
    }
  };

  private static final String MISMATCH_TEXT =
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing"
          + " method. Consult the service documentation for details.";

  abstract ApiError of(Refused refused);
}
