package dev.anvil.app.cli;

import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.restore.Restore;
import dev.anvil.app.restore.Until;
import dev.anvil.app.settings.Settings;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A storage path out of a backup. */
@Command(
    name = "restore",
    description = {
      "fill an empty storage path from a backup; run it again if it was cut off",
      "example: anvil restore --from /backups/anvil --secrets /safe/secrets --data /srv/anvil"
    })
final class RestoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TargetOptions target;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "EMPTY_DIR",
      description = "the new storage path")
  private Path data;

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description = "as backup list shows it (default: the newest)")
  private String snapshot;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = {
        "with BACKUP_ARCHIVE=on: go on from the snapshot over all commits up to that instant, for",
        "example 2026-03-01T10:15:30Z, or newest"
      })
  private String until;

  @Option(
      names = "--cursor",
      paramLabel = "PARTITION=CURSOR",
      description = "with --until: no further than this cursor in that partition; may be repeated")
  private Map<Integer, Long> cursors = Map.of();

  private Until until() {
    if (until == null && cursors.isEmpty()) {
      return Until.SNAPSHOT;
    }
    if (until == null || until.equals("newest")) {
      return new Until(null, cursors);
    }
    try {
      return new Until(Instant.parse(until), cursors);
    } catch (DateTimeParseException e) {
      throw new ClientException(
          ClientException.USAGE,
          "--until '" + until + "': expected newest, or an instant like 2026-03-01T10:15:30Z");
    }
  }

  @Override
  public Integer call() {
    Settings settings = target.settings(data);
    Out out = new Out(spec);
    try {
      Restore.Restored done =
          new Restore(
                  StorageBackend.of(settings),
                  settings.storagePath().toString(),
                  target.store(settings),
                  InstantSource.system(),
                  out::line)
              .run(snapshot, target.keysToKeep(settings), until());
      out.line(
          "restored snapshot "
              + done.facts().id()
              + " of "
              + done.facts().createdAt()
              + " into "
              + settings.storagePath()
              + ": "
              + done.facts().records()
              + " records, "
              + done.facts().bodies()
              + " bodies; start it with: anvil server --data "
              + settings.storagePath());
      done.damaged()
          .forEach(id -> out.line("body " + id + " was damaged before the snapshot was taken"));
      return 0;
    } catch (IOException e) {
      throw new ClientException(
          ClientException.FAILED,
          "the restore stopped: " + e.getMessage() + "; cure that and run it again");
    }
  }
}
