package dev.gatehouse.http;

import dev.gatehouse.http.Cidr.IpBytes;
import java.util.List;

/**
 * Whose {@code X-Forwarded-For} counts. From the right, each address that a trusted proxy has seen
 * is believed, and no address beyond the first one that is not trusted: what stands left of it was
 * written by the client.
 */
public final class TrustedProxies {
  private final List<Cidr> ranges;

  private TrustedProxies(List<Cidr> ranges) {
    this.ranges = ranges;
  }

  /** Nobody is trusted: the peer is the client. */
  public static TrustedProxies none() {
    return new TrustedProxies(List.of());
  }

  /**
   * Trusts ranges.
   *
   * @throws IllegalArgumentException if one is not an address or a CIDR range, named in the message
   */
  public static TrustedProxies of(List<String> cidrs) {
    return new TrustedProxies(cidrs.stream().map(Cidr::of).toList());
  }

  /** Whether nobody is trusted. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /**
   * The client's address.
   *
   * @param peer who is connected
   * @param forwardedFor the values of {@code X-Forwarded-For} in their order
   */
  String client(String peer, List<String> forwardedFor) {
    String client = peer;
    String[] hops = String.join(",", forwardedFor).split(",");
    for (int i = hops.length - 1; i >= 0 && trusts(client); i--) {
      String hop = withoutPort(hops[i].strip());
      if (!isAddress(hop)) {
        break;
      }
      client = hop;
    }
    return client;
  }

  private boolean trusts(String address) {
    return isAddress(address)
        && ranges.stream().anyMatch(range -> range.contains(IpBytes.of(address)));
  }

  /** Some proxies add the client's port: {@code 192.0.2.1:4711}, {@code [2001:db8::1]:4711}. */
  private static String withoutPort(String hop) {
    if (hop.startsWith("[") && hop.contains("]")) {
      return hop.substring(1, hop.indexOf(']'));
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }

  private static boolean isAddress(String text) {
    try {
      return IpBytes.of(text).bytes().length > 0;
    } catch (IllegalArgumentException notOne) {
      return false;
    }
  }
}
