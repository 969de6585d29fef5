package dev.gatehouse.model;

import java.util.Set;

/**
 * What the model says about one operation.
 *
 * @param service the name that signatures are made for and IAM actions begin with, e.g. {@code
 *     cognito-idp}
 * @param name e.g. {@code SignUp}, the last part of {@code X-Amz-Target}, the query's {@code
 *     Action}
 * @param caller what proves that a caller may call
 * @param input the request's record, {@link NoInput} where the model has none
 * @param output the answer's record, {@link NoAnswer} where the model has none
 * @param emptyAnswer true where the model has no output: the answer's body is empty, not {@code {}}
 * @param errors the error types that the operation declares; SDKs know no others
 * @param validator the constraints of the request
 */
public record OperationModel<I, O>(
    String service,
    String name,
    CallerKind caller,
    Class<I> input,
    Class<O> output,
    boolean emptyAnswer,
    Set<String> errors,
    Validator<I> validator) {
  @Override
  public String toString() {
    return service + ":" + name;
  }
}
