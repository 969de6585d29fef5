package dev.gatehouse.app;

import dev.gatehouse.access.StoredAccessKeys;
import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.delivery.Inbox;
import dev.gatehouse.delivery.OutboxWorker;
import dev.gatehouse.http.DevelopmentCa;
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
import java.nio.file.Files;
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

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final GroundFloor ground;
  private final UserPoolModule userPools;
  private final Health health;
  private final RootKey rootKey;
  private final HttpListener main;
  private final @Nullable HttpListener tls;
  private final @Nullable HttpListener management;
  private final @Nullable DevelopmentCa developmentCa;
  private final String endpoint;
  private final List<String> seedDifferences;

  private Server(ServerOptions options, WorkTally work, Consumer<String> statements) {
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
    this.userPools =
        new UserPoolModule(
            ground.forUserPools(),
            options.userPools(),
            new Issuers(publicUrl, options.issuer()),
            new DeliveryPostbox(deliveries.outbox));
    this.seedDifferences = userPools.seeding().apply(options.seed());
    seedDifferences.forEach(difference -> LOG.warn("seed: {}", difference));

    // edges
    Path data = options.storage().data();
    AuditLog audit =
        data == null ? AuditLog.none() : closing(AuditFile.in(data.resolve("audit"), ground.wall));
    Edges edges = new Edges(ground, listeners, accessKeys);
    this.health = edges.health;
    edges.addOpenRoutes(userPools, audit);
    boolean ephemeral = data == null && options.storage().postgres() == null;
    edges.addManagingRoutes(
        figures,
        deliveries.inbox,
        ephemeral ? Optional.of(() -> reset(deliveries.inbox)) : Optional.empty());
    this.main = closing(edges.listenMain(port));
    Integer managementPort = listeners.managementPort();
    this.management =
        managementPort == null ? null : closing(edges.listenManagement(managementPort));
    Integer tlsPort = listeners.tlsPort();
    this.developmentCa =
        tlsPort == null ? null : DevelopmentCa.in(caFolder(options), ground.wall, ground.random);
    this.tls =
        tlsPort == null || developmentCa == null
            ? null
            : closing(edges.listenTls(tlsPort, developmentCa));
    deliveries.worker.start();
    keepHouse(deliveries.worker);
    ground.refillKeys();
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

  private Path caFolder(ServerOptions options) {
    Path data = options.storage().data();
    if (data != null) {
      return data;
    }
    try {
      return Files.createTempDirectory("gatehouse-ca");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    return new Server(options, work, statements);
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

  /** The development CA's certificate; null without a TLS listener. */
  public @Nullable Path developmentCa() {
    return developmentCa == null ? null : developmentCa.certificateFile();
  }

  /** The address to reach it at from this machine. */
  public String endpoint() {
    return endpoint;
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

  /** The capability, for commands that run in this process. */
  UserPoolModule userPools() {
    return userPools;
  }

  GroundFloor ground() {
    return ground;
  }

  /** The last part that was started stops first. */
  @Override
  public void close() {
    health.stop();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failure) {
        LOG.warn("a part did not stop cleanly", failure);
      }
    }
  }
}
