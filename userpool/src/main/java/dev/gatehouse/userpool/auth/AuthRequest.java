package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.token.Origin;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * One round of a sign-in as both front ends, the API and the hosted pages, put it to the engine.
 *
 * @param operation the API operation, or the one that a page stands for
 * @param parameters {@code AuthParameters} or {@code ChallengeResponses}; holds secrets and is
 *     never printed
 * @param address the client's IP address
 * @param metadata {@code ClientMetadata}
 */
public record AuthRequest(
    Pool pool,
    AppClient client,
    Kind kind,
    String operation,
    Map<String, String> parameters,
    String address,
    String userAgent,
    Map<String, String> metadata) {
  /** Who leads the sign-in; a session begun by one is not continued by another. */
  public enum Kind {
    PUBLIC(0),
    ADMIN(1),
    PAGE(2);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    /** How a session names it. */
    byte code() {
      return code;
    }

    static Optional<Kind> of(byte code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }

  /**
   * {@code ClientMetadata} for the triggers that get it under this name. That of the call which
   * began the sign-in reaches none of them (triggers.md §1).
   */
  public Map<String, String> clientMetadata() {
    return begins() ? Map.of() : metadata;
  }

  /** {@code ClientMetadata} of the call which began the sign-in; empty in later rounds. */
  public Map<String, String> validationData() {
    return begins() ? metadata : Map.of();
  }

  private boolean begins() {
    return operation.equals("InitiateAuth") || operation.equals("AdminInitiateAuth");
  }

  public Origin origin() {
    return new Origin(address, userAgent);
  }

  /** The same round as another kind of caller would lead it. */
  AuthRequest as(Kind other) {
    return new AuthRequest(
        pool, client, other, operation, parameters, address, userAgent, metadata);
  }

  /** The round as made from elsewhere: another server speaks for the user. */
  public AuthRequest seenFrom(Origin origin) {
    return new AuthRequest(
        pool, client, kind, operation, parameters, origin.address(), origin.userAgent(), metadata);
  }

  @Override
  public String toString() {
    return "AuthRequest[" + pool.id() + ", " + client.id() + ", " + kind + "]";
  }
}
