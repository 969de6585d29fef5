package dev.gatehouse.http;

import java.net.InetAddress;

/** A range of addresses, e.g. {@code 10.0.0.0/8}, {@code fd00::/8} or one address. */
record Cidr(IpBytes network, int bits) {
  /** An address's bytes; an IPv4 address mapped into IPv6 counts as the IPv4 address. */
  record IpBytes(byte[] bytes) {
    /**
     * Reads a literal address; names are refused, nothing is looked up.
     *
     * @throws IllegalArgumentException if it is none
     */
    static IpBytes of(String literal) {
      int zone = literal.indexOf('%');
      String plain = zone < 0 ? literal : literal.substring(0, zone);
      return new IpBytes(InetAddress.ofLiteral(plain).getAddress());
    }
  }

  /**
   * Reads a range.
   *
   * @throws IllegalArgumentException if it is none, with the text in the message
   */
  static Cidr of(String text) {
    int slash = text.indexOf('/');
    try {
      IpBytes network = IpBytes.of(slash < 0 ? text : text.substring(0, slash));
      int most = network.bytes().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("prefix length");
      }
      return new Cidr(network, bits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not an address range: " + text, e);
    }
  }

  boolean contains(IpBytes address) {
    byte[] a = network.bytes();
    byte[] b = address.bytes();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((a[bit / 8] & mask) != (b[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
