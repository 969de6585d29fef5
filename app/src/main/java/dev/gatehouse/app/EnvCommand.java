package dev.gatehouse.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gatehouse env}: prints what points AWS clients at the running server. */
@Command(
    name = "env",
    description = "Print the environment that points AWS clients at the running server.",
    mixinStandardHelpOptions = true)
final class EnvCommand implements Callable<Integer> {
  /** What would stand before the root key, or be sent with it. */
  static final List<String> OF_OTHERS =
      List.of("AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_PROFILE");

  private static final Pattern CLI = Pattern.compile("aws-cli/(\\d{1,4})\\.(\\d{1,4})[\\w.]*");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=+@%,-]+");

  @Mixin private RunningServer server = new RunningServer();

  @Override
  public Integer call() {
    Optional<RunFile> running = server.find();
    if (running.isEmpty()) {
      System.err.println(server.notFound());
      return 1;
    }
    variables(running.get()).stream().map(EnvCommand::export).forEach(System.out::println);
    System.out.println("unset " + String.join(" ", OF_OTHERS));
    cliOnPath()
        .filter(EnvCommand::ignoresTheEndpoint)
        .ifPresent(version ->
            System.err.println(
                "warning: aws on PATH is "
                    + version
                    + ", which does not know AWS_ENDPOINT_URL (1.29 and 2.13 are the first that"
                    + " do) and would call Amazon. Use ./gatehouse aws, or aws --endpoint-url "
                    + running.get().endpoint()));
    return 0;
  }

  /** The version of the {@code aws} on PATH; empty when there is none, or it does not tell. */
  private static Optional<String> cliOnPath() {
    try {
      Process aws = new ProcessBuilder("aws", "--version").redirectErrorStream(true).start();
      aws.getOutputStream().close();
      if (!aws.waitFor(10, TimeUnit.SECONDS)) {
        aws.destroyForcibly();
        return Optional.empty();
      }
      Matcher told = CLI.matcher(new String(aws.getInputStream().readAllBytes(), UTF_8));
      return told.find() ? Optional.of(told.group()) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether the AWS CLI of this version is older than the variable. */
  static boolean ignoresTheEndpoint(String version) {
    Matcher parts = CLI.matcher(version);
    if (!parts.matches()) {
      return false;
    }
    int major = Integer.parseInt(parts.group(1));
    int minor = Integer.parseInt(parts.group(2));
    return major < 1 || (major == 1 && minor < 29) || (major == 2 && minor < 13);
  }

  /**
   * A line for a shell; a configured secret may hold what a shell would run. The value stands as it
   * is when no shell reads anything into it, in single quotes otherwise.
   */
  static String export(String variable) {
    int equals = variable.indexOf('=');
    String value = variable.substring(equals + 1);
    String text = PLAIN.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    return "export " + variable.substring(0, equals) + "=" + text;
  }

  static List<String> variables(RunFile run) {
    return List.of(
        "AWS_ENDPOINT_URL=" + run.endpoint(),
        "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=" + run.endpoint(),
        "AWS_ACCESS_KEY_ID=" + run.accessKeyId(),
        "AWS_SECRET_ACCESS_KEY=" + run.secretAccessKey(),
        "AWS_REGION=us-east-1",
        "AWS_DEFAULT_REGION=us-east-1",
        "AWS_EC2_METADATA_DISABLED=true");
  }
}
