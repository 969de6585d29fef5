package dev.gatehouse.model;

/**
 * A body that does not have the form of the request: answered as {@code SerializationException}
 * (protocol.md §1). Neither text nor path repeats a value or a map's key.
 */
public final class WireTypeException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String path;

  WireTypeException(String message, String path) {
    super(message, null, false, false);
    this.path = path;
  }

  /** The text for the client, e.g. {@code NUMBER_VALUE can not be converted to a String}. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** Where, e.g. {@code userAttributes.1.member.name}; empty when the body as a whole is wrong. */
  public String path() {
    return path;
  }
}
