package dev.gatehouse.app;

import java.util.Objects;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Entry of the program {@code gatehouse}. */
@Command(
    name = "gatehouse",
    description =
        "An open, self-hosted server that does Amazon Cognito's job and speaks its wire protocol.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      UpCommand.class,
      EnvCommand.class,
      AwsCommand.class,
      CaCommand.class,
      KeysCommand.class,
      TrainCommand.class
    })
public final class Main {
  /** The version in the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"gatehouse " + current()};
    }

    static String current() {
      String version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "0.1.0-SNAPSHOT" : version;
    }
  }

  public static void main(String[] arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    int status = commandLine().execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    // what follows belongs to the AWS CLI, options included
    Objects.requireNonNull(line.getSubcommands().get("aws")).setStopAtPositional(true);
    return line;
  }
}
