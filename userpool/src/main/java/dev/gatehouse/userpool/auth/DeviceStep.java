package dev.gatehouse.userpool.auth;

import dev.gatehouse.crypto.ServerEphemeral;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.SrpIdentity;
import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.Database;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.FlowState.DeviceSrp;
import dev.gatehouse.userpool.auth.FlowState.DeviceVerifier;
import dev.gatehouse.userpool.directory.Device;
import dev.gatehouse.userpool.directory.DeviceStore;
import dev.gatehouse.userpool.directory.Devices;
import dev.gatehouse.userpool.directory.Subject;
import dev.gatehouse.userpool.directory.User;
import dev.gatehouse.userpool.directory.Users;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answers to DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER (auth.md §11): SRP-6a as for a
 * password, with the device's key and group in place of user and pool. It follows a first factor
 * that has been passed; the device's secret alone signs nobody in.
 */
final class DeviceStep {
  private final Database database;
  private final Users users;
  private final SessionUser sessionUser;
  private final Devices devices;
  private final Srp6a srp;
  private final Sessions sessions;
  private final NextChallenge next;
  private final SignIn signIn;
  private final Clock clock;

  DeviceStep(
      Database database,
      Users users,
      SessionUser sessionUser,
      Devices devices,
      Srp6a srp,
      Sessions sessions,
      NextChallenge next,
      SignIn signIn,
      Clock clock) {
    this.database = database;
    this.users = users;
    this.sessionUser = sessionUser;
    this.devices = devices;
    this.srp = srp;
    this.sessions = sessions;
    this.next = next;
    this.signIn = signIn;
    this.clock = clock;
  }

  /** DEVICE_SRP_AUTH: A comes, B goes. */
  AuthStep begin(AuthRequest request, @Nullable String session) {
    // 1. parameters and the client's proof
    Parameters parameters = new Parameters(request.parameters());
    String username = parameters.required("USERNAME");
    BigInteger clientPublic =
        Srp6a.parseA(parameters.required("SRP_A")).orElseThrow(() -> Why.SRP_A_INVALID.refusal());
    String deviceKey = parameters.required("DEVICE_KEY");
    AuthEngine.checkSecretHash(request, parameters, username);
    // 2. whom the name belongs to, and whether that one is locked out
    Subject subject = database.read(handle -> users.subject(handle, request.pool(), username));
    signIn.refuseLockedOut(subject);
    // 3. the first factor that was passed: as the Session says, else as it was kept
    DeviceSrp state = passedBefore(request, subject, deviceKey, session);
    if (!(subject instanceof Subject.Known known)
        || !state.sub().equals(known.sub())
        || !state.deviceKey().equals(deviceKey)) {
      throw Why.SESSION_INVALID.refusal();
    }
    User user = known.account().user();
    if (!user.enabled()) {
      throw Why.USER_DISABLED.refusal();
    }
    // 4. the device, which may have been forgotten since
    Device device = device(request, state.sub(), deviceKey);
    // 5. B = k·v + g^b; the challenge uses up the first factor
    ServerEphemeral ephemeral = srp.newEphemeral(devices.verifier(device));
    DeviceVerifier verifier =
        new DeviceVerifier(
            state.progress(),
            state.sub(),
            deviceKey,
            clientPublic.toByteArray(),
            ephemeral.publicBytes(),
            ephemeral.b().bytes(),
            device.created(),
            next.expires(request));
    Map<String, String> challenge = new LinkedHashMap<>();
    challenge.put("SALT", Srp6a.saltHex(device.salt()));
    challenge.put("SECRET_BLOCK", sessions.seal(request, verifier));
    challenge.put("SRP_B", ephemeral.hex());
    challenge.put("DEVICE_KEY", deviceKey);
    challenge.put("USERNAME", user.username());
    Evidence evidence =
        Evidence.answering(state, state.progress())
            .along(handle -> {
              if (!DeviceRounds.take(handle, request, state) && session == null) {
                throw Why.SESSION_INVALID.refusal();
              }
            });
    return next.ask(request, evidence, verifier, challenge);
  }

  private DeviceSrp passedBefore(
      AuthRequest request, Subject subject, String deviceKey, @Nullable String session) {
    String sealed =
        session != null
            ? session
            : database
                .read(handle ->
                    DeviceRounds.find(handle, request, subject.sub(), deviceKey, clock.now()))
                .orElseThrow(() -> Why.SESSION_INVALID.refusal());
    if (sessions.open(request, sealed) instanceof DeviceSrp state) {
      return state;
    }
    throw Why.SESSION_INVALID.refusal();
  }

  /** DEVICE_PASSWORD_VERIFIER: the device's signature. */
  AuthStep answer(AuthRequest request, @Nullable String session) {
    // 1. parameters; the state, from SECRET_BLOCK; a Session must belong to the same sign-in
    Parameters parameters = new Parameters(request.parameters());
    String secretBlock = parameters.required("PASSWORD_CLAIM_SECRET_BLOCK");
    String signature = parameters.required("PASSWORD_CLAIM_SIGNATURE");
    String timestamp = parameters.required("TIMESTAMP");
    String deviceKey = parameters.required("DEVICE_KEY");
    DeviceVerifier state = state(request, secretBlock);
    if (session != null && !sessions.open(request, session).flowId().equals(state.flowId())) {
      throw Why.SESSION_INVALID.refusal();
    }
    // 2. the client's proof, the user of the session, the lock-out
    Subject.Known known = sessionUser.require(request, parameters, state);
    signIn.refuseLockedOut(known);
    // 3. the device, still the one that the challenge was made for
    Device device = device(request, state.sub(), state.deviceKey());
    // 4. the signature
    boolean right =
        srp.verify(
            new BigInteger(1, state.clientPublic()),
            ServerEphemeral.of(Secret.of(state.serverSecret()), state.serverPublic()),
            devices.verifier(device),
            new Srp6a.PasswordClaim(
                SrpIdentity.ofDevice(device.groupKey(), device.deviceKey()),
                secretBlock,
                timestamp,
                signature));
    if (!right
        || !SrpFlow.isFresh(timestamp, clock.now())
        || !deviceKey.equals(state.deviceKey())
        || !device.created().equals(state.registeredAt())) {
      throw signIn.failedDevice(request, known);
    }
    // 5. all that follows
    return signIn.passed(
        request, known, Evidence.answering(state, state.progress().with(Proof.DEVICE)));
  }

  private Device device(AuthRequest request, String sub, String deviceKey) {
    Optional<Device> device =
        database.read(handle -> DeviceStore.find(handle, request.pool().id(), sub, deviceKey));
    return device.orElseThrow(() -> Why.DEVICE_UNKNOWN.refusal());
  }

  /** A forged, foreign or stale block is a wrong secret to the client, as it is for passwords. */
  private DeviceVerifier state(AuthRequest request, String secretBlock) {
    try {
      if (sessions.open(request, secretBlock) instanceof DeviceVerifier state) {
        return state;
      }
    } catch (Refusal forgedOrStale) {
      throw Why.WRONG_CREDENTIALS.refusal();
    }
    throw Why.WRONG_CREDENTIALS.refusal();
  }
}
