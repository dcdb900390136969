package dev.anvil.app.cli;

import dev.anvil.client.Admin;
import dev.anvil.client.AnvilClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Keys of the deployment. */
@Command(name = "key", description = "list and rotate the keys that seal secrets and sign tokens")
final class AdminKeyCommand {
  @Spec private CommandSpec spec;

  @Command(name = "list", description = "list the keys, newest first, without what is secret")
  int list(@Mixin AdminOptions options) {
    try (AnvilClient client = options.client()) {
      List<Admin.Key> keys = client.admin().keys();
      if (options.json()) {
        out().line(options.answered());
      } else {
        keys.forEach(key -> out().line(line(key)));
      }
    }
    return 0;
  }

  private static String line(Admin.Key key) {
    return key.kind()
        + "  "
        + key.id()
        + (key.current() ? "  in use" : "  older")
        + (key.retiredAt() == null ? "" : " since " + key.retiredAt())
        + (key.kind().equals("sealing") ? ", seals " + key.secrets() + " secrets" : "");
  }

  @Command(
      name = "rotate",
      description = {
        "put a new key in use while everything serves; the older one goes when nothing needs it",
        "example: anvil admin key rotate sealing --reason 'yearly'"
      })
  int rotate(
      @Mixin AdminOptions options,
      @Parameters(paramLabel = "sealing|token") String kind,
      @Option(names = "--reason", paramLabel = "TEXT") String reason) {
    try (AnvilClient client = options.client()) {
      String id = client.admin().rotateKey(kind, reason == null ? "" : reason);
      out().line(options.json() ? options.answered() : "the " + kind + " key is now " + id);
    }
    return 0;
  }

  private Out out() {
    return new Out(spec);
  }
}
