package dev.gatehouse.userpool.event;

import dev.gatehouse.kernel.RequestContext;

/**
 * Where a request came from.
 *
 * @param address the client's IP address
 * @param device its User-Agent, as far as it is kept; empty when it sent none
 */
public record Origin(String address, String device) {
  private static final int LONGEST_DEVICE = 256;

  public Origin {
    device = device.substring(0, Math.min(device.length(), LONGEST_DEVICE));
  }

  public static Origin of(RequestContext context) {
    return new Origin(context.clientAddress(), context.userAgent());
  }
}
