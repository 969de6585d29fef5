package dev.gatehouse.bench;

import dev.gatehouse.bench.Connection.RefusedException;
import dev.gatehouse.crypto.SrpClient;
import dev.gatehouse.model.cognitoidp.AuthFlowType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.ForgotPasswordRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Whether a stopwatch tells users from names that nobody has, under PreventUserExistenceErrors
 * ENABLED: each name once, both kinds shuffled, two connections.
 */
final class Existence {
  private static final int NAMES = 10_000;
  private static final int WARM_UP = 500;
  private static final int CONNECTIONS = 2;

  /** How far from one half the share of the slower may be; chance alone brings some 0.01. */
  private static final double TOLERANCE = 0.02;

  private final Report report;

  Existence(Report report) {
    this.report = report;
  }

  /** What is tried with a name. */
  @FunctionalInterface
  private interface Attempt {
    void with(Scene scene, Connection connection, String name) throws IOException;
  }

  private record Name(String text, boolean known) {}

  private record Timed(boolean known, long nanos) {}

  void measure() throws IOException, InterruptedException {
    try (WorkFolder folder = WorkFolder.create();
        Loaded loaded = Loaded.start(folder.data("existence"), NAMES + WARM_UP)) {
      Scene hiding;
      try (Connection admin = loaded.server().connect()) {
        hiding = loaded.scene().hidingUsers(admin);
      }
      String hexA = Scene.srpClient(new Random(1)).hexA();
      compare(loaded, hiding, "SRP challenge", challenge(hexA));
      compare(
          loaded,
          hiding,
          "ForgotPassword",
          (scene, connection, name) ->
              connection.call(
                  CognitoIdpOperations.FORGOT_PASSWORD,
                  ForgotPasswordRequest.builder()
                      .clientId(scene.clientId())
                      .username(name)
                      .build()));
      SrpClient srp = Scene.srpClient(new Random(2));
      compare(
          loaded,
          hiding,
          "wrong SRP answer, both rounds",
          (scene, connection, name) -> scene.signInWithSrp(connection, name, srp));
      compare(
          loaded,
          hiding,
          "wrong password",
          (scene, connection, name) ->
              scene.initiate(
                  connection,
                  AuthFlowType.USER_PASSWORD_AUTH,
                  Map.of("USERNAME", name, "PASSWORD", "Wr0ng-pass-1")));
    }
  }

  private static Attempt challenge(String hexA) {
    return (scene, connection, name) ->
        scene.initiate(
            connection, AuthFlowType.USER_SRP_AUTH, Map.of("USERNAME", name, "SRP_A", hexA));
  }

  private void compare(Loaded loaded, Scene scene, String operation, Attempt attempt)
      throws IOException, InterruptedException {
    run(loaded, scene, attempt, names(NAMES, NAMES + WARM_UP));
    List<Timed> timed = run(loaded, scene, attempt, names(0, NAMES));
    long[] known = nanos(timed, true);
    long[] nobody = nanos(timed, false);
    report.text(
        String.format(
            Locale.ROOT,
            "%-30s users p50 %.3f p99 %.3f ms, nobody p50 %.3f p99 %.3f ms, %d each",
            operation,
            Statistics.percentile(50, known) / 1e6,
            Statistics.percentile(99, known) / 1e6,
            Statistics.percentile(50, nobody) / 1e6,
            Statistics.percentile(99, nobody) / 1e6,
            known.length));
    double share = Statistics.shareOfGreater(known, nobody);
    report.figure(
        operation + ": nobody slower",
        share,
        "of all pairs",
        "0.5 ± " + TOLERANCE,
        Math.abs(share - 0.5) <= TOLERANCE);
  }

  /** As many users as names that nobody has, of one form, shuffled. */
  private static List<Name> names(int from, int to) {
    List<Name> names = new ArrayList<>();
    for (int i = from; i < to; i++) {
      names.add(new Name(GrowthLoader.username(i), true));
      names.add(new Name(GrowthLoader.username(5_000_000 + i), false));
    }
    Collections.shuffle(names, new Random(from));
    return names;
  }

  private static List<Timed> run(Loaded loaded, Scene scene, Attempt attempt, List<Name> names)
      throws IOException, InterruptedException {
    List<Timed> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<List<Timed>>> shares = new ArrayList<>();
      int share = names.size() / CONNECTIONS;
      for (int i = 0; i < CONNECTIONS; i++) {
        List<Name> mine = names.subList(i * share, (i + 1) * share);
        shares.add(threads.submit(() -> timed(loaded, scene, attempt, mine)));
      }
      for (Future<List<Timed>> each : shares) {
        all.addAll(Load.result(each));
      }
    }
    return all;
  }

  private static List<Timed> timed(Loaded loaded, Scene scene, Attempt attempt, List<Name> names)
      throws IOException {
    List<Timed> timed = new ArrayList<>();
    try (Connection connection = loaded.server().connect()) {
      for (Name name : names) {
        long began = System.nanoTime();
        try {
          attempt.with(scene, connection, name.text());
        } catch (RefusedException wrongCredentials) {
          // the answer that is waited for
        }
        timed.add(new Timed(name.known(), System.nanoTime() - began));
      }
    }
    return timed;
  }

  private static long[] nanos(List<Timed> timed, boolean known) {
    return timed.stream().filter(one -> one.known() == known).mapToLong(Timed::nanos).toArray();
  }
}
