package dev.anvil.app.cli;

import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
    if (args.length == 0 || args[0].equals("completion")) {
      return new CommandLine(new AnvilCommand());
    }
    return named(AnvilCommand.class, args[0])
        .map(verb -> new CommandLine(new OneVerb()).addSubcommand(args[0], lineOf(verb, args)))
        .orElseGet(() -> new CommandLine(new AnvilCommand()));
  }

  /** Of a group of verbs only the one that was asked for. */
  private static Object lineOf(Class<?> verb, String... args) {
    Optional<Class<?>> inner = args.length < 2 ? Optional.empty() : named(verb, args[1]);
    return inner
        .<Object>map(
            one -> new CommandLine(CommandSpec.create().name(args[0])).addSubcommand(args[1], one))
        .orElse(verb);
  }

  private static Optional<Class<?>> named(Class<?> group, String name) {
    return Arrays.<Class<?>>stream(group.getAnnotation(Command.class).subcommands())
        .filter(c -> c.getAnnotation(Command.class).name().equals(name))
        .findFirst();
  }
}
