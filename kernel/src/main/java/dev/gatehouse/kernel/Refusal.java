package dev.gatehouse.kernel;

/**
 * Carries a {@link Reason} out of an operation; thrown inside {@code Database.write} it also rolls
 * the work back. Not a fault: it has no stack trace and is never logged as an error. See
 * docs/decisions/0003.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Reason reason;

  public Refusal(Reason reason) {
    super(null, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public String getMessage() {
    return reason.toString();
  }
}
