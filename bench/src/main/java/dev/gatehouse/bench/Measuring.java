package dev.gatehouse.bench;

import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.model.cognitoidp.AdminGetUserRequest;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import dev.gatehouse.model.cognitoidp.ListUsersRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs measurements against built servers and prints what they showed. */
final class Measuring {
  private static final int PAGE = 60;
  private static final int PAGED_USERS = 10_000;
  private static final int FEW_USERS = 1_000;
  private static final double REFRESH_ALLOWANCE_MILLIS = 0.3;
  private static final double GET_USER_MILLIS = 0.12;
  private static final double PAGE_MILLIS = 1.5;
  private static final double SRP_FACTOR = 1.3;
  private static final double PASSWORD_FACTOR = 1.1;
  private static final double GROWTH_FACTOR = 1.2;
  private static final int STORE_GOAL = 5_000;
  private static final int MEMORY_GOAL_MIB = 150;
  private static final int SIGN_INS = 1_000;
  private static final int STARTS = 5;

  private final LoadConfig config;
  private final int manyUsers;
  private final Report report;

  Measuring(LoadConfig config, int manyUsers, Report report) {
    this.config = config;
    this.manyUsers = manyUsers;
    this.report = report;
  }

  /** A goal that follows from the arithmetic of this machine. */
  @FunctionalInterface
  private interface Goal {
    double of(Arithmetic arithmetic);
  }

  /** Prepares a scenario for a fresh pool. */
  @FunctionalInterface
  private interface Staging {
    Scenario in(Scene scene) throws IOException;
  }

  void signUp() throws IOException, InterruptedException {
    Arithmetic arithmetic = arithmetic();
    report.text("hash + g^x of a sign-up: " + millis(arithmetic.signUp()));
    report.heading();
    report.line(
        "sign-up",
        fresh(scene ->
            (connection, number) -> () -> scene.signUp(connection, "user-" + UUID.randomUUID())),
        null);
  }

  void passwordSignIn() throws IOException, InterruptedException {
    against(
        "password sign-in",
        arithmetic -> PASSWORD_FACTOR * arithmetic.passwordSignIn(),
        scene ->
            (connection, number) -> {
              scene.newUser(connection, "user-" + number);
              return () -> scene.signInWithPassword(connection, "user-" + number);
            });
  }

  void srpSignIn() throws IOException, InterruptedException {
    against(
        "SRP sign-in",
        arithmetic -> SRP_FACTOR * arithmetic.srpSignIn(),
        scene ->
            (connection, number) -> {
              scene.newUser(connection, "user-" + number);
              SrpClient srp = Scene.srpClient(new Random(number));
              return () -> scene.signInWithSrp(connection, "user-" + number, srp);
            });
  }

  void refresh() throws IOException, InterruptedException {
    against(
        "refresh",
        arithmetic -> 2 * arithmetic.signature() + REFRESH_ALLOWANCE_MILLIS,
        scene ->
            (connection, number) -> {
              scene.newUser(connection, "user-" + number);
              String token =
                  Objects.requireNonNull(
                      scene.signInWithPassword(connection, "user-" + number).refreshToken());
              return () -> scene.refresh(connection, token);
            });
  }

  private void against(String operation, Goal goal, Staging staging)
      throws IOException, InterruptedException {
    Arithmetic arithmetic = arithmetic();
    report.heading();
    report.line(operation, fresh(staging), goal.of(arithmetic));
  }

  void getUser() throws IOException, InterruptedException {
    report.heading();
    report.line(
        "GetUser",
        fresh(scene ->
            (connection, number) -> {
              scene.newUser(connection, "user-" + number);
              GetUserRequest request =
                  GetUserRequest.builder()
                      .accessToken(
                          scene.signInWithPassword(connection, "user-" + number).accessToken())
                      .build();
              byte[] body = dev.gatehouse.model.Json.write(request);
              return () -> connection.send(CognitoIdpOperations.GET_USER, body);
            }),
        GET_USER_MILLIS);
  }

  void listUsers() throws IOException, InterruptedException {
    report.heading();
    try (WorkFolder folder = WorkFolder.create();
        Loaded loaded = Loaded.start(folder.data("paged"), PAGED_USERS)) {
      report.line(
          "ListUsers page of 60 at 10,000",
          new Load(config).measure(loaded.server(), pages(loaded.scene())),
          PAGE_MILLIS);
    }
  }

  void growth() throws IOException, InterruptedException {
    report.heading();
    try (WorkFolder folder = WorkFolder.create()) {
      List<Figures> few;
      try (Loaded loaded = Loaded.start(folder.data("few"), FEW_USERS)) {
        few = growth(loaded, FEW_USERS);
      }
      long began = System.nanoTime();
      try (Loaded loaded = Loaded.start(folder.data("many"), manyUsers)) {
        report.text(
            "%d users loaded in %d s"
                .formatted(manyUsers, (System.nanoTime() - began) / 1_000_000_000L));
        List<Figures> many = growth(loaded, manyUsers);
        List<String> names = growthScenarios();
        for (int i = 0; i < names.size(); i++) {
          double ratio = many.get(i).cpuMillis() / few.get(i).cpuMillis();
          report.figure(
              names.get(i) + " many : few",
              ratio,
              "",
              "at most " + GROWTH_FACTOR,
              ratio <= GROWTH_FACTOR);
        }
      }
    }
  }

  private static List<String> growthScenarios() {
    return List.of(
        "sign-in by alias", "AdminGetUser by alias", "ListUsers page", "ListUsers filter");
  }

  private List<Figures> growth(Loaded loaded, int users) throws IOException, InterruptedException {
    Scene scene = loaded.scene();
    List<Scenario> scenarios =
        List.of(
            signInByAlias(scene, users),
            adminGetUser(scene, users),
            pages(scene),
            filtered(scene, users));
    List<Figures> result = new ArrayList<>();
    for (int i = 0; i < scenarios.size(); i++) {
      Figures figures = new Load(config).measure(loaded.server(), scenarios.get(i));
      result.add(figures);
      report.line(
          growthScenarios().get(i) + " at " + users,
          figures,
          i == 2 ? Double.valueOf(PAGE_MILLIS) : null);
    }
    return result;
  }

  private static Scenario signInByAlias(Scene scene, int users) {
    return (connection, number) -> {
      Random random = new Random(number);
      return () -> scene.signInWithPassword(connection, GrowthLoader.email(random.nextInt(users)));
    };
  }

  private static Scenario adminGetUser(Scene scene, int users) {
    return (connection, number) -> {
      Random random = new Random(number);
      return () ->
          connection.call(
              CognitoIdpOperations.ADMIN_GET_USER,
              AdminGetUserRequest.builder()
                  .userPoolId(scene.poolId())
                  .username(GrowthLoader.email(random.nextInt(users)))
                  .build());
    };
  }

  /** Page after page, from the front again after the last. */
  private static Scenario pages(Scene scene) {
    return (connection, number) ->
        new Scenario.Task() {
          private @org.jspecify.annotations.Nullable String next;

          @Override
          public void once() throws IOException {
            next =
                connection
                    .call(
                        CognitoIdpOperations.LIST_USERS,
                        ListUsersRequest.builder()
                            .userPoolId(scene.poolId())
                            .limit(PAGE)
                            .paginationToken(next)
                            .build())
                    .paginationToken();
          }
        };
  }

  /** A full page of users with one family name. */
  private static Scenario filtered(Scene scene, int users) {
    return (connection, number) -> {
      Random random = new Random(number);
      int whole = users / GrowthLoader.FAMILY * GrowthLoader.FAMILY;
      return () ->
          connection.call(
              CognitoIdpOperations.LIST_USERS,
              ListUsersRequest.builder()
                  .userPoolId(scene.poolId())
                  .limit(PAGE)
                  .filter(
                      "family_name = \"" + GrowthLoader.familyName(random.nextInt(whole)) + "\"")
                  .build());
    };
  }

  void storeWrites() throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.create()) {
      StoreWrites.Outcome outcome = StoreWrites.measure(folder.data("store"), config);
      report.figure(
          "store writes, " + StoreWrites.CLIENTS + " clients",
          outcome.perSecond(),
          "transactions/s",
          "at least " + STORE_GOAL,
          outcome.perSecond() >= STORE_GOAL);
      report.text(
          "%d writes acknowledged in %d commits, %d found in the file opened anew"
              .formatted(outcome.acknowledged(), outcome.commits(), outcome.found()));
    }
  }

  void idleMemory() throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.create();
        BuiltServer server = BuiltServer.start(folder.data("idle"))) {
      Thread.sleep(10_000);
      memory("VmRSS 10 s after Ready", server);
      try (Connection admin = server.connect()) {
        Scene scene = Scene.create(admin);
        scene.newUser(admin, "somebody");
        signIns(server, scene);
      }
      Thread.sleep(60_000);
      memory("VmRSS 60 s after 1,000 sign-ins", server);
    }
  }

  private void signIns(BuiltServer server, Scene scene) throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(config.connections())) {
      List<Future<Integer>> loops = new ArrayList<>();
      for (int i = 0; i < config.connections(); i++) {
        int mine = SIGN_INS / config.connections() + (i < SIGN_INS % config.connections() ? 1 : 0);
        loops.add(
            threads.submit(() -> {
              try (Connection connection = server.connect()) {
                for (int done = 0; done < mine; done++) {
                  scene.signInWithPassword(connection, "somebody");
                }
              }
              return mine;
            }));
      }
      for (Future<Integer> loop : loops) {
        Load.result(loop);
      }
    }
  }

  private void memory(String name, BuiltServer server) throws IOException {
    double mib = server.figures().residentKib() / 1024.0;
    report.figure(name, mib, "MiB", "under " + MEMORY_GOAL_MIB, mib < MEMORY_GOAL_MIB);
  }

  void startTime() throws IOException {
    try (WorkFolder folder = WorkFolder.create()) {
      Path data = folder.data("start");
      BuiltServer.start(data).close(); // the first start makes the database
      double[] seconds = new double[STARTS];
      for (int i = 0; i < STARTS; i++) {
        try (BuiltServer server = BuiltServer.start(data)) {
          seconds[i] = server.secondsToReady();
        }
      }
      double median = Statistics.median(seconds);
      report.figure("start, launcher to Ready", median, "s", "under 1", median < 1);
    }
  }

  private Figures fresh(Staging staging) throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.create();
        BuiltServer server = BuiltServer.start(folder.data("server"));
        Connection admin = server.connect()) {
      Scene scene = Scene.create(admin);
      return new Load(config).measure(server, staging.in(scene));
    }
  }

  private Arithmetic arithmetic() {
    Arithmetic arithmetic = Arithmetic.measure();
    arithmetic.providers().forEach(report::text);
    report.text("one thread: " + arithmetic.line());
    report.text("pure Java:  " + Arithmetic.measurePureJava().line());
    return arithmetic;
  }

  private static String millis(double figure) {
    return String.format(java.util.Locale.ROOT, "%.2f ms", figure);
  }
}
