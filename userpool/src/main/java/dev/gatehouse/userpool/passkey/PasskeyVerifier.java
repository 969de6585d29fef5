package dev.gatehouse.userpool.passkey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadAlgorithmException;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadOriginException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.NotAllowedAlgorithmException;
import com.webauthn4j.verifier.exception.VerificationException;
import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.RelyingParty;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges what an authenticator answers: WebAuthn Level 3 §7.1 and §7.2, in the library's steps:
 * type, challenge, origin, relying party, user presence and verification, algorithm, signature,
 * counter. Who made the authenticator (attestation) is not asked.
 */
public final class PasskeyVerifier {
  /** ES256 and RS256, which every authenticator has one of. */
  static final List<Integer> ALGORITHMS = List.of(-7, -257);

  private final ObjectConverter converter = new ObjectConverter();
  private final WebAuthnManager manager = WebAuthnManager.createNonStrictWebAuthnManager(converter);
  private final AttestedCredentialDataConverter credentials =
      new AttestedCredentialDataConverter(converter);

  /** A new credential, as its authenticator tells it. */
  record Registered(String id, String aaguid, byte[] publicKey, long counter, boolean synced) {}

  /**
   * A right answer of a passkey.
   *
   * @param counter of the authenticator
   * @param userVerified whether the authenticator has checked who uses it
   */
  public record Asserted(Passkey passkey, long counter, boolean userVerified) {}

  /**
   * @param json RegistrationResponseJSON
   * @throws dev.gatehouse.kernel.Refusal PASSKEY_INVALID, PASSKEY_CHALLENGE_UNKNOWN,
   *     PASSKEY_ORIGIN, RELYING_PARTY_MISMATCH, PASSKEY_UNSUPPORTED
   */
  Registered register(String json, RelyingParty party, byte[] challenge) {
    RegistrationParameters parameters =
        new RegistrationParameters(
            server(party, challenge),
            ALGORITHMS.stream()
                .map(algorithm ->
                    new PublicKeyCredentialParameters(
                        PublicKeyCredentialType.PUBLIC_KEY,
                        COSEAlgorithmIdentifier.create(algorithm)))
                .toList(),
            party.verification() == RelyingParty.Verification.REQUIRED,
            true);
    RegistrationData data = parsed(json, parameters);
    AuthenticatorData<?> authenticator =
        data.getAttestationObject() == null
            ? null
            : data.getAttestationObject().getAuthenticatorData();
    AttestedCredentialData credential =
        authenticator == null ? null : authenticator.getAttestedCredentialData();
    if (authenticator == null || credential == null) {
      throw Why.PASSKEY_INVALID.refusal();
    }
    return new Registered(
        text(credential.getCredentialId()),
        String.valueOf(credential.getAaguid()).toLowerCase(Locale.ROOT),
        credentials.convert(credential),
        authenticator.getSignCount(),
        authenticator.isFlagBE());
  }

  private RegistrationData parsed(String json, RegistrationParameters parameters) {
    try {
      return manager.verify(manager.parseRegistrationResponseJSON(json), parameters);
    } catch (BadChallengeException other) {
      throw Why.PASSKEY_CHALLENGE_UNKNOWN.refusal();
    } catch (BadOriginException other) {
      throw Why.PASSKEY_ORIGIN.refusal();
    } catch (BadRpIdException other) {
      throw Why.RELYING_PARTY_MISMATCH.refusal();
    } catch (NotAllowedAlgorithmException | BadAlgorithmException other) {
      throw Why.PASSKEY_UNSUPPORTED.refusal();
    } catch (RuntimeException refused) {
      // whatever a hostile answer does to the parser or fails to show
      throw Why.PASSKEY_INVALID.refusal();
    }
  }

  /**
   * @param json AuthenticationResponseJSON
   * @param among the user's passkeys
   * @return empty for an answer that shows none of them
   */
  public Optional<Asserted> verify(
      String json, RelyingParty party, byte[] challenge, List<Passkey> among) {
    try {
      AuthenticationData data = manager.parseAuthenticationResponseJSON(json);
      Optional<Passkey> passkey = shown(data, among);
      if (passkey.isEmpty() || !ownedBy(data, passkey.get().sub())) {
        return Optional.empty();
      }
      manager.verify(
          data,
          new AuthenticationParameters(
              server(party, challenge),
              recorded(passkey.get()),
              null,
              party.verification() == RelyingParty.Verification.REQUIRED,
              true));
      AuthenticatorData<?> authenticator = data.getAuthenticatorData();
      return authenticator == null
          ? Optional.empty()
          : Optional.of(
              new Asserted(passkey.get(), authenticator.getSignCount(), authenticator.isFlagUV()));
    } catch (VerificationException refused) {
      return Optional.empty();
    } catch (RuntimeException refused) {
      // whatever a hostile answer does to the parser
      return Optional.empty();
    }
  }

  @SuppressWarnings("NullAway") // the library marks the array's elements, meaning the array
  private static Optional<Passkey> shown(AuthenticationData data, List<Passkey> among) {
    byte @Nullable [] id = data.getCredentialId();
    return id == null
        ? Optional.empty()
        : among.stream().filter(one -> one.id().equals(text(id))).findFirst();
  }

  /** An authenticator that tells whose the credential is tells the right one (§7.2 step 6). */
  @SuppressWarnings("NullAway") // the library marks the array's elements, meaning the array
  private static boolean ownedBy(AuthenticationData data, String sub) {
    byte @Nullable [] handle = data.getUserHandle();
    return handle == null || handle.length == 0 || ConstantTime.equal(handle, sub.getBytes(UTF_8));
  }

  private CredentialRecordImpl recorded(Passkey passkey) {
    return new CredentialRecordImpl(
        new NoneAttestationStatement(),
        null,
        passkey.synced(),
        null,
        passkey.counter(),
        credentials.convert(passkey.publicKey()),
        null,
        null,
        null,
        null);
  }

  private static ServerProperty server(RelyingParty party, byte[] challenge) {
    return ServerProperty.builder()
        .originPredicate(origin -> within(origin, party.id()))
        .rpId(party.id())
        .challenge(new DefaultChallenge(challenge))
        .build();
  }

  /** An https page of the relying party's domain or below it; on the own machine http too. */
  static boolean within(Origin origin, String relyingPartyId) {
    String host = origin.getHost();
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    boolean loopback = name.equals("localhost") || name.endsWith(".localhost");
    boolean scheme =
        "https".equals(origin.getScheme()) || (loopback && "http".equals(origin.getScheme()));
    return scheme && (name.equals(relyingPartyId) || name.endsWith("." + relyingPartyId));
  }

  private static String text(byte[] id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }
}
