package dev.gatehouse.http;

import dev.gatehouse.http.Cidr.IpBytes;
import java.util.List;
import java.util.Locale;

/** Names and addresses that never leave this machine. */
final class Loopback {
  private static final List<Cidr> RANGES = List.of(Cidr.of("127.0.0.0/8"), Cidr.of("::1"));

  private Loopback() {}

  /** Whether a {@code Host} header, with or without a port, names this machine (RFC 6761 §6.3). */
  static boolean isHost(String host) {
    String name = host;
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      if (end < 0 || !isPort(host.substring(end + 1))) {
        return false;
      }
      return isAddress(host.substring(1, end));
    }
    int colon = host.indexOf(':');
    if (colon >= 0) {
      if (!isPort(host.substring(colon))) {
        return false;
      }
      name = host.substring(0, colon);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("localhost") || lower.endsWith(".localhost") || isAddress(name);
  }

  static boolean isAddress(String literal) {
    try {
      IpBytes address = IpBytes.of(literal);
      return RANGES.stream().anyMatch(range -> range.contains(address));
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }

  private static boolean isPort(String rest) {
    return rest.isEmpty() || rest.matches(":[0-9]{1,5}");
  }
}
