package dev.anvil.app.cli;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.settings.SettingsException;
import dev.anvil.client.http.ClientException;
import dev.anvil.ports.failure.AnvilException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All verbs and what their ends mean: 0 done, 1 failed, 2 wrong usage, 3 cannot reach. */
@Command(
    name = "anvil",
    description = "Anvil stores objects and lets you watch every change.",
    mixinStandardHelpOptions = false,
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      DemoCommand.class,
      ServerCommand.class,
      EngineCommand.class,
      VersionCommand.class,
      ConfigCommand.class,
      AdminCommand.class,
      TokenCommand.class,
      BucketCommand.class,
      PutCommand.class,
      GetCommand.class,
      LsCommand.class,
      RmCommand.class,
      WatchCommand.class,
      SmokeCommand.class,
      AuthzCommand.class,
      CpCommand.class,
      CapacityCommand.class,
      CompletionCommand.class,
      WarmUpCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      RepairCommand.class
    })
public final class AnvilCommand {
  @CommandLine.Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = CommandLine.ScopeType.INHERIT,
      description = "show this help")
  private boolean help;

  /** Runs one verb and returns the exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    if (args.length > 0 && args[0].equals(ServerCommand.NAME)) {
      Optional<SettingsOptions> plain = SettingsOptions.plain(args, 1);
      if (plain.isPresent()) {
        return serve(plain.get(), out, err);
      }
    }
    CommandLine line = OneVerb.of(args).setOut(out).setErr(err);
    line.setExecutionExceptionHandler((e, cmd, parsed) -> explain(e, err));
    if (args.length == 0) {
      line.usage(err);
      return ClientException.USAGE;
    }
    return line.execute(args[0].equals("help") ? helpOf(args) : args);
  }

  /** The verb of a node, whose words say all there is to know. */
  private static int serve(SettingsOptions options, PrintWriter out, PrintWriter err) {
    try {
      ServerRun.until(options, out, err);
      return 0;
    } catch (Exception e) {
      return failed(e, err);
    }
  }

  private static int failed(Exception e, PrintWriter err) {
    try {
      return explain(e, err);
    } catch (Exception unforeseen) {
      unforeseen.printStackTrace(err);
      err.flush();
      return ClientException.FAILED;
    }
  }

  /** {@code help put} is {@code put --help}. */
  private static String[] helpOf(String... args) {
    String[] asked = Arrays.copyOfRange(args, 1, args.length + 1);
    asked[args.length - 1] = "--help";
    return asked;
  }

  private static int exitCode(dev.anvil.client.AnvilException e) {
    return e.getCause() instanceof ClientException c ? c.exitCode() : ClientException.FAILED;
  }

  private static int explain(Exception e, PrintWriter err) throws Exception {
    int code =
        switch (e) {
          case ClientException c -> c.exitCode();
          case SettingsException s -> ClientException.USAGE;
          case HomeException h -> ClientException.FAILED;
          case AnvilException a -> ClientException.FAILED;
          case dev.anvil.client.AnvilException a -> exitCode(a);
          default -> throw e;
        };
    err.println("anvil: " + e.getMessage());
    err.flush();
    return code;
  }
}
