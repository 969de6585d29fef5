package dev.gatehouse.http;

/** A port cannot be listened on, most often because another process does. For the operator. */
public final class PortTakenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PortTakenException(String host, int port) {
    super(
        "Cannot listen on port "
            + port
            + " of "
            + host
            + ". Another process may be listening there already; choose another port.");
  }
}
