package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.FlowState.CodeSent;
import dev.gatehouse.userpool.auth.FlowState.CustomChallenge;
import dev.gatehouse.userpool.auth.FlowState.DeviceSrp;
import dev.gatehouse.userpool.auth.FlowState.DeviceVerifier;
import dev.gatehouse.userpool.auth.FlowState.MfaSetup;
import dev.gatehouse.userpool.auth.FlowState.NewPasswordRequired;
import dev.gatehouse.userpool.auth.FlowState.PasskeyAsked;
import dev.gatehouse.userpool.auth.FlowState.PasswordAsked;
import dev.gatehouse.userpool.auth.FlowState.PasswordVerifier;
import dev.gatehouse.userpool.auth.FlowState.SelectChallenge;
import dev.gatehouse.userpool.auth.FlowState.SelectMfa;
import dev.gatehouse.userpool.auth.FlowState.SignedUp;
import dev.gatehouse.userpool.auth.FlowState.SoftwareToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A {@link FlowState} as the bytes that {@link Sessions} seals. */
final class FlowStateForm {
  private static final byte FORMAT = 3;
  private static final byte PASSWORD_VERIFIER = 1;
  private static final byte NEW_PASSWORD_REQUIRED = 2;
  private static final byte CODE_SENT = 3;
  private static final byte SOFTWARE_TOKEN = 4;
  private static final byte SELECT_MFA = 5;
  private static final byte MFA_SETUP = 6;
  private static final byte CUSTOM_CHALLENGE = 7;
  private static final byte SELECT_CHALLENGE = 8;
  private static final byte PASSWORD_ASKED = 9;
  private static final byte SIGNED_UP = 10;
  private static final byte PASSKEY_ASKED = 11;
  private static final byte DEVICE_SRP = 20;
  private static final byte DEVICE_VERIFIER = 21;

  private FlowStateForm() {}

  static byte[] write(FlowState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeByte(kind(state));
      writeProgress(out, state.progress());
      out.writeUTF(state.sub());
      writeTime(out, state.expires());
      switch (state) {
        case PasswordVerifier s -> {
          out.writeUTF(s.userIdForSrp());
          writeBytes(out, s.clientPublic());
          writeBytes(out, s.serverPublic());
          writeBytes(out, s.serverSecret());
          writeTime(out, s.credentialSetAt());
        }
        case NewPasswordRequired s -> writeTime(out, s.credentialSetAt());
        case CodeSent s -> {
          out.writeUTF(s.challenge());
          out.writeUTF(s.proof().name());
          out.writeUTF(s.attribute());
          out.writeUTF(s.newAddress() == null ? "" : s.newAddress());
          writeBytes(out, s.mac());
        }
        case SoftwareToken ignored -> {}
        case SelectMfa ignored -> {}
        case CustomChallenge s -> {
          out.writeUTF(s.userIdForSrp());
          out.writeInt(s.round());
        }
        case SelectChallenge ignored -> {}
        case PasswordAsked s -> out.writeUTF(s.challenge());
        case SignedUp ignored -> {}
        case PasskeyAsked s -> writeBytes(out, s.webAuthnChallenge());
        case MfaSetup s -> {
          out.writeUTF(s.stage().name());
          writeBytes(out, s.secret() == null ? new byte[0] : s.secret().bytes());
        }
        case DeviceSrp s -> out.writeUTF(s.deviceKey());
        case DeviceVerifier s -> {
          out.writeUTF(s.deviceKey());
          writeBytes(out, s.clientPublic());
          writeBytes(out, s.serverPublic());
          writeBytes(out, s.serverSecret());
          writeTime(out, s.registeredAt());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte kind(FlowState state) {
    return switch (state) {
      case PasswordVerifier ignored -> PASSWORD_VERIFIER;
      case NewPasswordRequired ignored -> NEW_PASSWORD_REQUIRED;
      case CodeSent ignored -> CODE_SENT;
      case SoftwareToken ignored -> SOFTWARE_TOKEN;
      case SelectMfa ignored -> SELECT_MFA;
      case MfaSetup ignored -> MFA_SETUP;
      case CustomChallenge ignored -> CUSTOM_CHALLENGE;
      case DeviceSrp ignored -> DEVICE_SRP;
      case DeviceVerifier ignored -> DEVICE_VERIFIER;
      case SelectChallenge ignored -> SELECT_CHALLENGE;
      case PasswordAsked ignored -> PASSWORD_ASKED;
      case SignedUp ignored -> SIGNED_UP;
      case PasskeyAsked ignored -> PASSKEY_ASKED;
    };
  }

  /**
   * Reads what was authenticated before; a form that is not ours means another version of the
   * program wrote it.
   */
  static FlowState read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORMAT) {
        throw Why.SESSION_INVALID.refusal();
      }
      byte kind = in.readByte();
      Progress progress = readProgress(in);
      String sub = in.readUTF();
      Instant expires = readTime(in);
      return switch (kind) {
        case PASSWORD_VERIFIER ->
            new PasswordVerifier(
                progress,
                sub,
                in.readUTF(),
                readBytes(in),
                readBytes(in),
                readBytes(in),
                readTime(in),
                expires);
        case NEW_PASSWORD_REQUIRED -> new NewPasswordRequired(progress, sub, readTime(in), expires);
        case CODE_SENT -> readCodeSent(in, progress, sub, expires);
        case SOFTWARE_TOKEN -> new SoftwareToken(progress, sub, expires);
        case SELECT_MFA -> new SelectMfa(progress, sub, expires);
        case SELECT_CHALLENGE -> new SelectChallenge(progress, sub, expires);
        case PASSWORD_ASKED -> new PasswordAsked(progress, sub, in.readUTF(), expires);
        case SIGNED_UP -> new SignedUp(progress, sub, expires);
        case PASSKEY_ASKED -> new PasskeyAsked(progress, sub, readBytes(in), expires);
        case MFA_SETUP -> readMfaSetup(in, progress, sub, expires);
        case CUSTOM_CHALLENGE ->
            new CustomChallenge(progress, sub, in.readUTF(), in.readInt(), expires);
        case DEVICE_SRP -> new DeviceSrp(progress, sub, in.readUTF(), expires);
        case DEVICE_VERIFIER ->
            new DeviceVerifier(
                progress,
                sub,
                in.readUTF(),
                readBytes(in),
                readBytes(in),
                readBytes(in),
                readTime(in),
                expires);
        default -> throw Why.SESSION_INVALID.refusal();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CodeSent readCodeSent(
      DataInputStream in, Progress progress, String sub, Instant expires) throws IOException {
    String challenge = in.readUTF();
    Proof proof = Proof.valueOf(in.readUTF());
    String attribute = in.readUTF();
    String newAddress = in.readUTF();
    return new CodeSent(
        progress,
        sub,
        challenge,
        proof,
        attribute,
        newAddress.isEmpty() ? null : newAddress,
        readBytes(in),
        expires);
  }

  private static MfaSetup readMfaSetup(
      DataInputStream in, Progress progress, String sub, Instant expires) throws IOException {
    MfaSetup.Stage stage = MfaSetup.Stage.valueOf(in.readUTF());
    byte[] secret = readBytes(in);
    return new MfaSetup(
        progress, sub, stage, secret.length == 0 ? null : Secret.of(secret), expires);
  }

  private static void writeProgress(DataOutputStream out, Progress progress) throws IOException {
    out.writeUTF(progress.flowId());
    out.writeBoolean(progress.custom());
    out.writeByte(progress.proofs().size());
    for (Proof proof : progress.proofs()) {
      out.writeUTF(proof.name());
    }
    out.writeUTF(progress.deviceKey());
    out.writeByte(progress.target());
    out.writeByte(progress.credited());
  }

  private static Progress readProgress(DataInputStream in) throws IOException {
    String flowId = in.readUTF();
    boolean custom = in.readBoolean();
    List<Proof> proofs = new ArrayList<>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      proofs.add(Proof.valueOf(in.readUTF()));
    }
    return new Progress(
        flowId, custom, proofs, in.readUTF(), in.readUnsignedByte(), in.readUnsignedByte());
  }

  private static void writeTime(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.toEpochMilli());
  }

  private static Instant readTime(DataInputStream in) throws IOException {
    return Instant.ofEpochMilli(in.readLong());
  }

  private static void writeBytes(DataOutputStream out, byte[] value) throws IOException {
    out.writeShort(value.length);
    out.write(value);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readUnsignedShort());
  }
}
