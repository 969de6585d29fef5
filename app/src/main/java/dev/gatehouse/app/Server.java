package dev.gatehouse.app;

import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.access.StoredAccessKeys;
import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.access.TestCredentials;
import dev.gatehouse.access.sts.GetCallerIdentity;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.delivery.Inbox;
import dev.gatehouse.delivery.Medium;
import dev.gatehouse.delivery.OutboundHttp;
import dev.gatehouse.delivery.Outbox;
import dev.gatehouse.delivery.OutboxWorker;
import dev.gatehouse.delivery.SmtpTransport;
import dev.gatehouse.delivery.SnsTransport;
import dev.gatehouse.delivery.Transport;
import dev.gatehouse.delivery.WebhookTransport;
import dev.gatehouse.http.AccessLog;
import dev.gatehouse.http.AddressLimit;
import dev.gatehouse.http.DevelopmentCa;
import dev.gatehouse.http.DevelopmentGuard;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpConfig;
import dev.gatehouse.http.HttpListener;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.sts.StsOperations;
import dev.gatehouse.operations.AuditFile;
import dev.gatehouse.operations.Health;
import dev.gatehouse.operations.PrometheusMeter;
import dev.gatehouse.store.StoreMaintenance;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.Discovery;
import dev.gatehouse.userpool.Housekeeping;
import dev.gatehouse.userpool.UserPoolModule;
import dev.gatehouse.userpool.UserPoolOperations;
import dev.gatehouse.userpool.UserPoolWords;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.wire.CallLimits;
import dev.gatehouse.wire.EdgeParts;
import dev.gatehouse.wire.JsonEndpoint;
import dev.gatehouse.wire.PoolDocuments;
import dev.gatehouse.wire.QueryEndpoint;
import dev.gatehouse.wire.RootHandler;
import dev.gatehouse.wire.ServiceTable;
import dev.gatehouse.wire.UndeclaredErrors;
import dev.gatehouse.wire.WellKnownHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
  private final AuditLog audit;
  private final Health health;
  private final RootKey rootKey;
  private final HttpListener main;
  private final @Nullable HttpListener tls;
  private final @Nullable HttpListener management;
  private final @Nullable Path developmentCa;
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
    Optional<Inbox> inbox =
        listeners.exposure() == Exposure.DEVELOPMENT ? Optional.of(new Inbox()) : Optional.empty();
    Outbox outbox =
        new Outbox(ground.vault, transports(options.delivery()), inbox, ground.clock, ground.ids);
    OutboxWorker worker =
        closing(
            new OutboxWorker(
                ground.database,
                outbox,
                options.delivery(),
                ground.clock,
                ground.ids,
                ground.meter));
    this.userPools =
        new UserPoolModule(
            ground.forUserPools(),
            options.userPools(),
            new Issuers(publicUrl, options.issuer()),
            new DeliveryPostbox(outbox));
    this.seedDifferences = userPools.seeding().apply(options.seed());
    seedDifferences.forEach(difference -> LOG.warn("seed: {}", difference));

    // edges
    Router router = new Router();
    Path data = options.storage().data();
    this.audit =
        data == null ? AuditLog.none() : closing(AuditFile.in(data.resolve("audit"), ground.wall));
    SigV4Verifier verifier = addPublicRoutes(router, listeners, accessKeys);
    this.health = health();
    Router managing = listeners.managementPort() == null ? router : new Router();
    health.register(managing);
    if (listeners.exposure() == Exposure.SERVICE) {
      managing.guard("/_gatehouse/metrics", head -> unsigned(verifier, head));
    }
    managing.add("GET", "/_gatehouse/metrics", Router.DEFAULT_BODY, figures);
    if (listeners.exposure() == Exposure.DEVELOPMENT) {
      managing.guard("/_gatehouse/", new DevelopmentGuard());
      inbox.ifPresent(box -> DevelopmentRoutes.addInbox(managing, box));
      if (options.storage().data() == null && options.storage().postgres() == null) {
        DevelopmentRoutes.addResetAndClock(managing, () -> reset(inbox), ground.clock);
      }
    }
    this.main =
        closing(
            HttpListener.start(
                HttpConfig.loopback(port)
                    .withHost(listeners.host())
                    .withProxies(listeners.proxies()),
                router,
                ground.wall,
                new AccessLog()));
    this.management =
        listeners.managementPort() == null
            ? null
            : closing(
                HttpListener.start(
                    HttpConfig.loopback(listeners.managementPort()),
                    managing,
                    ground.wall,
                    new AccessLog()));
    Integer tlsPort = listeners.tlsPort();
    if (tlsPort == null) {
      this.tls = null;
      this.developmentCa = null;
    } else {
      DevelopmentCa ca = DevelopmentCa.in(caFolder(options), ground.wall, ground.random);
      this.developmentCa = ca.certificateFile();
      this.tls =
          closing(
              HttpListener.start(
                  HttpConfig.loopback(tlsPort).withHost(listeners.host()).withTls(ca.server()),
                  router,
                  ground.wall,
                  new AccessLog()));
    }
    worker.start();
    keepHouse(worker);
    ground.refillKeys();
  }

  private SigV4Verifier addPublicRoutes(
      Router router, Listeners listeners, StoredAccessKeys stored) {
    AccessKeys keys =
        listeners.allowTestCredentials()
            ? new TestCredentials(stored, ground.vault.server().accountId())
            : stored;
    SigV4Verifier verifier = new SigV4Verifier(keys, ground.wall, Secret.of(ground.ids.bytes(40)));
    EdgeParts parts =
        new EdgeParts(
            verifier,
            new UserPoolWords(),
            CallLimits.unsigned(
                new AddressLimit(
                    AddressLimit.UNSIGNED,
                    listeners.exposure() == Exposure.DEVELOPMENT
                        ? AddressLimit.Loopbacks.EXEMPT
                        : AddressLimit.Loopbacks.COUNTED)),
            UndeclaredErrors.REPORT,
            audit,
            ground.meter);
    ServiceTable pools = new ServiceTable(CognitoIdpOperations.all());
    UserPoolOperations.list(
        userPools,
        new UserPoolOperations.Table() {
          @Override
          public <I, O> void serve(OperationModel<I, O> model, Operation<I, O> handler) {
            pools.serve(model, handler);
          }
        });
    ServiceTable sts =
        new ServiceTable(StsOperations.all())
            .serve(
                StsOperations.GET_CALLER_IDENTITY,
                new GetCallerIdentity(ground.vault.server().accountId()));
    new RootHandler(
            List.of(
                new JsonEndpoint("AWSCognitoIdentityProviderService", "cognito-idp", pools, parts)),
            QueryEndpoint.sts(sts, parts))
        .register(router);
    Discovery discovery = userPools.discovery();
    new WellKnownHandler(
            new PoolDocuments() {
              @Override
              public Optional<String> jwks(String poolId) {
                return discovery.jwks(poolId);
              }

              @Override
              public Optional<String> openidConfiguration(String poolId) {
                return discovery.openidConfiguration(poolId);
              }
            })
        .register(router);
    return verifier;
  }

  /**
   * Outside development only health is open; the rest needs the root key's signature for service
   * {@code gatehouse}.
   */
  private static Optional<HttpAnswer> unsigned(SigV4Verifier verifier, HttpRequest head) {
    SignedRequest request =
        new SignedRequest(head.method(), head.path(), head.query(), head.headers(), head.body());
    return verifier.verify(request, "gatehouse") instanceof SignatureVerdict.Verified
        ? Optional.empty()
        : Optional.of(
            HttpAnswer.text(403, "Sign this request with the root key, service gatehouse"));
  }

  /** Ready: the database takes a write, and the key opens what it sealed. */
  private Health health() {
    return new Health(
        Map.of(
            "database",
            () ->
                ground.database.<Integer>write(handle ->
                    handle.execute("UPDATE config_version SET version = version WHERE id = 1")),
            "key",
            () -> ground.vault.mac(Vault.SERVER, "health")));
  }

  private Map<Medium, Transport> transports(DeliveryConfig config) {
    Map<Medium, Transport> result = new EnumMap<>(Medium.class);
    if (config.smtp() != null) {
      result.put(Medium.EMAIL, new SmtpTransport(config.smtp(), ground.wall));
    }
    if (config.smsWebhook() != null || config.sns() != null) {
      OutboundHttp http =
          closing(
              new OutboundHttp(config.privateHosts() == null ? List.of() : config.privateHosts()));
      result.put(
          Medium.SMS,
          config.smsWebhook() != null
              ? new WebhookTransport(config.smsWebhook(), http, ground.wall)
              : new SnsTransport(
                  java.util.Objects.requireNonNull(config.sns()), http, ground.wall));
    }
    return result;
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
    return developmentCa;
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
