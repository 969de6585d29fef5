package dev.gatehouse.userpool.token;

import java.time.Instant;

/**
 * What session tracking keeps of a family (new-2026.md §1.2).
 *
 * @param id {@code tkn} and 25 of {@code [a-z0-9]}; stays over refresh and rotation
 * @param lastActive of the last sign-in, refresh or rotation
 * @param deviceType what the user agent told then
 * @param address where it came from then
 */
public record TokenSession(
    String id, Instant created, Instant lastActive, String deviceType, String address) {
  /** Never shows the address. */
  @Override
  public String toString() {
    return "TokenSession[" + id + "]";
  }
}
