package dev.gatehouse.delivery;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in an address line. One address each: a list, a group or a line break would bring
 * a code to somebody else (header injection).
 */
final class Addresses {
  /** E.164. */
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{1,14}");

  private Addresses() {}

  /** Whether a transport could take the message. */
  static boolean usable(Message message) {
    return switch (message.medium()) {
      case SMS -> PHONE.matcher(message.recipient()).matches();
      case EMAIL ->
          mailbox(message.recipient()).isPresent()
              && absentOrSender(message.from())
              && absentOrSender(message.replyTo());
    };
  }

  private static boolean absentOrSender(@Nullable String text) {
    return text == null || sender(text).isPresent();
  }

  /** A bare address, {@code local@domain}. */
  static Optional<InternetAddress> mailbox(String text) {
    return sender(text).filter(address -> text.equals(address.getAddress()));
  }

  /** An address with or without a name before it (RFC 5322 §3.4). */
  static Optional<InternetAddress> sender(String text) {
    if (text.chars().anyMatch(Addresses::breaksLines)) {
      return Optional.empty();
    }
    try {
      InternetAddress address = new InternetAddress(text, true);
      // Beyond ASCII an address needs SMTPUTF8 (RFC 6531); without it another one would be reached.
      boolean plain = address.getAddress().chars().allMatch(c -> c > 0x20 && c < 0x7f);
      return plain && !address.isGroup() ? Optional.of(address) : Optional.empty();
    } catch (AddressException unusable) {
      return Optional.empty();
    }
  }

  /** Controls and the line separators of Unicode. */
  static boolean breaksLines(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
