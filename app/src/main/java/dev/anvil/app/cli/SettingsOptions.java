package dev.anvil.app.cli;

import dev.anvil.app.settings.SettingsSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a node's settings come from. */
final class SettingsOptions {
  @Option(names = "--data", paramLabel = "DIR", description = "STORAGE_PATH")
  private String data;

  @Option(names = "--listen", paramLabel = "HOST:PORT", description = "API_LISTEN_ADDR")
  private String listen;

  @Option(names = "--management", paramLabel = "HOST:PORT", description = "MANAGEMENT_LISTEN_ADDR")
  private String management;

  @Option(names = "--config", paramLabel = "FILE", description = "properties file with settings")
  private Path file;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "any setting; may be repeated")
  private List<String> assignments = List.of();

  /**
   * Options as almost everybody writes them, each name and its value two words, read without the
   * description above: to have a library look at that takes a quarter of a start. Empty if there is
   * anything else among the words, a mistake for instance, so that the library says what it is.
   *
   * @param args all words of the command line
   * @param from index of the first option among them
   */
  static Optional<SettingsOptions> plain(String[] args, int from) {
    SettingsOptions options = new SettingsOptions();
    List<String> assigned = new ArrayList<>();
    for (int at = from; at < args.length; at += 2) {
      if (at + 1 == args.length || special(args[at + 1])) {
        return Optional.empty();
      }
      if (args[at].equals("--set")) {
        assigned.add(args[at + 1]);
      } else if (!options.take(args[at], args[at + 1])) {
        return Optional.empty();
      }
    }
    options.assignments = List.copyOf(assigned);
    return Optional.of(options);
  }

  /** An empty word, another option, or a file of words. */
  private static boolean special(String word) {
    return word.isEmpty() || word.charAt(0) == '-' || word.charAt(0) == '@';
  }

  /** Whether that is a known name that was not given before. */
  private boolean take(String name, String value) {
    if (name.equals("--data") && data == null) {
      data = value;
    } else if (name.equals("--listen") && listen == null) {
      listen = value;
    } else if (name.equals("--management") && management == null) {
      management = value;
    } else if (name.equals("--config") && file == null) {
      file = Path.of(value);
    } else {
      return false;
    }
    return true;
  }

  SettingsSources sources() {
    SettingsSources sources = new SettingsSources();
    if (file != null) {
      sources.file(file);
    }
    sources.environment(System.getenv());
    assignments.forEach(sources::assignment);
    flag(sources, "STORAGE_PATH", data, "--data");
    flag(sources, "API_LISTEN_ADDR", listen, "--listen");
    flag(sources, "MANAGEMENT_LISTEN_ADDR", management, "--management");
    return sources;
  }

  private static void flag(SettingsSources sources, String name, String value, String flag) {
    if (value != null) {
      sources.set(name, value, flag);
    }
  }
}
