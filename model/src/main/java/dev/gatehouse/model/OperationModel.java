package dev.gatehouse.model;

import java.util.List;
import java.util.Set;

/**
 * An operation as its service's model describes it.
 *
 * @param service the service shape's name, e.g. {@code AWSCognitoIdentityProviderService}
 * @param errors the declared error types, without name space
 */
public record OperationModel<I, O>(
    String service,
    String name,
    CallerKind caller,
    Class<I> input,
    Class<O> output,
    Set<String> errors,
    Validator<I> validator) {
  /** Runs a request record's constraint checks. */
  @FunctionalInterface
  public interface Validator<I> {
    void check(I value, String path, Checks checks);
  }

  /** Whether a success is an empty body rather than a JSON object. */
  public boolean emptyAnswer() {
    return output == NoOutput.class;
  }

  /** What in the request the constraints do not allow, in the model's order. */
  public List<String> violations(I request) {
    Checks checks = new Checks();
    validator.check(request, "", checks);
    return checks.violations();
  }
}
