package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.app.settings.LaterSettings;
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
@Command(
    name = "config",
    description = {
      "print the effective settings and where each comes from",
      "example: anvil config --config /etc/anvil/anvil.properties",
      "example: anvil config --describe"
    })
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions options;

  @Option(names = "--json", description = "print as JSON")
  private boolean json;

  @Option(names = "--describe", description = "what each setting means, with its default")
  private boolean describe;

  @Override
  public Integer call() {
    if (describe) {
      describe();
      return 0;
    }
    SettingsSources sources = options.sources();
    Settings.of(sources);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    Out out = new Out(spec);
    for (Setting s : Setting.values()) {
      SettingsSources.Sourced sourced = sources.get(s);
      String shown = s.secret() && !sourced.value().isEmpty() ? "********" : sourced.value();
      boolean later = LaterSettings.contains(s);
      all.putObject(s.name())
          .put("value", shown)
          .put("source", sourced.source())
          .put("used", !later);
      if (!json) {
        out.line(
            String.format(
                "%-28s %-28s %s%s",
                s.name(),
                shown.isEmpty() ? "-" : shown,
                sourced.source(),
                later ? "  (not used by this version)" : ""));
      }
    }
    if (json) {
      out.line(all.toString());
    }
    return 0;
  }

  private void describe() {
    Out out = new Out(spec);
    for (Setting s : Setting.values()) {
      String standard = s.defaultValue().isEmpty() ? "" : " [" + s.defaultValue() + "]";
      out.line(String.format("%-28s %s%s", s.name(), s.description(), standard));
    }
  }
}
