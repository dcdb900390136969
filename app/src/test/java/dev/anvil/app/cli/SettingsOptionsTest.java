package dev.anvil.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.app.settings.Setting;
import dev.anvil.app.settings.SettingsSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What is read without the description of options is what the description makes of it. */
@Tag("fast")
class SettingsOptionsTest {
  @TempDir private Path folder;

  @Command(name = "server")
  private static final class Described {
    @Mixin private SettingsOptions options;
  }

  private static List<SettingsSources.Sourced> values(SettingsOptions options) {
    SettingsSources sources = options.sources();
    return Arrays.stream(Setting.values()).map(sources::get).toList();
  }

  private static Optional<SettingsOptions> plain(String... words) {
    return SettingsOptions.plain(words, 1);
  }

  @Test
  void plainWordsMeanWhatTheDescriptionSays() throws IOException {
    Path file = Files.writeString(folder.resolve("settings"), "REGION=eu-north-1\n");
    for (String words :
        List.of(
            "server",
            "server --data /srv/a",
            "server --set REGION=a --listen 127.0.0.1:1 --data b --management 127.0.0.1:2",
            "server --set REGION=a --set REGION=b --set PARTITIONS=4",
            "server --config " + file + " --set PARTITIONS=8")) {
      String[] all = words.split(" ");
      Described described = new Described();
      new CommandLine(described).parseArgs(Arrays.copyOfRange(all, 1, all.length));
      assertThat(values(plain(all).orElseThrow()))
          .as(words)
          .isEqualTo(values(described.options))
          .hasSameSizeAs(Setting.values());
    }
  }

  @Test
  void whatIsNotPlainIsLeftToTheDescription() {
    for (String words :
        List.of(
            "server --help",
            "server -h",
            "server --data",
            "server --data --listen 127.0.0.1:1",
            "server --data a --data b",
            "server --data=a",
            "server --dta a",
            "server a b",
            "server --data a b",
            "server @words",
            "server --data @words",
            "server --data a --help")) {
      assertThat(plain(words.split(" "))).as(words).isEmpty();
    }
    assertThat(plain("server", "--data", "")).isEmpty();
  }

  @Test
  void mistakesEndAsBefore() {
    StringWriter err = new StringWriter();
    PrintWriter to = new PrintWriter(err, true);
    assertThat(AnvilCommand.run(to, to, "server", "--set", "NONSENSE=1")).isEqualTo(2);
    assertThat(err.toString()).startsWith("anvil: unknown setting 'NONSENSE' (from --set)");
    err.getBuffer().setLength(0);
    assertThat(AnvilCommand.run(to, to, "server", "--dta", "a")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option").contains("--dta");
  }
}
