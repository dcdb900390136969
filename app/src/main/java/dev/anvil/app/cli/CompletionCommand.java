package dev.anvil.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A script that completes verbs and options. */
@Command(
    name = "completion",
    description = {
      "print a script that completes verbs and options",
      "example: source <(anvil completion bash)",
      "example: anvil completion fish > ~/.config/fish/completions/anvil.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells there is a script for. */
  enum Shell {
    bash,
    zsh,
    fish
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    new Out(spec)
        .line(
            switch (shell) {
              case bash -> AutoComplete.bash("anvil", root);
              // it sets up zsh's own reader of bash scripts, and says compdef itself
              case zsh ->
                  "autoload -U +X compinit && compinit\n" + AutoComplete.bash("anvil", root);
              case fish -> fish(root);
            });
    return 0;
  }

  private static String fish(CommandLine root) {
    StringBuilder b = new StringBuilder("complete -c anvil -f\n");
    verbs(b, root, "__fish_use_subcommand");
    for (Map.Entry<String, CommandLine> verb : root.getSubcommands().entrySet()) {
      String seen = "__fish_seen_subcommand_from " + verb.getKey();
      verbs(b, verb.getValue(), seen);
      options(b, verb.getValue(), seen);
      for (Map.Entry<String, CommandLine> sub : verb.getValue().getSubcommands().entrySet()) {
        options(b, sub.getValue(), seen + "; and __fish_seen_subcommand_from " + sub.getKey());
      }
    }
    return b.toString();
  }

  private static void verbs(StringBuilder b, CommandLine of, String when) {
    of.getSubcommands()
        .forEach((name, line) ->
            b.append("complete -c anvil -n '")
                .append(when)
                .append("' -a ")
                .append(name)
                .append(" -d '")
                .append(first(line.getCommandSpec()))
                .append("'\n"));
  }

  private static void options(StringBuilder b, CommandLine of, String when) {
    of.getCommandSpec()
        .options()
        .forEach(o -> {
          String description = o.description().length == 0 ? "" : plain(o.description()[0]);
          b.append("complete -c anvil -n '")
              .append(when)
              .append("' -l ")
              .append(o.longestName().replaceFirst("^-+", ""))
              .append(o.arity().max() > 0 ? " -r -F" : "")
              .append(" -d '")
              .append(description)
              .append("'\n");
        });
  }

  private static String first(CommandSpec spec) {
    String[] text = spec.usageMessage().description();
    return text.length == 0 ? "" : plain(text[0]);
  }

  private static String plain(String text) {
    return text.replace("'", "").replaceAll("\\$\\{[^}]*}", "");
  }
}
