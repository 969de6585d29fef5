package dev.gatehouse.app;

import static dev.gatehouse.app.Paper.cell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.ServerOptions.Exposure;
import dev.gatehouse.app.ServerOptions.LambdaFunctions;
import dev.gatehouse.app.ServerOptions.Storage;
import dev.gatehouse.crypto.HashGate;
import dev.gatehouse.crypto.WorkTally;
import dev.gatehouse.delivery.DeliveryConfig;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.userpool.UnsupportedSettings;
import dev.gatehouse.userpool.UserPoolConfig;
import dev.gatehouse.userpool.UserPoolModule;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.wire.OperationsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/operations.md. */
class OperationsPapersTest {
  private static final Pattern FIGURE =
      Pattern.compile("\\.(?:count|time|size|gauge)\\(\\s*\"([a-z_]+)\"");
  private static final Pattern TOLD = Pattern.compile("`gatehouse_([a-z_]+)`");

  @Test
  void thePageHasEveryOperationAndEverySettingThatIsNotHonoured() throws IOException {
    Paper.check(
        "operations.md",
        Paper.fill("operations.md", Map.of("operations", operations(), "settings", settings())));
  }

  private static String operations() {
    try (GroundFloor ground =
            new GroundFloor(
                new Storage(null, null), null, Meter.none(), new WorkTally(), statement -> {});
        Deliveries deliveries =
            new Deliveries(ground, DeliveryConfig.none(), Exposure.DEVELOPMENT);
        Invocations invocations = new Invocations(ground, LambdaFunctions.none())) {
      UserPoolModule userPools =
          new UserPoolModule(
              ground.forUserPools(),
              UserPoolConfig.defaults(),
              new Issuers("http://localhost", Issuers.Form.OWN),
              new DeliveryPostbox(deliveries.outbox),
              invocations.lambda());
      return OperationsPage.of("User pools", Edges.userPoolTable(userPools))
              .replaceAll("(?m)^##", "###")
          + "\n"
          + OperationsPage.of("KMS", Edges.kmsTable(invocations.keys)).replaceAll("(?m)^##", "###")
          + "\n"
          + OperationsPage.of("STS", Edges.stsTable("000000000000")).replaceAll("(?m)^##", "###");
    }
  }

  private static String settings() {
    StringBuilder table =
        new StringBuilder("| setting | operations that are refused |\n|---|---|\n");
    for (UnsupportedSettings row : UnsupportedSettings.values()) {
      table
          .append("| ")
          .append(cell(row.setting()))
          .append(" | ")
          .append(row.operations().stream().sorted().collect(Collectors.joining(", ")))
          .append(" |\n");
    }
    return table.toString();
  }

  @Test
  void thePageNamesTheFiguresThatThereAre() throws IOException {
    Set<String> kept = new TreeSet<>();
    for (String constant : List.of(HashGate.QUEUE_LENGTH, HashGate.REFUSED)) {
      kept.add(constant.substring("gatehouse_".length()));
    }
    for (Path source : serverSources()) {
      kept.addAll(found(FIGURE, Files.readString(source)));
    }
    assertThat(found(TOLD, Paper.read("app/src/test/papers/operations.md"))).isEqualTo(kept);
  }

  /** All but the load program. */
  private static List<Path> serverSources() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Paper.root())) {
      for (Path module : modules.filter(folder -> !folder.endsWith("bench")).toList()) {
        Path folder = module.resolve("src/main/java");
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult result) -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
