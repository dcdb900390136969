package dev.anvil.bench.side;

import dev.anvil.bench.peers.AnvilContender;
import dev.anvil.bench.process.Shell;
import dev.anvil.bench.replay.Loader;
import dev.anvil.bench.replay.Shot;
import dev.anvil.bench.space.DiskShares;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Disk of ours after everything was overwritten ten times, the shortest retention of the journal
 * has passed and a minute was quiet. The engines rest at the same time.
 */
final class Churned {
  private static final String BUCKET = "churned";
  private static final int ROUNDS = 10;
  private static final double TIMES = 1.6;
  private static final Duration RETENTION = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(60);

  private Churned() {}

  static List<Extra> run(Path folder, List<String> engines, int objects, long seed)
      throws IOException {
    Path own = Files.createDirectories(folder.resolve("churned"));
    List<AnvilContender> servers = new ArrayList<>();
    try {
      for (String engine : engines) {
        AnvilContender server = new AnvilContender(own, engine);
        servers.add(server);
        server.change(c ->
            c.set("JOURNAL_RETENTION_SECS", Long.toString(RETENTION.toSeconds()))
                .set("JOURNAL_RETENTION_MIB", "1"));
        server.start();
        overwrite(new Stage(server, seed), objects);
      }
      TimeUnit.NANOSECONDS.sleep(RETENTION.plus(QUIET).toNanos());
      List<Extra> found = new ArrayList<>();
      for (AnvilContender server : servers) {
        server.stop();
        found.addAll(figures(server, objects));
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while servers rested", e);
    } finally {
      for (AnvilContender server : servers) {
        server.close();
      }
      Shell.run(List.of("rm", "-rf", own.toString()));
    }
  }

  private static void overwrite(Stage stage, int objects) throws IOException {
    Space space = stage.space(BUCKET, Stage.KIB_4);
    for (int round = 0; round <= ROUNDS; round++) {
      Loader loader = stage.signed();
      List<Shot> shots = new ArrayList<>(objects);
      for (int n = 0; n < objects; n++) {
        shots.add(loader.put(space.path(n), space.template(), (long) round * objects + n));
      }
      stage.all(shots);
    }
  }

  private static List<Extra> figures(AnvilContender server, int objects) throws IOException {
    double bodies = (double) objects * Stage.KIB_4;
    DiskShares disk = DiskShares.of(server.data(), server.engine());
    String name = server.name();
    String what = "after " + ROUNDS + " overwrites of everything: ";
    String unit = "times the bodies";
    return List.of(
        new Extra(
            what + "bodies and records",
            unit,
            name,
            (disk.bodies() + disk.records()) / bodies,
            TIMES),
        new Extra(what + "volumes and index", unit, name, disk.bodies() / bodies),
        new Extra(what + "records", unit, name, disk.records() / bodies),
        new Extra(what + "journal", unit, name, disk.journal() / bodies));
  }
}
