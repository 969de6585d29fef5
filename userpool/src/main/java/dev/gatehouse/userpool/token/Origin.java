package dev.gatehouse.userpool.token;

import dev.gatehouse.kernel.RequestContext;

/**
 * Where a sign-in or refresh comes from.
 *
 * @param address the client's IP address
 * @param userAgent the {@code User-Agent} header, {@code ""} when absent; anybody's text
 */
public record Origin(String address, String userAgent) {
  public static Origin of(RequestContext context) {
    return new Origin(context.clientAddress(), context.userAgent());
  }
}
