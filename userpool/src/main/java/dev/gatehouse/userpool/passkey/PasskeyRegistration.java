package dev.gatehouse.userpool.passkey;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.model.cognitoidp.AuthFactorType;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.passkey.PasskeyStore.PasskeyRow;
import dev.gatehouse.userpool.passkey.PasskeyStore.Pending;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.RelyingParty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Registers a passkey for a signed-in user (auth.md §8): a challenge, and the answer to it. */
public final class PasskeyRegistration {
  private static final int CHALLENGE_BYTES = 32;
  private static final Duration CHALLENGE_LIFE = Duration.ofMinutes(5);
  private static final Set<String> TRANSPORTS =
      Set.of("usb", "nfc", "ble", "smart-card", "hybrid", "internal");
  private static final Set<String> ATTACHMENTS = Set.of("platform", "cross-platform");

  private final Database database;
  private final PasskeyVerifier verifier;
  private final Clock clock;
  private final Ids ids;

  public PasskeyRegistration(Database database, PasskeyVerifier verifier, Clock clock, Ids ids) {
    this.database = database;
    this.verifier = verifier;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Begins a registration.
   *
   * @return {@code CredentialCreationOptions}
   * @throws dev.gatehouse.kernel.Refusal PASSKEYS_NOT_ENABLED, RELYING_PARTY_MISSING,
   *     PASSKEYS_LIMIT
   */
  public JsonNode start(Pool pool, AppClient client, User user) {
    refuseUnlessEnabled(pool);
    RelyingParty party = pool.relyingParty().orElseThrow(() -> Why.RELYING_PARTY_MISSING.refusal());
    List<Passkey> present = database.read(handle -> PasskeyStore.of(handle, pool.id(), user.sub()));
    if (present.size() >= Passkey.MOST) {
      throw Why.PASSKEYS_LIMIT.refusal();
    }
    byte[] challenge = ids.bytes(CHALLENGE_BYTES);
    Pending pending = new Pending(client.id(), challenge, clock.now().plus(CHALLENGE_LIFE));
    database.write(handle -> {
      PasskeyStore.begin(handle, pool.id(), user.sub(), pending);
      return pending;
    });
    return PasskeyOptions.creation(pool, party, user, challenge, present);
  }

  /**
   * Completes it.
   *
   * @param credential RegistrationResponseJSON
   * @throws dev.gatehouse.kernel.Refusal PASSKEYS_NOT_ENABLED, PASSKEY_CHALLENGE_UNKNOWN,
   *     PASSKEY_CLIENT_MISMATCH, PASSKEY_ORIGIN, RELYING_PARTY_MISMATCH, PASSKEY_UNSUPPORTED,
   *     PASSKEY_INVALID, PASSKEYS_LIMIT
   */
  public void complete(Pool pool, AppClient client, User user, JsonNode credential) {
    // 1. the pool's settings; without an id there is no relying party that it could be made for
    refuseUnlessEnabled(pool);
    RelyingParty party =
        pool.relyingParty().orElseThrow(() -> Why.RELYING_PARTY_MISMATCH.refusal());
    // 2. the challenge of this user's last start, by the same client
    Pending pending =
        database
            .read(handle -> PasskeyStore.pending(handle, pool.id(), user.sub()))
            .filter(there -> there.expires().isAfter(clock.now()))
            .orElseThrow(() -> Why.PASSKEY_CHALLENGE_UNKNOWN.refusal());
    if (!pending.clientId().equals(client.id())) {
      throw Why.PASSKEY_CLIENT_MISMATCH.refusal();
    }
    // 3. the authenticator's answer
    PasskeyVerifier.Registered registered =
        verifier.register(credential.toString(), party, pending.challenge());
    // 4. one write: the challenge is used up, the passkey is there
    Instant now = clock.now();
    PasskeyRow row =
        PasskeyRow.of(
            new Passkey(
                pool.id(),
                user.sub(),
                registered.id(),
                registered.counter(),
                now,
                party.id(),
                registered.publicKey(),
                transports(credential),
                attachment(credential),
                PasskeyNames.of(registered.aaguid()),
                registered.synced()));
    database.write(handle -> {
      if (!PasskeyStore.complete(handle, pool.id(), user.sub(), pending)) {
        throw Why.PASSKEY_CHALLENGE_UNKNOWN.refusal();
      }
      if (!PasskeyStore.insert(handle, row)) {
        throw PasskeyStore.count(handle, pool.id(), user.sub()) >= Passkey.MOST
            ? Why.PASSKEYS_LIMIT.refusal()
            : Why.PASSKEY_INVALID.refusal();
      }
      return row;
    });
  }

  private static void refuseUnlessEnabled(Pool pool) {
    if (!pool.firstFactors().contains(AuthFactorType.WEB_AUTHN)) {
      throw Why.PASSKEYS_NOT_ENABLED.refusal();
    }
  }

  /** What the browser says of the ways to the authenticator; hints only. */
  private static List<String> transports(JsonNode credential) {
    return credential
        .path("response")
        .path("transports")
        .valueStream()
        .map(node -> node.asString(""))
        .filter(TRANSPORTS::contains)
        .distinct()
        .toList();
  }

  private static @Nullable String attachment(JsonNode credential) {
    String given = credential.path("authenticatorAttachment").asString("");
    return ATTACHMENTS.contains(given) ? given : null;
  }
}
