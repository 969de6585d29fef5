package dev.gatehouse.userpool;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gatehouse.crypto.Argon2Parameters;
import dev.gatehouse.crypto.Argon2PasswordHasher;
import dev.gatehouse.crypto.Argon2id;
import dev.gatehouse.crypto.Primitives;
import dev.gatehouse.crypto.Sealer;
import dev.gatehouse.crypto.Srp6a;
import dev.gatehouse.crypto.Work;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.jose.KeyStock;
import dev.gatehouse.jose.Rs256;
import dev.gatehouse.jose.TokenSigner;
import dev.gatehouse.jose.TokenVerifier;
import dev.gatehouse.kernel.AdjustableClock;
import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.kernel.Refusal;
import dev.gatehouse.kernel.RequestContext;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.ApiError;
import dev.gatehouse.model.Operation;
import dev.gatehouse.model.OperationModel;
import dev.gatehouse.model.cognitoidp.AdminCreateUserRequest;
import dev.gatehouse.model.cognitoidp.AdminGetUserRequest;
import dev.gatehouse.model.cognitoidp.AdminGetUserResponse;
import dev.gatehouse.model.cognitoidp.AdminInitiateAuthRequest;
import dev.gatehouse.model.cognitoidp.AdminSetUserPasswordRequest;
import dev.gatehouse.model.cognitoidp.AttributeType;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.model.cognitoidp.ExplicitAuthFlowsType;
import dev.gatehouse.model.cognitoidp.MessageActionType;
import dev.gatehouse.store.Database;
import dev.gatehouse.store.testing.TestDatabase;
import dev.gatehouse.store.testing.TestEngine;
import dev.gatehouse.testkit.UsedSecrets;
import dev.gatehouse.triggers.kms.ConfiguredKeys;
import dev.gatehouse.triggers.kms.OwnKeys;
import dev.gatehouse.userpool.UserPoolReason.Why;
import dev.gatehouse.userpool.directory.Destination;
import dev.gatehouse.userpool.directory.Destination.Medium;
import dev.gatehouse.userpool.imports.ImportFiles;
import dev.gatehouse.userpool.imports.ImportWorker;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.trigger.CustomSenders;
import dev.gatehouse.userpool.trigger.LambdaTriggers;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The whole capability on a fresh database, called as the wire would call it. Not null-marked: an
 * answer's member that is missing fails the test that reads it.
 */
@NullUnmarked
final class UsersFixture implements AutoCloseable {
  static final String REGION = "eu-central-1";

  /** Of which custom senders' codes are encrypted. */
  static final String KEY = "arn:aws:kms:eu-central-1:000000000000:key/senders";

  private static final Rs256 RS256 = Rs256.jdk();

  // key pairs are slow to make and of no interest here
  private static final KeyStock STOCK = new KeyStock(RS256::generate, 2);

  /** {@code -Dgatehouse.test.engine=}: the build runs the tests on each. */
  private static final TestEngine ENGINE =
      TestEngine.valueOf(System.getProperty("gatehouse.test.engine", TestEngine.SQLITE.name()));

  /**
   * Statements that meet whoever comes first, whatever is asked: what is cached for a second, and
   * PostgreSQL's mark of a write.
   */
  private static final Pattern ANYBODYS =
      Pattern.compile(
          "(FROM|INTO) (config_version|config_change|pool|client|client_pool|client_secret|pool_secret|signing_key|applied)\\b");

  private final TestDatabase stored;
  final AdjustableClock clock;
  final WorkTally work = new WorkTally();
  final Sent sent = new Sent();
  final ScriptedLambda functions = new ScriptedLambda();
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
  final Database database;
  final UserPoolModule module;
  private final Map<String, Operation<?, ?>> table = new HashMap<>();
  private RequestContext context = context("::1", "");

  private static RequestContext context(String address, String userAgent) {
    return new RequestContext(
        "r",
        REGION,
        new Caller.Signed("arn:aws:iam::000000000000:root", "0", "AKIA"),
        address,
        userAgent);
  }

  /** Where the calls that follow come from, and by which program. */
  void callsComeFrom(String address, String userAgent) {
    context = context(address, userAgent);
  }

  UsersFixture() {
    this(UserPoolConfig.defaults());
  }

  UsersFixture(UserPoolConfig config) {
    this(config, TestDatabase.open(ENGINE));
  }

  UsersFixture(UserPoolConfig config, TestDatabase stored) {
    this(config, stored, null);
  }

  UsersFixture(CustomAuthTriggers customAuth) {
    this(UserPoolConfig.defaults(), TestDatabase.open(ENGINE), customAuth);
  }

  private UsersFixture(
      UserPoolConfig config, TestDatabase stored, @Nullable CustomAuthTriggers customAuth) {
    this.stored = stored;
    clock = stored.adjustableClock();
    SecureRandom random = new SecureRandom();
    database = stored.database();
    Primitives primitives = Primitives.pureJava();
    Argon2id argon2id = interrupted(primitives.argon2id());
    LambdaTriggers lambda =
        new LambdaTriggers(
            functions,
            new CustomSenders(
                functions,
                new ConfiguredKeys(
                    new OwnKeys(
                        Map.of(KEY, Secret.of("00".repeat(32))), new Sealer(random), stored.ids()),
                    null),
                stored.ids()),
            LambdaTriggers.PATIENCE);
    module =
        new UserPoolModule(
            new UserPoolModule.Ground(
                database,
                stored.vault(),
                stored.changes(),
                stored.clock(),
                stored.ids(),
                Meter.none(),
                new Argon2PasswordHasher(argon2id, new Argon2Parameters(64, 1, 1), random, work),
                new Srp6a(primitives.modExp(), primitives.generator(), random, work),
                RS256,
                STOCK,
                new TokenSigner(RS256, work),
                new TokenVerifier(RS256, work)),
            config,
            new Issuers("http://localhost", Issuers.Form.OWN),
            sent,
            lambda,
            customAuth == null ? lambda : customAuth);
    UserPoolOperations.list(
        module,
        new UserPoolOperations.Table() {
          @Override
          public <I, O> void serve(OperationModel<I, O> model, Operation<I, O> handler) {
            table.put(model.name(), handler);
          }
        });
  }

  private Argon2id interrupted(Argon2id real) {
    return new Argon2id() {
      @Override
      public byte[] derive(byte[] password, byte[] salt, Argon2Parameters parameters, int length) {
        meanwhile.getAndSet(() -> {}).run();
        return real.derive(password, salt, parameters, length);
      }

      @Override
      public String name() {
        return real.name();
      }
    };
  }

  /**
   * What others do while the next password is hashed: after the request has read, before it writes.
   */
  void whileHashing(Runnable others) {
    meanwhile.set(others);
  }

  /** What another node would work on imports with. */
  ImportWorker anotherImportWorker() {
    return new ImportWorker(
        database,
        new ImportFiles(database, stored.vault()),
        module.pools,
        stored.clock(),
        stored.ids());
  }

  /** Makes a pool and answers its id. */
  String pool(CreateUserPoolRequest.Builder request) {
    return Objects.requireNonNull(
        call(CognitoIdpOperations.CREATE_USER_POOL, request.poolName("p").build()).userPool().id());
  }

  /** Makes a client that signs in by ADMIN_USER_PASSWORD_AUTH and answers its id. */
  String client(String pool) {
    return call(
            CognitoIdpOperations.CREATE_USER_POOL_CLIENT,
            CreateUserPoolClientRequest.builder()
                .userPoolId(pool)
                .clientName("c")
                .explicitAuthFlows(List.of(ExplicitAuthFlowsType.ALLOW_ADMIN_USER_PASSWORD_AUTH))
                .build())
        .userPoolClient()
        .clientId();
  }

  static AdminInitiateAuthRequest signIn(String pool, String client, String name, String password) {
    return AdminInitiateAuthRequest.builder()
        .userPoolId(pool)
        .clientId(client)
        .authFlow(AuthFlowType.ADMIN_USER_PASSWORD_AUTH)
        .authParameters(Map.of("USERNAME", name, "PASSWORD", password))
        .build();
  }

  /** A confirmed user with this password and these attributes. */
  void confirmed(String pool, String name, String password, List<AttributeType> attributes) {
    UsedSecrets.ofThisRun().add(password);
    call(
        CognitoIdpOperations.ADMIN_CREATE_USER,
        AdminCreateUserRequest.builder()
            .userPoolId(pool)
            .username(name)
            .userAttributes(attributes)
            .messageAction(MessageActionType.SUPPRESS)
            .build());
    call(
        CognitoIdpOperations.ADMIN_SET_USER_PASSWORD,
        AdminSetUserPasswordRequest.builder()
            .userPoolId(pool)
            .username(name)
            .password(password)
            .permanent(true)
            .build());
  }

  @SuppressWarnings("unchecked") // the table holds handlers under their own operation's name
  <I, O> O call(OperationModel<I, O> model, I request) {
    Assertions.assertThat(model.validator().validate(request)).isEmpty();
    return ((Operation<I, O>) Objects.requireNonNull(table.get(model.name())))
        .handle(request, context);
  }

  /** The exception that the call is answered with, as {@code Type: text}. */
  <I, O> String refused(OperationModel<I, O> model, I request) {
    Refusal refusal = catchThrowableOfType(Refusal.class, () -> call(model, request));
    Assertions.assertThat(refusal).as("refusal").isNotNull();
    ApiError error = new UserPoolWords().words(refusal.reason(), model);
    // the one that is real although undeclared (JsonEndpointTest#oneErrorIsRealAlthoughUndeclared)
    if (!error.type().equals("AliasExistsException")) {
      Assertions.assertThat(model.errors())
          .as("declared for " + model.name())
          .contains(error.type());
    }
    return error.type() + ": " + error.message();
  }

  AdminGetUserResponse user(String pool, String username) {
    return call(
        CognitoIdpOperations.ADMIN_GET_USER,
        AdminGetUserRequest.builder().userPoolId(pool).username(username).build());
  }

  String status(String pool, String username) {
    return user(pool, username).userStatus().value();
  }

  static Map<String, String> map(List<AttributeType> attributes) {
    Map<String, String> result = new HashMap<>();
    attributes.forEach(attribute -> result.put(attribute.name(), attribute.value()));
    return result;
  }

  static List<AttributeType> attributes(String... namesAndValues) {
    List<AttributeType> result = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      result.add(
          AttributeType.builder().name(namesAndValues[i]).value(namesAndValues[i + 1]).build());
    }
    return result;
  }

  /** What was spent on a request: hashes and the like, and the verbs of its statements in order. */
  record Cost(Map<Work, Long> work, List<String> statements) {}

  /** Runs a request and tells what it cost. */
  Cost cost(Runnable request) {
    stored.forgetStatements();
    WorkTally.Reading before = work.read();
    request.run();
    return new Cost(
        work.read().since(before).counts(),
        stored.statements().stream()
            .filter(sql -> !ANYBODYS.matcher(sql).find())
            .map(sql -> sql.strip().split("\\s", 2)[0])
            .toList());
  }

  @Override
  public void close() {
    stored.close();
  }

  /** What was put into the outbox and committed. */
  static final class Sent implements Postbox {
    final List<Letter> letters = new ArrayList<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    final Set<Medium> broken = EnumSet.noneOf(Medium.class);

    Letter last() {
      return letters.getLast();
    }

    /**
     * What others do while the next message is prepared: after the request has read, before it
     * writes.
     */
    void whilePreparing(Runnable others) {
      meanwhile.set(others);
    }

    @Override
    public Outgoing prepare(Letter letter) {
      meanwhile.getAndSet(() -> {}).run();
      if (broken.contains(letter.medium())) {
        throw Why.CODE_DELIVERY_FAILED.refusal(letter.medium().name());
      }
      UsedSecrets.ofThisRun().add(letter.code().text());
      return new Outgoing() {
        private final String id = UUID.randomUUID().toString();
        private int inserted;

        @Override
        public Destination destination() {
          return Destination.of(letter.medium(), letter.recipient());
        }

        @Override
        public boolean travels() {
          return true;
        }

        // a row, as the outbox would get, in a table that this module has
        @Override
        public void insert(Handle handle) {
          inserted++;
          handle.execute(
              "INSERT INTO code (pool_id, sub, purpose, mac, target, expires) VALUES (?, ?, 'LETTER', ?, '', 0)",
              letter.pool().id(),
              id,
              new byte[] {1});
        }

        @Override
        public void committed() {
          Assertions.assertThat(inserted).as("inserted").isPositive();
          letters.add(letter);
        }
      };
    }

    @Override
    public int forget(Handle handle, String poolId, int most) {
      List<Letter> some =
          letters.stream().filter(letter -> letter.pool().id().equals(poolId)).limit(most).toList();
      some.forEach(letters::remove);
      return some.size();
    }
  }
}
