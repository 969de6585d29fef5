package dev.gatehouse.app;

import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.MasterKeyFile;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.pool.Pools;
import dev.gatehouse.userpool.token.SigningKeys;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Changes of keys at the operator's word (design.md §5): done by the running server, or on its data
 * when none runs. One at a time.
 */
final class KeyRotation {
  /** Who asked: the root key, from an address; for the audit log. */
  record Asker(String requestId, String arn, String accessKeyId, String address) {}

  /** What became of it, in words for the operator. */
  sealed interface Outcome {
    String words();

    record Done(String words) implements Outcome {}

    /** Nothing was changed. */
    record Refused(String words) implements Outcome {}
  }

  private final GroundFloor ground;
  private final Pools pools;
  private final SigningKeys signingKeys;
  private final AuditLog audit;
  private final ReentrantLock lock = new ReentrantLock();

  KeyRotation(GroundFloor ground, Pools pools, SigningKeys signingKeys, AuditLog audit) {
    this.ground = ground;
    this.pools = pools;
    this.signingKeys = signingKeys;
    this.audit = audit;
  }

  /** On the data alone, with no server running. */
  static KeyRotation of(GroundFloor ground, AuditLog audit) {
    return new KeyRotation(
        ground,
        new Pools(ground.database, ground.vault, ground.changes),
        ground.signingKeys(),
        audit);
  }

  /** Somebody who has the data in hand. */
  Asker atTheData() {
    return new Asker(ground.ids.uuid(), "", "", "");
  }

  /** Makes a pool's next signing keys. */
  Outcome signing(String poolId, Asker asker) {
    return audited(
        "keys.rotate-signing",
        poolId,
        asker,
        () -> {
          if (pools.find(poolId).isEmpty()) {
            return new Outcome.Refused("There is no user pool " + printable(poolId) + ".");
          }
          return new Outcome.Done(
              "The next signing keys of "
                  + poolId
                  + " are published from now on and sign from "
                  + signingKeys.rotate(poolId)
                  + "; those before them stay published until their last token has expired.");
        });
  }

  /** Wraps every data key by a new master key. */
  Outcome master(Asker asker) {
    return audited(
        "keys.rotate-master",
        null,
        asker,
        () -> {
          Vault vault = ground.vault;
          AtomicLong wrapped = new AtomicLong();
          MasterKeyFile file = ground.masterKeyFile;
          MasterKey next = ground.nextMasterKey;
          if (file != null) {
            file.rotate(vault, MasterKey.random(ground.ids), wrapped::set);
          } else if (next == null) {
            return new Outcome.Refused(
                ground.ephemeral
                    ? "An ephemeral server keeps nothing, its master key neither."
                    : "Give the new key beside the old one to every node, as database.nextMasterKey or"
                        + " GATEHOUSE_NEXT_MASTER_KEY, restart them one by one, and ask again.");
          } else {
            vault.rotateMaster(next, wrapped::set);
          }
          return new Outcome.Done(
              wrapped.get()
                  + " data keys are wrapped anew; the master key in force has fingerprint "
                  + vault.masterKeyInForce()
                  + "."
                  + (file == null
                      ? " Now give it to every node as its master key."
                      : " Backups made before need the key from before."));
        });
  }

  @FunctionalInterface
  private interface Change {
    Outcome make();
  }

  private Outcome audited(String name, @Nullable String poolId, Asker asker, Change change) {
    String outcome = "failed";
    lock.lock();
    try {
      Outcome made = change.make();
      outcome = made instanceof Outcome.Done ? "ok" : "refused";
      return made;
    } finally {
      lock.unlock();
      audit.record(
          new AuditLog.Entry(
              asker.requestId(),
              asker.arn(),
              asker.accessKeyId(),
              asker.address(),
              name,
              poolId,
              null,
              outcome));
    }
  }

  private static String printable(String text) {
    return text.length() > 64 ? text.substring(0, 64) : text;
  }
}
