package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys;
import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.app.ServerOptions.AuditTo;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.app.ServerOptions.TlsListener;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.delivery.Inbox;
import dev.gatehouse.delivery.OutboxWorker;
import dev.gatehouse.http.HttpListener;
import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.operations.AuditFile;
import dev.gatehouse.operations.Health;
import dev.gatehouse.operations.PrometheusMeter;
import dev.gatehouse.store.StoreMaintenance;
import dev.gatehouse.userpool.Housekeeping;
import dev.gatehouse.userpool.UserPoolModule;
import dev.gatehouse.userpool.pool.Issuers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole server, wired by constructors; the only file that knows all modules. */
public final class Server implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final Deque<AutoCloseable> parts;
  private final GroundFloor ground;
  private final UserPoolModule userPools;
  private final Health health;
  private final RootKey rootKey;
  private final HttpListener main;
  private final @Nullable HttpListener tls;
  private final @Nullable HttpListener management;
  private final @Nullable Certificate certificate;
  private final String endpoint;
  private final List<String> seedDifferences;

  private Server(
      ServerOptions options,
      WorkTally work,
      Consumer<String> statements,
      Deque<AutoCloseable> parts) {
    this.parts = parts;
    Listeners listeners = options.listeners();
    int port = listeners.port() == 0 ? freePort() : listeners.port();
    this.endpoint = "http://localhost:" + port;
    String publicUrl = options.publicUrl() == null ? endpoint : options.publicUrl();

    // ground
    PrometheusMeter figures = new PrometheusMeter();
    this.ground =
        closing(new GroundFloor(options.storage(), options.accountId(), figures, work, statements));

    // capabilities
    StoredAccessKeys accessKeys =
        new StoredAccessKeys(ground.database, ground.vault, ground.changes, ground.clock);
    this.rootKey = accessKeys.root(options.rootKey(), ground.ids);
    Deliveries deliveries =
        closing(new Deliveries(ground, options.delivery(), listeners.exposure()));
    Invocations invocations = closing(new Invocations(ground, options.functions()));
    this.userPools = userPools(options, publicUrl, deliveries, invocations);
    this.seedDifferences = userPools.seeding().apply(options.seed());
    seedDifferences.forEach(difference -> LOG.warn("seed: {}", difference));

    // edges
    AuditLog audit = audit(options.audit());
    Edges edges = new Edges(ground, listeners, accessKeys);
    this.health = edges.health;
    edges.addOpenRoutes(userPools, invocations.keys, audit);
    edges.addManagingRoutes(
        figures,
        new KeyRotation(ground, userPools.pools(), userPools.signingKeys(), audit),
        deliveries.inbox,
        ground.ephemeral ? Optional.of(() -> reset(deliveries.inbox)) : Optional.empty());
    TlsListener tlsListener = listeners.tls();
    this.certificate =
        tlsListener == null
            ? null
            : closing(Certificate.of(tlsListener, options.storage(), ground));
    this.main = closing(edges.listenMain(port));
    Integer managementPort = listeners.managementPort();
    this.management =
        managementPort == null ? null : closing(edges.listenManagement(managementPort));
    this.tls =
        tlsListener == null || certificate == null
            ? null
            : closing(edges.listenTls(tlsListener, certificate.identity()));
    deliveries.worker.start();
    closing(userPools.importWorker()).start();
    keepHouse(deliveries.worker);
    ground.refillKeys();
  }

  private UserPoolModule userPools(
      ServerOptions options, String publicUrl, Deliveries deliveries, Invocations invocations) {
    return new UserPoolModule(
        ground.forUserPools(),
        options.userPools(),
        new Issuers(publicUrl, options.issuer()),
        new DeliveryPostbox(deliveries.outbox),
        invocations.lambda());
  }

  private void reset(Optional<Inbox> inbox) {
    userPools.poolRemoval().everything(ground.clock.now());
    inbox.ifPresent(Inbox::clear);
  }

  /** Every minute what has expired goes; every hour what the store keeps for a day. */
  private void keepHouse(OutboxWorker worker) {
    Housekeeping housekeeping = userPools.housekeeping();
    Thread thread =
        Thread.ofVirtual()
            .name("housekeeping")
            .start(() -> {
              for (int minute = 0; ; minute++) {
                try {
                  TimeUnit.MINUTES.sleep(1);
                  housekeeping.run();
                  worker.sweep();
                  if (minute % 60 == 0) {
                    StoreMaintenance.sweep(ground.database, ground.clock);
                  }
                } catch (InterruptedException stop) {
                  return;
                } catch (RuntimeException failure) {
                  LOG.error("housekeeping failed", failure);
                }
              }
            });
    parts.push(() -> {
      thread.interrupt();
      thread.join();
    });
  }

  private AuditLog audit(AuditTo to) {
    return switch (to) {
      case AuditTo.Folder folder -> closing(AuditFile.in(folder.path(), ground.wall));
      case AuditTo.StandardOutput stdout -> closing(AuditFile.to(System.out, ground.wall));
      case AuditTo.Nowhere nowhere -> AuditLog.none();
    };
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws dev.gatehouse.store.StartRefusedException with a text for the operator
   */
  public static Server start(ServerOptions options) {
    return start(options, new WorkTally(), sql -> {});
  }

  /**
   * A server whose work is counted, for a price list.
   *
   * @param work counts hashes, exponentiations and signatures
   * @param statements is told the SQL of each statement before it runs
   */
  public static Server start(ServerOptions options, WorkTally work, Consumer<String> statements) {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      return new Server(options, work, statements, parts);
    } catch (RuntimeException failure) {
      close(parts);
      throw failure;
    }
  }

  public int port() {
    return main.port();
  }

  /** The port of the TLS listener, 0 when there is none. */
  public int tlsPort() {
    return tls == null ? 0 : tls.port();
  }

  /** The port of the management listener, 0 when there is none of its own. */
  public int managementPort() {
    return management == null ? 0 : management.port();
  }

  /** The development CA's certificate; null without one. */
  public @Nullable Path developmentCa() {
    return certificate == null ? null : certificate.developmentCa();
  }

  /**
   * Shows the certificate that is in its files now, from the next connection on.
   *
   * @throws dev.gatehouse.http.TlsFiles.UnusableException and shows the one from before
   */
  void renewCertificate() {
    if (tls != null && certificate != null) {
      tls.renew(certificate.identity());
    }
  }

  /** The address to reach it at from this machine. */
  public String endpoint() {
    return endpoint;
  }

  /** The address of {@code /_gatehouse} from this machine. */
  String managementEndpoint() {
    return management == null ? endpoint : "http://127.0.0.1:" + management.port();
  }

  public RootKey rootKey() {
    return rootKey;
  }

  /** The clock of everything stored and issued; tests move it forward. */
  public AdjustableClock clock() {
    return ground.clock;
  }

  /** What of the seed is there in another form, a line each. */
  public List<String> seedDifferences() {
    return new ArrayList<>(seedDifferences);
  }

  /** The last part that was started stops first. */
  @Override
  public void close() {
    health.stop();
    close(parts);
  }

  private static void close(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        LOG.warn("a part did not stop cleanly", failure);
      }
    }
  }
}
