package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.settings.Setting;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Effective settings with their sources; secrets are masked. */
@Command(name = "config", description = "print the effective settings and where each comes from")
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions options;

  @Option(names = "--json", description = "print as JSON")
  private boolean json;

  @Override
  public Integer call() {
    SettingsSources sources = options.sources();
    Settings.of(sources);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    Out out = new Out(spec);
    for (Setting s : Setting.values()) {
      SettingsSources.Sourced sourced = sources.get(s);
      String shown = s.secret() && !sourced.value().isEmpty() ? "********" : sourced.value();
      all.putObject(s.name()).put("value", shown).put("source", sourced.source());
      if (!json) {
        out.line(
            String.format(
                "%-28s %-28s %s", s.name(), shown.isEmpty() ? "-" : shown, sourced.source()));
      }
    }
    if (json) {
      out.line(all.toString());
    }
    return 0;
  }
}
