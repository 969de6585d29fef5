package dev.gatehouse.app;

import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.access.StoredAccessKeys;
import dev.gatehouse.access.StoredAccessKeys.RootKey;
import dev.gatehouse.crypto.Argon2Parameters;
import dev.gatehouse.crypto.Argon2PasswordHasher;
import dev.gatehouse.crypto.HashGate;
import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.http.AccessLog;
import dev.gatehouse.http.HttpAnswer;
import dev.gatehouse.http.HttpConfig;
import dev.gatehouse.http.HttpListener;
import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.Router;
import dev.gatehouse.jose.KeyStock;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.TokenSigner;
import dev.gatehouse.jose.TokenVerifier;
import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.Ids;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.kernel.WallClock;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.store.ConfigChanges;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.Databases;
import dev.gatehouse.store.MasterKey;
import dev.gatehouse.store.MasterKeyFile;
import dev.gatehouse.store.MasterKeys;
import dev.gatehouse.store.StoreConfig;
import dev.gatehouse.store.StoreContext;
import dev.gatehouse.store.Vault;
import dev.gatehouse.userpool.Discovery;
import dev.gatehouse.userpool.UserPoolConfig;
import dev.gatehouse.userpool.UserPoolModule;
import dev.gatehouse.userpool.UserPoolOperations;
import dev.gatehouse.userpool.UserPoolWords;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.wire.JsonEndpoint;
import dev.gatehouse.wire.ServiceTable;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The whole server, wired by constructors; the only file that knows all modules. */
public final class Server implements AutoCloseable {
  private static final int BODY = 1024 * 1024;
  private static final int BIG_BODY = 3 * 1024 * 1024;

  private final Database database;
  private final HashGate hasher;
  private final KeyStock keyStock;
  private final HttpListener listener;
  private final RootKey rootKey;
  private final AdjustableClock clock;
  private final String endpoint;

  private Server(ServerOptions options, WorkTally work, Consumer<String> statements) {
    WallClock wall = WallClock.system();
    this.clock = new AdjustableClock(wall);
    SecureRandom random = new SecureRandom();
    Ids ids = new Ids(random);
    Meter meter = Meter.none();
    // ground
    MasterKeys masterKeys = masterKeys(options, ids); // before the database: a new folder gets both
    StoreContext storeContext = StoreContext.of(clock, meter).withStatements(statements);
    this.database =
        options.data() == null
            ? Databases.openEphemeral(StoreConfig.defaults(), storeContext)
            : Databases.openSqlite(options.data(), StoreConfig.defaults(), storeContext);
    Vault vault = Vault.open(database, masterKeys, ids, clock, options.accountId());
    if (options.data() != null) {
      MasterKeyFile.in(options.data()).settle(vault);
    }
    ConfigChanges changes = new ConfigChanges(database);
    Primitives primitives = Primitives.choose();
    primitives.warmUp();
    this.hasher =
        new HashGate(
            new Argon2PasswordHasher(primitives.argon2id(), Argon2Parameters.DEFAULT, random, work),
            Runtime.getRuntime().availableProcessors(),
            meter);
    Rs256 rs256 = Rs256.choose();
    this.keyStock = new KeyStock(rs256::generate, 4);
    // capabilities
    StoredAccessKeys accessKeys = new StoredAccessKeys(database, vault, changes, clock);
    this.rootKey = accessKeys.root(options.rootKey(), ids);
    DevelopmentInbox inbox = new DevelopmentInbox(clock);
    Discovery[] discovery = new Discovery[1];
    ServiceTable userPools = new ServiceTable(CognitoIdpOperations.all());
    Router router = new Router();
    // edges; the issuer needs the port, so the listener comes first and answers once the table is
    // full
    SigV4Verifier verifier = new SigV4Verifier(accessKeys, wall, Secret.of(ids.bytes(40)));
    JsonEndpoint endpointOfPools =
        new JsonEndpoint(
            "AWSCognitoIdentityProviderService",
            "cognito-idp",
            userPools,
            verifier,
            new UserPoolWords(),
            AuditLog.none(),
            meter);
    router.add("POST", "/", BIG_BODY, endpointOfPools);
    router.add(
        target -> target.method().equals("GET") && target.path().endsWith("/.well-known/jwks.json"),
        BODY,
        request -> document(request, poolId -> discovery[0].jwks(poolId)));
    router.add(
        target ->
            target.method().equals("GET")
                && target.path().endsWith("/.well-known/openid-configuration"),
        BODY,
        request -> document(request, poolId -> discovery[0].openidConfiguration(poolId)));
    router.add(
        "GET",
        "/_gatehouse/inbox",
        BODY,
        request -> HttpAnswer.json(200, inbox.json(request.parameter("to"))));
    router.add(
        "DELETE",
        "/_gatehouse/inbox",
        BODY,
        request -> {
          inbox.clear();
          return HttpAnswer.empty(204);
        });
    this.listener =
        HttpListener.start(HttpConfig.loopback(options.port()), router, wall, new AccessLog());
    this.endpoint = "http://localhost:" + listener.port();
    Issuers issuers =
        new Issuers(options.publicUrl() == null ? endpoint : options.publicUrl(), options.issuer());
    UserPoolModule module =
        new UserPoolModule(
            new UserPoolModule.Ground(
                database,
                vault,
                changes,
                clock,
                ids,
                meter,
                hasher,
                new Srp6a(primitives.modExp(), primitives.generator(), random, work),
                rs256,
                keyStock,
                new TokenSigner(rs256, work),
                new TokenVerifier(rs256, work)),
            UserPoolConfig.defaults(),
            issuers,
            inbox);
    discovery[0] = module.discovery();
    UserPoolOperations.list(
        module,
        new UserPoolOperations.Table() {
          @Override
          public <I, O> void serve(OperationModel<I, O> model, Operation<I, O> handler) {
            userPools.serve(model, handler);
          }
        });
    keyStock.refill();
  }

  private static MasterKeys masterKeys(ServerOptions options, Ids ids) {
    return options.data() == null
        ? MasterKeys.of(MasterKey.random(ids))
        : MasterKeyFile.in(options.data()).openOrMake(options.data(), ids);
  }

  private static HttpAnswer document(
      HttpRequest request, Function<String, Optional<String>> source) {
    String path = request.path();
    String poolId = path.substring(1, path.indexOf("/.well-known/"));
    return source
        .apply(poolId)
        .map(json -> HttpAnswer.json(200, json).with("Cache-Control", "public, max-age=3600"))
        .orElseGet(() -> HttpAnswer.text(404, "Not found"));
  }

  /** Starts a server; it answers when this returns. */
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
    return listener.port();
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
    return clock;
  }

  @Override
  public void close() {
    listener.close();
    keyStock.close();
    hasher.close();
    database.close();
  }
}
