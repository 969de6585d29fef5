package dev.gatehouse.kernel;

/**
 * What is known about the request being answered, apart from its input. Handlers get it as a
 * parameter.
 *
 * @param requestId the UUID answered as {@code x-amzn-RequestId}
 * @param region the region of the credential scope, or the default region for unsigned calls
 * @param caller who signed
 * @param clientAddress the client's IP address, after trusted proxies were taken off
 * @param userAgent the {@code User-Agent} header, {@code ""} when absent
 */
public record RequestContext(
    String requestId, String region, Caller caller, String clientAddress, String userAgent) {}
