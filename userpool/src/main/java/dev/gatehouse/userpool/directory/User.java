package dev.gatehouse.userpool.directory;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user of a pool.
 *
 * @param username as stored and answered; the sub in pools with username attributes
 * @param signedOut access tokens without origin_jti issued before it are void; null = never signed
 *     out
 * @param revision which of the row's states this is; every update moves it
 * @param attributes all but sub, in the order in which they were given
 * @param mfa the second factors that the user has turned on
 */
public record User(
    String poolId,
    String sub,
    String username,
    UserStatus status,
    boolean enabled,
    Instant created,
    Instant modified,
    @Nullable Instant signedOut,
    int revision,
    Map<String, String> attributes,
    MfaPreference mfa) {
  public User {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** A user that is made now: enabled, never signed out. */
  public static User ofNew(
      String poolId,
      String sub,
      String username,
      UserStatus status,
      Map<String, String> attributes,
      Instant now) {
    return new User(
        poolId, sub, username, status, true, now, now, null, 0, attributes, MfaPreference.NONE);
  }

  /** The attribute's value, null when it is not set. */
  public @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  /** Whether {@code email} or {@code phone_number} is set and verified. */
  public boolean verified(String attribute) {
    return attributes.containsKey(attribute)
        && "true".equals(attributes.get(attribute + "_verified"));
  }

  /** Whether this is the user's {@code email} or {@code phone_number}, and verified. */
  public boolean hasVerified(String attribute, String address) {
    return verified(attribute) && address.equals(attributes.get(attribute));
  }

  public User withStatus(UserStatus next, Instant now) {
    return new User(
        poolId, sub, username, next, enabled, created, now, signedOut, revision, attributes, mfa);
  }

  public User withEnabled(boolean next, Instant now) {
    return new User(
        poolId, sub, username, status, next, created, now, signedOut, revision, attributes, mfa);
  }

  public User withSignedOut(Instant now) {
    return new User(
        poolId, sub, username, status, enabled, created, now, now, revision, attributes, mfa);
  }

  /** With other attributes; a second factor goes with its address. */
  public User withAttributes(Map<String, String> next, Instant now) {
    MfaPreference left = mfa.reachedBy(next.keySet());
    return new User(
        poolId, sub, username, status, enabled, created, now, signedOut, revision, next, left);
  }

  public User withMfa(MfaPreference next, Instant now) {
    return new User(
        poolId,
        sub,
        username,
        status,
        enabled,
        created,
        now,
        signedOut,
        revision,
        attributes,
        next);
  }

  /** The user as the row stands after one more update. */
  public User updated() {
    return new User(
        poolId,
        sub,
        username,
        status,
        enabled,
        created,
        modified,
        signedOut,
        revision + 1,
        attributes,
        mfa);
  }
}
