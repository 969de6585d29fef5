package dev.gatehouse.userpool.auth;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.PoolSecret;
import dev.gatehouse.store.PoolSecrets;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.auth.FlowState.NewPasswordRequired;
import dev.gatehouse.userpool.auth.FlowState.PasswordVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/**
 * Seals a {@link FlowState} into the text of {@code Session} and opens it again: AES-256-GCM under
 * a key of the pool that changes daily (two older ones still open), bound to pool, client and kind
 * of caller. What the text cannot hold, that it was used, is a row.
 */
public final class Sessions {
  private static final String KEY_KIND = "flow";
  private static final int KEYS_KEPT = 3;
  private static final Duration KEY_LIFE = Duration.ofDays(1);
  private static final int LONGEST = 2048;
  private static final byte FORMAT = 1;

  private final Database database;
  private final PoolSecrets secrets;
  private final Clock clock;
  private final Ids ids;

  public Sessions(Database database, PoolSecrets secrets, Clock clock, Ids ids) {
    this.database = database;
    this.secrets = secrets;
    this.clock = clock;
    this.ids = ids;
  }

  String newFlowId() {
    return HexFormat.of().formatHex(ids.bytes(16));
  }

  /** The text for {@code Session}: base64, at most 2,048 characters. */
  String seal(AuthRequest request, FlowState state) {
    byte[] sealed = key(request.pool().id()).seal(place(request), encode(state));
    String text = Base64.getEncoder().encodeToString(sealed);
    if (text.length() > LONGEST) {
      throw new IllegalStateException("a session of " + text.length() + " characters");
    }
    return text;
  }

  /**
   * @throws dev.gatehouse.kernel.Refusal SESSION_INVALID for what was not sealed here for this
   *     pool, client and kind of caller; SESSION_EXPIRED
   */
  FlowState open(AuthRequest request, String session) {
    FlowState state =
        decoded(session)
            .flatMap(sealed -> opened(request, sealed))
            .map(Sessions::decode)
            .orElseThrow(() -> Why.SESSION_INVALID.refusal());
    if (!state.expires().isAfter(clock.now())) {
      throw Why.SESSION_EXPIRED.refusal();
    }
    return state;
  }

  private static Optional<byte[]> decoded(String session) {
    try {
      return Optional.of(Base64.getDecoder().decode(session));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private Optional<byte[]> opened(AuthRequest request, byte[] sealed) {
    OptionalInt keyId = PoolSecret.keyIdOf(sealed);
    return keyId.isEmpty()
        ? Optional.empty()
        : secrets
            .find(request.pool().id(), KEY_KIND, keyId.getAsInt())
            .flatMap(key -> key.open(place(request), sealed));
  }

  private static Place place(AuthRequest request) {
    return new Place("session", request.pool().id(), request.client().id(), request.kind().name());
  }

  /** The key in force; made anew once a day, by whichever node is first. */
  private PoolSecret key(String poolId) {
    List<PoolSecret> keys = secrets.of(poolId, KEY_KIND);
    if (!keys.isEmpty() && keys.getFirst().created().plus(KEY_LIFE).isAfter(clock.now())) {
      return keys.getFirst();
    }
    int next = keys.isEmpty() ? 1 : keys.getFirst().keyId() + 1;
    PoolSecrets.NewPoolSecret made = secrets.make(poolId, KEY_KIND, next);
    database.write(handle -> {
      made.insert(handle);
      PoolSecrets.deleteOlder(handle, poolId, KEY_KIND, KEYS_KEPT);
      return poolId;
    });
    return secrets.of(poolId, KEY_KIND).getFirst();
  }

  /**
   * Marks the state's step as answered.
   *
   * @return false when it was answered before
   */
  static boolean use(Handle handle, String poolId, FlowState state) {
    return handle
            .createUpdate(
                """
                INSERT INTO flow (pool_id, flow_id, step, expires) VALUES (:pool, :flow, :step, :expires)
                ON CONFLICT (pool_id, flow_id, step) DO NOTHING
                """)
            .bind("pool", poolId)
            .bind("flow", state.flowId())
            .bind("step", state.step())
            .bind("expires", state.expires().toEpochMilli())
            .execute()
        == 1;
  }

  /** Takes away marks of expired sessions; at most {@code most} in one go. */
  public static int sweep(Handle handle, Instant now, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM flow WHERE (pool_id, flow_id, step) IN (
              SELECT pool_id, flow_id, step FROM flow WHERE expires < :now LIMIT :most)
            """)
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .execute();
  }

  private static final byte PASSWORD_VERIFIER = 1;
  private static final byte NEW_PASSWORD_REQUIRED = 2;

  private static byte[] encode(FlowState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      switch (state) {
        case PasswordVerifier s -> {
          out.writeByte(PASSWORD_VERIFIER);
          out.writeUTF(s.flowId());
          out.writeUTF(s.sub());
          out.writeLong(s.expires().toEpochMilli());
          out.writeUTF(s.userIdForSrp());
          write(out, s.clientPublic());
          write(out, s.serverPublic());
          write(out, s.serverSecret());
          out.writeLong(s.credentialSetAt().toEpochMilli());
        }
        case NewPasswordRequired s -> {
          out.writeByte(NEW_PASSWORD_REQUIRED);
          out.writeUTF(s.flowId());
          out.writeUTF(s.sub());
          out.writeLong(s.expires().toEpochMilli());
          out.writeLong(s.credentialSetAt().toEpochMilli());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what was authenticated before; a form that is not ours means a newer program wrote it.
   */
  private static FlowState decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORMAT) {
        throw Why.SESSION_INVALID.refusal();
      }
      byte kind = in.readByte();
      String flowId = in.readUTF();
      String sub = in.readUTF();
      Instant expires = Instant.ofEpochMilli(in.readLong());
      return switch (kind) {
        case PASSWORD_VERIFIER ->
            new PasswordVerifier(
                flowId,
                sub,
                in.readUTF(),
                read(in),
                read(in),
                read(in),
                Instant.ofEpochMilli(in.readLong()),
                expires);
        case NEW_PASSWORD_REQUIRED ->
            new NewPasswordRequired(flowId, sub, Instant.ofEpochMilli(in.readLong()), expires);
        default -> throw Why.SESSION_INVALID.refusal();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, byte[] value) throws IOException {
    out.writeShort(value.length);
    out.write(value);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(in.readUnsignedShort());
  }
}
