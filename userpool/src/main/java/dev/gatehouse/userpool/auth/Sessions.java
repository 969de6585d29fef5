package dev.gatehouse.userpool.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.kernel.Clock;
import dev.gatehouse.kernel.ConstantTime;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Place;
import dev.gatehouse.store.PoolSecret;
import dev.gatehouse.store.PoolSecrets;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.pool.AppClient;
import dev.gatehouse.userpool.pool.Pool;
import dev.gatehouse.userpool.pool.Pools;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jdbi.v3.core.Handle;

/**
 * Seals a {@link FlowState} into the text of {@code Session} and opens it again: AES-256-GCM under
 * a key of the pool that changes daily (two older ones still open), bound to pool, client and kind
 * of caller. Kind and client id stand before it in clear, for the operations that are given a
 * session and no client. What the text cannot hold, that it was used, is a row.
 */
public final class Sessions {
  private static final String KEY_KIND = "flow";
  private static final int KEYS_KEPT = 3;
  private static final Duration KEY_LIFE = Duration.ofDays(1);
  private static final int LONGEST = 2048;

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

  /** Whose session it is. */
  record Holder(Pool pool, AppClient client, AuthRequest.Kind kind) {
    static Holder of(AuthRequest request) {
      return new Holder(request.pool(), request.client(), request.kind());
    }

    private Place place() {
      return new Place("session", pool.id(), client.id(), kind.name());
    }

    /** What stands before the sealed text: kind, length of the client id, client id. */
    private byte[] head() {
      byte[] id = client.id().getBytes(UTF_8);
      return ByteBuffer.allocate(2 + id.length)
          .put(kind.code())
          .put((byte) id.length)
          .put(id)
          .array();
    }
  }

  /** A session that was given without a client. */
  record Opened(Holder holder, FlowState state) {}

  String seal(AuthRequest request, FlowState state) {
    return seal(Holder.of(request), state);
  }

  /** The text for {@code Session}: base64, at most 2,048 characters. */
  String seal(Holder holder, FlowState state) {
    byte[] head = holder.head();
    byte[] sealed = key(holder.pool().id()).seal(holder.place(), FlowStateForm.write(state));
    byte[] whole = ByteBuffer.allocate(head.length + sealed.length).put(head).put(sealed).array();
    String text = Base64.getEncoder().encodeToString(whole);
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
    Holder holder = Holder.of(request);
    byte[] head = holder.head();
    return inTime(
        decoded(session)
            .filter(whole -> whole.length > head.length)
            .filter(whole -> ConstantTime.equal(Arrays.copyOf(whole, head.length), head))
            .flatMap(whole -> opened(holder, whole, head.length))
            .orElseThrow(() -> Why.SESSION_INVALID.refusal()));
  }

  /**
   * Opens a session that was given without a client: AssociateSoftwareToken, VerifySoftwareToken.
   *
   * @throws dev.gatehouse.kernel.Refusal SESSION_INVALID, SESSION_EXPIRED
   */
  Opened open(Pools pools, String session) {
    byte[] whole = decoded(session).orElseThrow(() -> Why.SESSION_INVALID.refusal());
    int length = whole.length < 2 ? -1 : whole[1];
    if (length < 0 || whole.length < 2 + length) {
      throw Why.SESSION_INVALID.refusal();
    }
    AuthRequest.Kind kind =
        AuthRequest.Kind.of(whole[0]).orElseThrow(() -> Why.SESSION_INVALID.refusal());
    AppClient client =
        pools
            .findClient(new String(whole, 2, length, UTF_8))
            .orElseThrow(() -> Why.SESSION_INVALID.refusal());
    Holder holder = new Holder(pools.poolOf(client), client, kind);
    FlowState state =
        inTime(opened(holder, whole, 2 + length).orElseThrow(() -> Why.SESSION_INVALID.refusal()));
    return new Opened(holder, state);
  }

  private FlowState inTime(FlowState state) {
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

  private Optional<FlowState> opened(Holder holder, byte[] whole, int from) {
    byte[] sealed = Arrays.copyOfRange(whole, from, whole.length);
    OptionalInt keyId = PoolSecret.keyIdOf(sealed);
    return keyId.isEmpty()
        ? Optional.empty()
        : secrets
            .find(holder.pool().id(), KEY_KIND, keyId.getAsInt())
            .flatMap(key -> key.open(holder.place(), sealed))
            .map(FlowStateForm::read);
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
}
