package dev.anvil.app.cli;

import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line with nothing but the verb that was asked for. Describing all of them takes most
 * of the time of a verb that answers at once; it is done when somebody wants to see them.
 */
@Command(name = "anvil", synopsisSubcommandLabel = "VERB")
final class OneVerb {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  private boolean help;

  private OneVerb() {}

  /** As these arguments need it: one verb, or all where they name none, or one that shows all. */
  static CommandLine of(String... args) {
    Optional<Class<?>> verb =
        args.length == 0 || args[0].equals("completion")
            ? Optional.empty()
            : Arrays.<Class<?>>stream(AnvilCommand.class.getAnnotation(Command.class).subcommands())
                .filter(c -> c.getAnnotation(Command.class).name().equals(args[0]))
                .findFirst();
    return verb.map(v -> new CommandLine(new OneVerb()).addSubcommand(args[0], v))
        .orElseGet(() -> new CommandLine(new AnvilCommand()));
  }
}
