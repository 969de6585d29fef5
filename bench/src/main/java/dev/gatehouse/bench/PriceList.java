package dev.gatehouse.bench;

import dev.gatehouse.app.Server;
import dev.gatehouse.app.ServerOptions;
import dev.gatehouse.crypto.Work;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.model.cognitoidp.AuthenticationResultType;
import dev.gatehouse.model.cognitoidp.CognitoIdpOperations;
import dev.gatehouse.model.cognitoidp.GetUserRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts what one operation costs, in a server of this process: caches are warm, as they are. */
final class PriceList {
  private final PrintStream out;
  private final WorkTally work = new WorkTally();
  private final List<String> statements = new CopyOnWriteArrayList<>();

  PriceList(PrintStream out) {
    this.out = out;
  }

  @FunctionalInterface
  private interface Once {
    void run(int time) throws IOException;
  }

  void print() throws IOException {
    try (Server server = Server.start(ServerOptions.ephemeral(), work, statements::add);
        Connection connection =
            new Connection(server.port(), server.rootKey().id(), server.rootKey().secret())) {
      Scene scene = Scene.create(connection);
      scene.newUser(connection, "somebody");
      AuthenticationResultType tokens = scene.signInWithPassword(connection, "somebody");
      String refreshToken = Objects.requireNonNull(tokens.refreshToken());
      GetUserRequest getUser = GetUserRequest.builder().accessToken(tokens.accessToken()).build();
      out.printf(
          Locale.ROOT,
          "%-18s %6s %6s %7s %7s %6s %9s %9s%n",
          "operation",
          "reads",
          "writes",
          "hashes",
          "powers",
          "exps",
          "signings",
          "checks");
      price("sign-up", time -> scene.signUp(connection, "newcomer" + time));
      price("password sign-in", time -> scene.signInWithPassword(connection, "somebody"));
      price(
          "SRP sign-in",
          time -> scene.signInWithSrp(connection, "somebody", Scene.srpClient(new Random(1))));
      price("refresh", time -> scene.refresh(connection, refreshToken));
      price("GetUser", time -> connection.call(CognitoIdpOperations.GET_USER, getUser));
      out.println(
          "reads and writes are statements; powers: of g; exps: exponentiations of another base;"
              + " checks: signatures verified");
    }
  }

  private void price(String operation, Once once) throws IOException {
    once.run(1); // fills the caches
    statements.clear();
    WorkTally.Reading before = work.read();
    once.run(2);
    WorkTally.Reading spent = work.read().since(before);
    long reads = statements.stream().filter(sql -> sql.stripLeading().startsWith("SELECT")).count();
    out.printf(
        Locale.ROOT,
        "%-18s %6d %6d %7d %7d %6d %9d %9d%n",
        operation,
        reads,
        statements.size() - reads,
        spent.of(Work.PASSWORD_HASH),
        spent.of(Work.GENERATOR_POWER),
        spent.of(Work.EXPONENTIATION),
        spent.of(Work.SIGNATURE),
        spent.of(Work.SIGNATURE_CHECK));
  }
}
