package dev.gatehouse.http;

import dev.gatehouse.http.Cidr.IpBytes;
import dev.gatehouse.http.KeyedLimit.Rate;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * How often one address may call. The addresses of one IPv6 /64 are one: a client has all of them.
 */
public final class AddressLimit {
  /** For calls without a signature. */
  public static final Rate UNSIGNED = new Rate(20, 100);

  private final Rate rate;
  private final Loopbacks loopbacks;
  private final KeyedLimit limit;

  /** Whether calls from this machine are counted. */
  public enum Loopbacks {
    EXEMPT,
    /** Behind a proxy on this machine every client's calls come from here. */
    COUNTED
  }

  public AddressLimit(Rate rate, Loopbacks loopbacks) {
    this(rate, loopbacks, new KeyedLimit());
  }

  AddressLimit(Rate rate, Loopbacks loopbacks, KeyedLimit limit) {
    this.rate = rate;
    this.loopbacks = loopbacks;
    this.limit = limit;
  }

  /** Takes one call; false when the address has none left. */
  public boolean take(String address) {
    return loopbacks == Loopbacks.EXEMPT && Loopback.isAddress(address)
        || limit.take(network(address), rate);
  }

  /** Whether an address has no call left; takes none. */
  public boolean isSpent(String address) {
    return !(loopbacks == Loopbacks.EXEMPT && Loopback.isAddress(address))
        && limit.isSpent(network(address));
  }

  private static String network(String address) {
    try {
      byte[] bytes = IpBytes.of(address).bytes();
      return HexFormat.of().formatHex(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    } catch (IllegalArgumentException notAnAddress) {
      return address;
    }
  }
}
