package dev.anvil.app.cli;

import dev.anvil.app.settings.SettingsSources;
import java.nio.file.Path;
import java.util.List;
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
