package dev.gatehouse.wire;

import java.util.Set;

/**
 * How a JSON service names errors that are the edge's to answer.
 *
 * @param invalid constraints of the model are broken
 * @param common types that operations answer without declaring them
 */
public record JsonErrors(String invalid, String throttled, String internal, Set<String> common) {
  public static final JsonErrors COGNITO =
      new JsonErrors(
          "InvalidParameterException",
          "TooManyRequestsException",
          "InternalErrorException",
          Set.of());

  public static final JsonErrors KMS =
      new JsonErrors(
          "ValidationException",
          "ThrottlingException",
          "KMSInternalException",
          Set.of("ValidationException"));

  public JsonErrors {
    common = Set.copyOf(common);
  }
}
