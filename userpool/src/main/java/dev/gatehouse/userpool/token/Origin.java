package dev.gatehouse.userpool.token;

/**
 * Where a sign-in or refresh comes from.
 *
 * @param address the client's IP address
 * @param userAgent the {@code User-Agent} header, {@code ""} when absent; anybody's text
 */
public record Origin(String address, String userAgent) {}
