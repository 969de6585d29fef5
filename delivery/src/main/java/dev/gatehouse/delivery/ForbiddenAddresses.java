package dev.gatehouse.delivery;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Addresses that a call to another server must not reach unasked: this machine, its network and
 * cloud metadata (server-side request forgery). The special-purpose registries of IANA (RFC 6890
 * and its updates), and the forms of IPv6 that carry an IPv4 address.
 */
final class ForbiddenAddresses {
  private ForbiddenAddresses() {}

  static boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? v4(bytes, 0) : v6(bytes);
  }

  private static boolean v4(byte[] bytes, int from) {
    int a = bytes[from] & 0xff;
    int b = bytes[from + 1] & 0xff;
    int c = bytes[from + 2] & 0xff;
    return a == 0 // this network
        || a == 10 // private
        || a == 100 && b >= 64 && b < 128 // carrier-grade NAT
        || a == 127 // loopback
        || a == 169 && b == 254 // link-local, cloud metadata
        || a == 172 && b >= 16 && b < 32 // private
        || a == 192 && b == 0 && (c == 0 || c == 2) // protocol assignments, documentation
        || a == 192 && b == 88 && c == 99 // 6to4 relays
        || a == 192 && b == 168 // private
        || a == 198 && (b == 18 || b == 19) // benchmarks
        || a == 198 && b == 51 && c == 100 // documentation
        || a == 203 && b == 0 && c == 113 // documentation
        || a >= 224; // multicast, reserved, broadcast
  }

  private static boolean v6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    // Global unicast alone is reached: no ::/8 (loopback, IPv4-compatible, NAT64), fc00::/7,
    // fe80::/10, ff00::/8.
    return (first & 0xe000) != 0x2000
        || first == 0x2001 && (second < 0x0200 || second == 0x0db8) // Teredo and others
        || first == 0x2002 // 6to4
        || first == 0x3fff && second < 0x1000; // documentation
  }
}
