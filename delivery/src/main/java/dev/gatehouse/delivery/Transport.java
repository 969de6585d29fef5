package dev.gatehouse.delivery;

/** Sends messages of one medium. */
public interface Transport {
  /**
   * A message could not be handed over; the detail is for the log and holds neither recipient nor
   * text, and no words of the other side, which may repeat them.
   */
  final class TransportException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What trying again would bring. */
    public enum Outlook {
      /** The same message may be taken later. */
      PASSING,
      /** The other side will never take this message. */
      FINAL
    }

    private final Outlook outlook;

    private TransportException(String detail, Outlook outlook) {
      super(detail);
      this.outlook = outlook;
    }

    /** A failure that may pass. */
    public TransportException(String detail) {
      this(detail, Outlook.PASSING);
    }

    /** The other side refused this very message. */
    public static TransportException refused(String detail) {
      return new TransportException(detail, Outlook.FINAL);
    }

    public Outlook outlook() {
      return outlook;
    }
  }

  /**
   * Hands the message over. It may be interrupted when it takes too long.
   *
   * @param id the same for every attempt at one message, so that a receiver can tell a repetition
   */
  void send(String id, Message message) throws TransportException;
}
