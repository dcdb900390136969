package dev.anvil.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.anvil.app.node.BackupParts;
import dev.anvil.app.node.WaistSetOrder;
import dev.anvil.client.http.AnvilHttp;
import dev.anvil.client.http.ClientException;
import dev.anvil.client.http.Paths;
import dev.anvil.client.json.Json;
import dev.anvil.operations.backup.ArchiveVerification;
import dev.anvil.operations.backup.BackupStore;
import dev.anvil.operations.backup.SnapshotVerification;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Backups. */
@Command(
    name = "backup",
    description = "take, list, verify and prune backups",
    subcommands = DrillCommand.class)
final class BackupCommand {
  private static final String BACKUPS = "/v1/admin/backups";
  private static final long LOOK_MILLIS = 200;

  private static final String HOLE = "the archive has a hole, and no restore from here passes it: ";

  @Spec private CommandSpec spec;

  @Command(
      name = "create",
      description = {
        "take a snapshot now and wait for it",
        "example: anvil backup create --data /srv/anvil"
      })
  int create(@Mixin AdminOptions options) throws InterruptedException {
    try (AnvilHttp admin = options.connect()) {
      long ticket = admin.json("POST", BACKUPS, null).path("ticket").asLong();
      JsonNode last = admin.json("GET", BACKUPS + "?limit=1", null).path("last");
      while (last.path("ticket").asLong() < ticket) {
        Thread.sleep(LOOK_MILLIS);
        last = admin.json("GET", BACKUPS + "?limit=1", null).path("last");
      }
      if (last.hasNonNull("failure")) {
        throw new ClientException(
            ClientException.FAILED, "no snapshot was taken: " + last.path("failure").asText());
      }
      JsonNode made = admin.json("GET", BACKUPS + "?limit=1", null).path("backups").path(0);
      new Out(spec).line(options.json() ? Json.text(made) : "snapshot " + describe(made));
    }
    return 0;
  }

  private static String describe(JsonNode b) {
    String damaged = b.path("damagedBodies").asText();
    return Out.safe(b.path("id"))
        + ": "
        + b.path("records").asText()
        + " records, "
        + b.path("bodies").asText()
        + " bodies of "
        + b.path("bodyBytes").asText()
        + " bytes, "
        + b.path("movedBytes").asText()
        + " bytes moved"
        + (damaged.equals("0")
            ? ""
            : "; " + damaged + " bodies were damaged already: anvil repair");
  }

  @Command(name = "list", description = "list snapshots, the schedule and its next run")
  int list(@Mixin AdminOptions options) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer = admin.json("GET", BACKUPS + "?limit=1000", null);
      Out out = new Out(spec);
      if (options.json()) {
        out.line(answer.toString());
        return 0;
      }
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("ID", "RECORDS", "BODIES", "BODY BYTES", "MOVED", "SEALED", "PROBLEM"));
      for (JsonNode b : answer.path("backups")) {
        rows.add(
            List.of(
                Out.safe(b.path("id")),
                b.path("records").asText(""),
                b.path("bodies").asText(""),
                b.path("bodyBytes").asText(""),
                b.path("movedBytes").asText(""),
                b.path("encrypted").asBoolean() ? "yes" : "no",
                Out.safe(b.path("problem").asText(""))));
      }
      out.line(DemoTable.of(rows));
      out.line("target " + Out.safe(answer.path("target")));
      out.line(
          "schedule "
              + answer.path("schedule").asText()
              + ", next run "
              + answer.path("nextRun").asText("none"));
      if (answer.path("last").hasNonNull("failure")) {
        out.line("the last run failed: " + Out.safe(answer.path("last").path("failure")));
      }
    }
    return 0;
  }

  @Command(
      name = "verify",
      description = {
        "read and prove every byte of a snapshot and of what was archived after it, through the"
            + " node",
        "or, with --from, without one; exit code 1 if a file is damaged or the archive has a hole",
        "example: anvil backup verify --from /backups/anvil --secrets /safe/secrets"
      })
  int verify(
      @Mixin AdminOptions options,
      @Mixin TargetOptions target,
      @Parameters(arity = "0..1", paramLabel = "ID", description = "default: the newest")
          String id) {
    Out out = new Out(spec);
    Proved proved = target.named() ? atTarget(target, id) : byNode(options, id, out);
    if (proved.text() != null) {
      out.line(proved.text());
      proved.holes().forEach(hole -> out.line(HOLE + Out.safe(hole)));
    }
    return proved.holes().isEmpty() ? 0 : 1;
  }

  /** What a verification says; no text where it was told as JSON. */
  private record Proved(String text, List<String> holes) {}

  private static Proved atTarget(TargetOptions target, String id) {
    BackupStore store = target.store(target.settings(null));
    SnapshotVerification.Verified v =
        new SnapshotVerification(store, BackupParts.references()).verify(id);
    ArchiveVerification.Archived a =
        new ArchiveVerification(store, new WaistSetOrder()).after(v.facts().id());
    return new Proved(
        verified(v.facts().id(), v.files(), v.bytes(), v.facts().damaged())
            + archived(a.files(), a.sets(), a.bytes()),
        a.holes());
  }

  private static Proved byNode(AdminOptions options, String id, Out out) {
    try (AnvilHttp admin = options.connect()) {
      String which = id == null ? newest(admin) : id;
      JsonNode v = admin.json("POST", BACKUPS + "/" + Paths.value(which) + ":verify", null);
      List<String> holes = new ArrayList<>();
      v.path("archiveHoles").forEach(hole -> holes.add(hole.asText()));
      if (options.json()) {
        out.line(Json.text(v));
        return new Proved(null, holes);
      }
      String text =
          verified(
              which,
              v.path("files").asLong(),
              v.path("packBytes").asLong(),
              v.path("damagedBodies").asLong());
      JsonNode a = v.path("archive");
      return new Proved(
          text
              + archived(
                  a.path("files").asLong(), a.path("writeSets").asLong(), a.path("bytes").asLong()),
          holes);
    }
  }

  private static String verified(String id, long files, long bytes, long damaged) {
    return "snapshot "
        + Out.safe(id)
        + " is whole: "
        + files
        + " files, "
        + bytes
        + " bytes read and proved"
        + (damaged == 0 ? "" : "; " + damaged + " bodies were damaged when it was taken");
  }

  private static String archived(long files, long sets, long bytes) {
    return files == 0
        ? ""
        : "; archived after it: %d write sets in %d files, %d bytes read and proved"
            .formatted(sets, files, bytes);
  }

  private static String newest(AnvilHttp admin) {
    JsonNode first = admin.json("GET", BACKUPS + "?limit=1", null).path("backups").path(0);
    if (first.isMissingNode()) {
      throw new ClientException(
          ClientException.FAILED, "there is no snapshot yet; make one with: anvil backup create");
    }
    return first.path("id").asText();
  }

  @Command(name = "prune", description = "drop all but the newest snapshots")
  int prune(
      @Mixin AdminOptions options,
      @Option(names = "--keep", required = true, paramLabel = "N", description = "how many stay")
          int keep) {
    try (AnvilHttp admin = options.connect()) {
      admin.json(
          "POST", BACKUPS + ":prune", JsonNodeFactory.instance.objectNode().put("keep", keep));
      new Out(spec).line("all but the newest " + keep + " snapshots will be dropped");
    }
    return 0;
  }

  @Command(
      name = "schedule",
      description = {
        "set when snapshots are taken: off, every 6h (15m, 2d), daily 02:30 (UTC)",
        "example: anvil backup schedule 'daily 02:30' --dry-run"
      })
  int schedule(
      @Mixin AdminOptions options,
      @Option(names = "--dry-run", description = "only tell the next run") boolean dryRun,
      @Parameters(paramLabel = "SCHEDULE") String schedule) {
    try (AnvilHttp admin = options.connect()) {
      JsonNode answer =
          admin.json(
              "PUT",
              "/v1/admin/backup-schedule" + (dryRun ? "?dryRun=true" : ""),
              JsonNodeFactory.instance.objectNode().put("schedule", schedule));
      new Out(spec)
          .line(
              options.json()
                  ? Json.text(answer)
                  : answer.path("schedule").asText()
                      + ", next run "
                      + answer.path("nextRun").asText("none")
                      + (dryRun ? " (not set)" : ""));
    }
    return 0;
  }
}
