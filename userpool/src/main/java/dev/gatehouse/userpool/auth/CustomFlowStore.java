package dev.gatehouse.userpool.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.store.Place;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.CustomAuthTriggers.Round;
import dev.gatehouse.userpool.Documents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Table {@code custom_flow}. */
public final class CustomFlowStore {
  private final Vault vault;

  CustomFlowStore(Vault vault) {
    this.vault = vault;
  }

  /**
   * What a sign-in remembers.
   *
   * @param rounds those that are over, oldest first
   * @param proofs how many of the progress' proofs are among them
   * @param srpA {@code SRP_A} as the client sent it at the beginning; null when it did not
   * @param privateParameters of the challenge that is outstanding
   * @param challengeMetadata of the challenge that is outstanding
   */
  record Memory(
      List<Round> rounds,
      int proofs,
      @Nullable String srpA,
      Map<String, String> privateParameters,
      @Nullable String challengeMetadata) {
    static Memory beginning(@Nullable String srpA) {
      List<Round> rounds = srpA == null ? List.of() : List.of(new Round("SRP_A", true, null));
      return new Memory(rounds, 0, srpA, Map.of(), null);
    }

    /** After the outstanding challenge was answered. */
    Memory answered(String challengeName, boolean right) {
      List<Round> more = new ArrayList<>(rounds);
      more.add(new Round(challengeName, right, challengeMetadata));
      return new Memory(more, proofs, srpA, Map.of(), null);
    }

    /** With the rounds that the progress has shown and that are not among them yet. */
    Memory including(Progress progress) {
      List<Round> more = new ArrayList<>(rounds);
      progress.proofs().stream()
          .skip(proofs)
          .forEach(proof -> more.add(new Round(proof.challengeName(), true, null)));
      return new Memory(more, progress.proofs().size(), srpA, privateParameters, challengeMetadata);
    }

    Memory asking(Map<String, String> parameters, @Nullable String metadata) {
      return new Memory(rounds, proofs, srpA, parameters, metadata);
    }
  }

  /** A memory ready to be written. */
  record Row(String poolId, String flowId, Instant expires, byte[] sealed) {}

  /** Seals; outside a write. */
  Row row(String poolId, String flowId, Memory memory, Instant expires) {
    byte[] sealed = vault.seal(place(poolId, flowId), Documents.write(memory).getBytes(UTF_8));
    return new Row(poolId, flowId, expires, sealed);
  }

  Optional<Memory> find(Handle handle, String poolId, String flowId) {
    return handle
        .createQuery("SELECT sealed FROM custom_flow WHERE pool_id = :pool AND flow_id = :flow")
        .bind("pool", poolId)
        .bind("flow", flowId)
        .map((row, context) -> row.getBytes("sealed"))
        .findOne()
        .map(sealed ->
            Documents.read(
                new String(vault.open(place(poolId, flowId), sealed), UTF_8), Memory.class));
  }

  static void put(Handle handle, Row row) {
    handle
        .createUpdate(
            """
            INSERT INTO custom_flow (pool_id, flow_id, expires, sealed) VALUES (:pool, :flow, :expires, :sealed)
            ON CONFLICT (pool_id, flow_id) DO UPDATE SET expires = :expires, sealed = :sealed
            """)
        .bind("pool", row.poolId())
        .bind("flow", row.flowId())
        .bind("expires", row.expires().toEpochMilli())
        .bind("sealed", row.sealed())
        .execute();
  }

  /** Takes away what expired sign-ins remembered; at most {@code most} in one go. */
  public static int sweep(Handle handle, Instant now, int most) {
    return handle
        .createUpdate(
            """
            DELETE FROM custom_flow WHERE (pool_id, flow_id) IN (
              SELECT pool_id, flow_id FROM custom_flow WHERE expires < :now LIMIT :most)
            """)
        .bind("now", now.toEpochMilli())
        .bind("most", most)
        .execute();
  }

  private static Place place(String poolId, String flowId) {
    return new Place("custom_flow", poolId, flowId, "sealed");
  }
}
