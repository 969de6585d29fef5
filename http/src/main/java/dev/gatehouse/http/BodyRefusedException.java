package dev.gatehouse.http;

/** A body that is not taken, and what is answered instead. Its connection is closed. */
final class BodyRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String text;

  BodyRefusedException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
    this.text = message;
  }

  HttpAnswer answer() {
    return HttpAnswer.text(status, text).with("Connection", "close");
  }
}
