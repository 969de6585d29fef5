package dev.gatehouse.app;

import dev.gatehouse.access.AccessKeys;
import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.SignatureVerdict;
import dev.gatehouse.access.SignedRequest;
import dev.gatehouse.access.StoredAccessKeys;
import dev.gatehouse.access.TestCredentials;
import dev.gatehouse.access.sts.GetCallerIdentity;
import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.Listeners;
import dev.gatehouse.app.ServerOptions.TlsListener;
import dev.gatehouse.delivery.Inbox;
import dev.gatehouse.http.AccessLog;
import dev.gatehouse.http.AddressLimit;
import dev.gatehouse.http.BodyBudget;
import dev.gatehouse.http.DevelopmentGuard;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpConfig;
import dev.gatehouse.http.HttpListener;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.KeyedLimit;
import dev.gatehouse.http.Router;
import dev.gatehouse.http.TlsIdentity;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.ErrorWords;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.kms.KmsOperations;
import dev.gatehouse.model.sts.StsOperations;
import dev.gatehouse.operations.Health;
import dev.gatehouse.operations.PrometheusMeter;
import dev.gatehouse.store.Vault;
import dev.gatehouse.triggers.kms.Decrypt;
import dev.gatehouse.triggers.kms.Encrypt;
import dev.gatehouse.triggers.kms.GenerateDataKey;
import dev.gatehouse.triggers.kms.KmsWords;
import dev.gatehouse.triggers.kms.OwnKeys;
import dev.gatehouse.userpool.Discovery;
import dev.gatehouse.userpool.UserPoolModule;
import dev.gatehouse.userpool.UserPoolOperations;
import dev.gatehouse.userpool.UserPoolWords;
import dev.gatehouse.wire.AwsCallLimits;
import dev.gatehouse.wire.CallLimits;
import dev.gatehouse.wire.EdgeParts;
import dev.gatehouse.wire.JsonEndpoint;
import dev.gatehouse.wire.JsonErrors;
import dev.gatehouse.wire.PoolDocuments;
import dev.gatehouse.wire.QueryEndpoint;
import dev.gatehouse.wire.RootHandler;
import dev.gatehouse.wire.ServiceTable;
import dev.gatehouse.wire.UndeclaredErrors;
import dev.gatehouse.wire.WellKnownHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ring 3 put together: what is answered under which path, before anybody listens. */
final class Edges {
  /** What requests under {@code /_gatehouse} are signed for. */
  static final String SIGNING_NAME = "gatehouse";

  private final GroundFloor ground;
  private final Listeners listeners;

  /** What everybody may reach. */
  final Router open = new Router();

  /** What is under {@code /_gatehouse}; the open routes too where there is no port of its own. */
  final Router managing;

  final Health health;
  private final SigV4Verifier verifier;
  private final BodyBudget bodies;
  private final CallLimits limits;

  Edges(GroundFloor ground, Listeners listeners, StoredAccessKeys stored) {
    this.ground = ground;
    this.listeners = listeners;
    this.managing = listeners.managementPort() == null ? open : new Router();
    AccessKeys keys =
        listeners.allowTestCredentials()
            ? new TestCredentials(stored, ground.vault.server().accountId())
            : stored;
    this.verifier = new SigV4Verifier(keys, ground.wall, Secret.of(ground.ids.bytes(40)));
    this.bodies = BodyBudget.ofHeap(ground.meter);
    this.limits = limits();
    this.health = health();
  }

  /** Both endpoints, the pools' documents, and where files are uploaded. */
  void addOpenRoutes(UserPoolModule userPools, OwnKeys keys, AuditLog audit) {
    EdgeParts parts = parts(new UserPoolWords(), audit);
    ServiceTable pools = userPoolTable(userPools);
    ServiceTable sts = stsTable(ground.vault.server().accountId());
    new RootHandler(
            List.of(
                new JsonEndpoint("AWSCognitoIdentityProviderService", "cognito-idp", pools, parts),
                new JsonEndpoint(
                    "TrentService",
                    "kms",
                    kmsTable(keys),
                    parts(new KmsWords(), audit),
                    JsonErrors.KMS)),
            QueryEndpoint.sts(sts, parts))
        .register(open);
    UploadRoute.add(open, userPools.uploads());
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
        .register(open);
  }

  static ServiceTable userPoolTable(UserPoolModule userPools) {
    ServiceTable table = new ServiceTable(CognitoIdpOperations.all());
    UserPoolOperations.list(
        userPools,
        new UserPoolOperations.Table() {
          @Override
          public <I, O> void serve(OperationModel<I, O> model, Operation<I, O> handler) {
            table.serve(model, handler);
          }
        });
    return table;
  }

  private EdgeParts parts(ErrorWords words, AuditLog audit) {
    return new EdgeParts(verifier, words, limits, UndeclaredErrors.REPORT, audit, ground.meter);
  }

  static ServiceTable kmsTable(OwnKeys keys) {
    return new ServiceTable(KmsOperations.all())
        .serve(KmsOperations.DECRYPT, new Decrypt(keys))
        .serve(KmsOperations.ENCRYPT, new Encrypt(keys))
        .serve(KmsOperations.GENERATE_DATA_KEY, new GenerateDataKey(keys));
  }

  static ServiceTable stsTable(String accountId) {
    return new ServiceTable(StsOperations.all())
        .serve(StsOperations.GET_CALLER_IDENTITY, new GetCallerIdentity(accountId));
  }

  private CallLimits limits() {
    CallLimits unsigned =
        CallLimits.unsigned(
            new AddressLimit(
                AddressLimit.UNSIGNED,
                listeners.exposure() == Exposure.DEVELOPMENT
                    ? AddressLimit.Loopbacks.EXEMPT
                    : AddressLimit.Loopbacks.COUNTED));
    return switch (listeners.limits()) {
      case OWN -> unsigned;
      case AWS -> unsigned.and(new AwsCallLimits(new KeyedLimit()));
    };
  }

  /**
   * Health, metrics, keys, and what a developer alone has.
   *
   * @param reset of an ephemeral server
   */
  void addManagingRoutes(
      PrometheusMeter figures,
      KeyRotation rotation,
      Optional<Inbox> inbox,
      Optional<Runnable> reset) {
    health.register(managing);
    if (listeners.exposure() == Exposure.SERVICE) {
      managing.guard("/_gatehouse/metrics", this::unsigned);
    }
    managing.add("GET", "/_gatehouse/metrics", Router.DEFAULT_BODY, figures);
    managing.guard(KeyRoutes.PREFIX, this::unsigned);
    KeyRoutes.add(managing, rotation, request -> verified(request).orElseThrow());
    if (listeners.exposure() == Exposure.DEVELOPMENT) {
      managing.guard("/_gatehouse/", new DevelopmentGuard());
      inbox.ifPresent(box -> DevelopmentRoutes.addInbox(managing, box));
      reset.ifPresent(all -> DevelopmentRoutes.addResetAndClock(managing, all, ground.clock));
    }
  }

  /**
   * Outside development only health is open; the rest needs the root key's signature for service
   * {@code gatehouse}. Keys need it always.
   */
  private Optional<HttpAnswer> unsigned(HttpRequest head) {
    return verified(head).isPresent()
        ? Optional.empty()
        : Optional.of(
            HttpAnswer.text(403, "Sign this request with the root key, service gatehouse"));
  }

  private Optional<Caller.Signed> verified(HttpRequest request) {
    SignedRequest signed =
        new SignedRequest(
            request.method(), request.path(), request.query(), request.headers(), request.body());
    return verifier.verify(signed, SIGNING_NAME)
            instanceof SignatureVerdict.Verified(Caller.Signed caller, String region)
        ? Optional.of(caller)
        : Optional.empty();
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

  HttpListener listenMain(int port) {
    return listen(
        HttpConfig.loopback(port).withHost(listeners.host()).withProxies(listeners.proxies()),
        open);
  }

  HttpListener listenManagement(int port) {
    return listen(HttpConfig.loopback(port), managing);
  }

  HttpListener listenTls(TlsListener tls, TlsIdentity identity) {
    return listen(
        HttpConfig.loopback(tls.port())
            .withHost(tls.host())
            .withProxies(listeners.proxies())
            .withTls(identity),
        open);
  }

  private HttpListener listen(HttpConfig config, Router router) {
    return HttpListener.start(config, router, ground.wall, new AccessLog(), bodies);
  }
}
