package dev.gatehouse.http;

import java.io.IOException;

/** A body that is not taken, and what is answered instead. Its connection is closed. */
final class BodyRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String text;

  BodyRefusedException(int status, String message) {
    super(message);
    this.status = status;
    this.text = message;
  }

  HttpAnswer answer() {
    return HttpAnswer.text(status, text).with("Connection", "close");
  }
}
