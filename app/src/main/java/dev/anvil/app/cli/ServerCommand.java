package dev.anvil.app.cli;

import dev.anvil.app.home.NodeSecrets;
import dev.anvil.app.node.Node;
import dev.anvil.app.settings.LaterSettings;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A node in the foreground. */
@Command(
    name = "server",
    description = {
      "run a node in the foreground; without any option a development node on loopback",
      "example: anvil server --data /srv/anvil --listen 127.0.0.1:7480"
    })
final class ServerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SettingsOptions options;

  @Override
  public Integer call() throws InterruptedException {
    SettingsSources sources = options.sources();
    Settings settings = Settings.of(sources);
    LaterSettings.warnings(sources)
        .forEach(w -> spec.commandLine().getErr().println("anvil: " + w));
    Node node = NodeStart.start(settings);
    new Out(spec)
        .line(
            "ready public="
                + node.publicUrl()
                + " management="
                + node.managementUrl()
                + " data="
                + settings.storagePath());
    help(node, settings);
    StopSignal.await(node);
    return 0;
  }

  private void help(Node node, Settings settings) {
    PrintWriter err = spec.commandLine().getErr();
    if (node.secrets().adminCreated()) {
      err.println(
          "created the admin credential "
              + settings.storagePath().resolve(NodeSecrets.ADMIN_CREDENTIAL_FILE));
      if (System.console() != null && System.console().isTerminal()) {
        err.println("  " + node.secrets().adminCredential());
      }
    }
    String data = " --data " + settings.storagePath();
    err.println("first steps:");
    err.println("  ./anvil admin tenant create acme" + data);
    err.println(
        "  ./anvil admin app create --tenant acme --name web --grant '*|*' --profile default"
            + data);
    err.println("  ./anvil bucket create docs && ./anvil put README.md docs/ && ./anvil ls docs");
    err.println(
        "  curl -H \"Authorization: Bearer $(./anvil token)\" "
            + node.publicUrl()
            + "/v1/buckets/docs/objects/README.md");
    err.println("  API page: " + node.publicUrl() + "/v1/docs/");
    err.flush();
  }
}
