package dev.anvil.app.cli;

import dev.anvil.app.restore.Drill;
import dev.anvil.app.settings.Settings;
import dev.anvil.client.http.ClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proof that a backup brings a deployment back. */
@Command(
    name = "drill",
    description = {
      "restore a snapshot into a temporary folder, start a node there, and prove the ten points",
      "example: anvil backup drill --from /backups/anvil --secrets /safe/secrets"
    })
final class DrillCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private TargetOptions target;

  @Option(
      names = "--snapshot",
      paramLabel = "ID",
      description = "as backup list shows it (default: the newest)")
  private String snapshot;

  @Override
  public Integer call() {
    Settings settings = target.settings(null);
    Out out = new Out(spec);
    List<Drill.Point> points;
    try {
      points =
          new Drill(target.store(settings), target.keys(settings), settings.engine()).run(snapshot);
    } catch (IOException e) {
      throw new ClientException(ClientException.FAILED, "the drill stopped: " + e.getMessage());
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("POINT", "WHAT", "PROVED", "RESULT"));
    for (Drill.Point p : points) {
      rows.add(List.of(Integer.toString(p.number()), p.what(), Out.safe(p.detail()), p.result()));
    }
    out.line(DemoTable.of(rows));
    return points.stream().allMatch(p -> p.outcome() != Drill.Outcome.FAIL) ? 0 : 1;
  }
}
