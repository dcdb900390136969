package dev.anvil.app.cli;

import dev.anvil.app.repair.Repair;
import dev.anvil.client.http.ClientException;
import dev.anvil.journal.Finding;
import dev.anvil.operations.repair.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Validation and repair of a stopped node. */
@Command(
    name = "repair",
    description = {
      "read and validate everything a stopped node holds, tell and file what is wrong, and rebuild",
      "what is derived; facts are never made up",
      "example: anvil repair --data /srv/anvil --dry-run"
    })
final class RepairCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--data", required = true, paramLabel = "DIR", description = "storage path")
  private Path data;

  @Option(names = "--dry-run", description = "only tell, change nothing")
  private boolean dryRun;

  @Option(
      names = "--quarantine",
      description = {
        "take damaged records, or where none is damaged bodies that no record names, out of the",
        "stores; their bytes go into quarantine/"
      })
  private boolean quarantine;

  @Override
  public Integer call() {
    if (dryRun && quarantine) {
      throw new ClientException(
          ClientException.USAGE, "--dry-run changes nothing and --quarantine does: choose one");
    }
    Path root = data.toAbsolutePath().normalize();
    if (!Files.isRegularFile(root.resolve("identity.json"))) {
      throw new ClientException(
          ClientException.FAILED, data + " is no storage path: it has no identity.json");
    }
    Out out = new Out(spec);
    try {
      Validation.Outcome seen =
          new Repair(root, new Repair.Mode(!dryRun, quarantine), out::line).run();
      for (Finding f : seen.findings()) {
        out.line(Out.safe(f.invariant() + ": " + f.subject()));
        out.line("  expected " + Out.safe(f.expected()));
        out.line("  found    " + Out.safe(f.actual()));
        out.line("  " + Out.safe(f.action()));
      }
      long open = seen.findings().stream().filter(f -> f.action().startsWith("needed")).count();
      out.line(
          seen.records()
              + " records and "
              + seen.journalEntries()
              + " journal entries read: "
              + (seen.found() == 0
                  ? "everything is as it must be"
                  : "findings: " + seen.found() + ", of which need you: " + open));
      return open == 0 && seen.found() == seen.findings().size() ? 0 : 1;
    } catch (IOException e) {
      throw new ClientException(ClientException.FAILED, "the repair stopped: " + e.getMessage());
    }
  }
}
