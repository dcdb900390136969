package dev.anvil.app.cli;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.node.Node;
import dev.anvil.app.settings.LaterSettings;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** A node in the foreground, from its settings to the signal that ends it. */
final class ServerRun {
  private ServerRun() {}

  /** Serves until the process is asked to end, which ends it. */
  static void until(SettingsOptions options, PrintWriter out, PrintWriter err)
      throws InterruptedException {
    SettingsSources sources = options.sources();
    Settings settings = Settings.of(sources);
    warn(sources, err);
    Node node = NodeStart.start(settings);
    out.println(ready(node.publicUrl(), node.managementUrl(), settings.storagePath()));
    out.flush();
    help(node, settings, err);
    StopSignal.await(node);
  }

  private static void warn(SettingsSources sources, PrintWriter err) {
    LaterSettings.warnings(sources).forEach(w -> err.println("anvil: " + w));
  }

  private static String ready(URI publicUrl, URI managementUrl, Path data) {
    return "ready public=" + publicUrl + " management=" + managementUrl + " data=" + data;
  }

  private static void help(Node node, Settings settings, PrintWriter err) {
    if (node.secrets().adminCreated()) {
      err.println(
          "created the admin credential "
              + settings.storagePath().resolve(NodeSecrets.ADMIN_CREDENTIAL_FILE));
      if (System.console() != null && System.console().isTerminal()) {
        err.println("  " + node.secrets().adminCredential());
      }
    }
    print(FirstSteps.of(node.publicUrl(), settings), err);
  }

  private static void print(List<String> lines, PrintWriter err) {
    lines.forEach(err::println);
    err.flush();
  }

  /** Does what of this the training of a node does not do otherwise. */
  static void train(SettingsOptions options, PrintWriter nowhere) {
    SettingsSources sources = options.sources();
    Settings settings = Settings.of(sources);
    warn(sources, nowhere);
    URI url = URI.create("http://127.0.0.1");
    nowhere.println(ready(url, url, settings.storagePath()));
    print(FirstSteps.of(url, settings), nowhere);
    StopSignal.hook(() -> {});
  }
}
