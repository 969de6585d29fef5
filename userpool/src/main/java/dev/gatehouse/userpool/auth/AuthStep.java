package dev.gatehouse.userpool.auth;

import dev.gatehouse.userpool.UserPoolReason;
import dev.gatehouse.userpool.directory.NewDevice;
import dev.gatehouse.userpool.token.Tokens;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a round of a sign-in ends. */
public sealed interface AuthStep {
  /**
   * Something more is asked.
   *
   * @param name {@code ChallengeName}
   * @param parameters {@code ChallengeParameters}
   * @param session the sealed {@link FlowState}
   * @param available {@code AvailableChallenges}: what the user may choose from; empty where there
   *     is no choice
   */
  record Challenge(
      String name, Map<String, String> parameters, @Nullable String session, List<String> available)
      implements AuthStep {
    public Challenge {
      available = List.copyOf(available);
    }

    Challenge(String name, Map<String, String> parameters, @Nullable String session) {
      this(name, parameters, session, List.of());
    }

    @Override
    public String toString() {
      return "Challenge[" + name + "]";
    }
  }

  /**
   * Signed in.
   *
   * @param newDevice {@code NewDeviceMetadata}; null where the pool tracks no devices, or this one
   *     is known
   */
  record Authenticated(Tokens tokens, @Nullable NewDevice newDevice) implements AuthStep {
    /** Without a device to register. */
    Authenticated(Tokens tokens) {
      this(tokens, null);
    }
  }

  /** Not signed in. */
  record Refused(UserPoolReason reason) implements AuthStep {}
}
