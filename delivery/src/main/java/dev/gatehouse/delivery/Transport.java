package dev.gatehouse.delivery;

/** Sends messages of one medium. */
public interface Transport {
  /**
   * A message could not be handed over; the cause is for the log and holds neither recipient nor
   * text.
   */
  final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    public TransportException(String detail) {
      super(detail);
    }
  }

  /**
   * Hands the message over.
   *
   * @param id the same for every attempt at one message, so that a receiver can tell a repetition
   */
  void send(String id, Message message) throws TransportException;
}
