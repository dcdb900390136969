package dev.anvil.app.cli;

import dev.anvil.app.migrate.EngineMigration;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Storage engines. */
@Command(name = "engine", description = "move a stopped node to another storage engine")
final class EngineCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "migrate",
      description = {
        "move a stopped node to another engine; run it again if it was cut off",
        "example: anvil engine migrate --to rocksdb --data /srv/anvil"
      })
  int migrate(
      @Option(names = "--to", required = true, paramLabel = "ENGINE") String target,
      @Option(names = "--data", required = true, paramLabel = "DIR") Path data) {
    if (!target.equals("xodus") && !target.equals("rocksdb")) {
      throw new ClientException(
          ClientException.USAGE, "--to '" + target + "': expected xodus or rocksdb");
    }
    if (!Files.isRegularFile(data.resolve("identity.json"))) {
      throw new ClientException(
          ClientException.FAILED, data + " is no storage path: it has no identity.json");
    }
    Out out = new Out(spec);
    try {
      Path root = data.toAbsolutePath().normalize();
      long keys = new EngineMigration(root, target, out::line).run();
      out.line(
          keys == 0
              ? data + " is on " + target + " already"
              : keys + " keys moved; start it with STORAGE_ENGINE=" + target);
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED,
          "the migration stopped: " + e.getMessage() + "; cure that and run it again");
    }
    return 0;
  }
}
