package dev.gatehouse.userpool.directory;

/**
 * {@code NewDeviceMetadata}: what a sign-in without a known device hands out, so that the client
 * may register itself with it.
 */
public record NewDevice(String deviceKey, String groupKey) {}
