package dev.gatehouse.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./gatehouse bench}. Figures, whatever they are, are no failure. */
@Command(
    name = "gatehouse bench",
    description = "Measure a built server; without a name list the measurements.",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The measurement.")
  private @Nullable String name;

  @Option(
      names = "--warmup",
      defaultValue = "30",
      description = "Seconds before the first run (${DEFAULT-VALUE}).")
  private int warmUp = 30;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "Runs whose median is printed (${DEFAULT-VALUE}).")
  private int runs = 5;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of a run (${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(
      names = "--connections",
      defaultValue = "8",
      description = "Keep-alive connections (${DEFAULT-VALUE}).")
  private int connections = 8;

  @Option(
      names = "--users",
      defaultValue = "1000000",
      description = "Users of the large pool of growth, and of import (${DEFAULT-VALUE}).")
  private int users = 1_000_000;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    if (name == null) {
      for (Measurement measurement : Measurement.values()) {
        System.out.printf("  %-18s %s%n", measurement.text(), measurement.about());
      }
      return 0;
    }
    LoadConfig config =
        new LoadConfig(Duration.ofSeconds(warmUp), runs, Duration.ofSeconds(seconds), connections);
    Measurement chosen = Measurement.of(name);
    Measuring measuring = new Measuring(config, users, new Report(System.out));
    if (chosen != Measurement.ALL) {
      run(chosen, measuring);
      return 0;
    }
    for (Measurement measurement : Measurement.values()) {
      if (measurement != Measurement.ALL && measurement != Measurement.JMH) {
        System.out.println("# " + measurement.text());
        run(measurement, measuring);
      }
    }
    return 0;
  }

  private void run(Measurement measurement, Measuring measuring)
      throws IOException, InterruptedException, RunnerException {
    switch (measurement) {
      case SIGN_UP -> measuring.signUp();
      case PASSWORD_SIGN_IN -> measuring.passwordSignIn();
      case SRP_SIGN_IN -> measuring.srpSignIn();
      case REFRESH -> measuring.refresh();
      case GET_USER -> measuring.getUser();
      case LIST_USERS -> measuring.listUsers();
      case GROWTH -> measuring.growth();
      case EXISTENCE -> new Existence(new Report(System.out)).measure();
      case IMPORT -> new Importing(users, new Report(System.out)).measure();
      case STORE_WRITES -> measuring.storeWrites();
      case IDLE_MEMORY -> measuring.idleMemory();
      case START_TIME -> measuring.startTime();
      case PRICE_LIST -> new PriceList(System.out).print();
      case JMH -> JmhRun.run(runs, seconds);
      case ALL -> throw new IllegalStateException("taken apart before");
    }
  }
}
