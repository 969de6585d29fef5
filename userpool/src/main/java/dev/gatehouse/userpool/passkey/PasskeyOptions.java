package dev.gatehouse.userpool.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.RelyingParty;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a browser is asked to do, in WebAuthn's JSON forms (auth.md §8). */
public final class PasskeyOptions {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int REGISTER_MILLIS = 60_000;
  private static final int SIGN_IN_MILLIS = 180_000;

  private PasskeyOptions() {}

  /** A credential that a browser may look for. */
  public record Known(String id, List<String> transports) {
    public static Known of(Passkey passkey) {
      return new Known(passkey.id(), passkey.transports());
    }
  }

  /** PublicKeyCredentialCreationOptionsJSON. */
  static JsonNode creation(
      Pool pool, RelyingParty party, User user, byte[] challenge, List<Passkey> present) {
    String shown = shown(pool, user);
    ObjectNode options = JSON.createObjectNode();
    options.putObject("rp").put("id", party.id()).put("name", party.id());
    options
        .putObject("user")
        .put("id", base64(user.sub().getBytes(UTF_8)))
        .put("name", shown)
        .put("displayName", user.attribute("name") == null ? shown : user.attribute("name"));
    options.put("challenge", base64(challenge));
    ArrayNode algorithms = options.putArray("pubKeyCredParams");
    for (int algorithm : PasskeyVerifier.ALGORITHMS) {
      algorithms.addObject().put("type", "public-key").put("alg", algorithm);
    }
    options.put("timeout", REGISTER_MILLIS);
    credentials(options.putArray("excludeCredentials"), present.stream().map(Known::of).toList());
    options
        .putObject("authenticatorSelection")
        .put("requireResidentKey", true)
        .put("residentKey", "required")
        .put("userVerification", verification(party));
    return options;
  }

  /** PublicKeyCredentialRequestOptionsJSON, as text. */
  public static String request(RelyingParty party, byte[] challenge, List<Known> allowed) {
    ObjectNode options = JSON.createObjectNode();
    options.put("challenge", base64(challenge));
    options.put("timeout", SIGN_IN_MILLIS);
    options.put("rpId", party.id());
    credentials(options.putArray("allowCredentials"), allowed);
    options.put("userVerification", verification(party));
    return JSON.writeValueAsString(options);
  }

  private static void credentials(ArrayNode array, List<Known> credentials) {
    for (Known credential : credentials) {
      ObjectNode entry = array.addObject();
      entry.put("type", "public-key").put("id", credential.id());
      if (!credential.transports().isEmpty()) {
        ArrayNode transports = entry.putArray("transports");
        credential.transports().forEach(transports::add);
      }
    }
  }

  /** The name that the user knows: where the username is a made-up one, the address. */
  private static String shown(Pool pool, User user) {
    return pool.usernameAttributes().stream()
        .map(user::attribute)
        .filter(value -> value != null)
        .findFirst()
        .orElse(user.username());
  }

  private static String verification(RelyingParty party) {
    return party.verification().name().toLowerCase(Locale.ROOT);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
