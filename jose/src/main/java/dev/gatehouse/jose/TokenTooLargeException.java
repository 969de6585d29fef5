package dev.gatehouse.jose;

/** Claims that would make a token longer than {@link PresentedToken#MAX_CHARACTERS}. */
public final class TokenTooLargeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TokenTooLargeException(int characters) {
    super("a token of " + characters + " characters would not be accepted back");
  }
}
