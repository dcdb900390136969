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
import java.util.function.Consumer;

/**
 * Disk of ours after everything was overwritten ten times, the shortest retention of the journal
 * has passed and a minute was quiet. The engines rest at the same time, while the run fills others.
 */
final class Churned implements AutoCloseable {
  private static final String BUCKET = "churned";
  private static final int ROUNDS = 10;
  private static final double TIMES = 1.6;
  private static final Duration RETENTION = Duration.ofSeconds(60);
  private static final Duration QUIET = Duration.ofSeconds(60);

  private final Path folder;
  private final int objects;
  private final Consumer<String> remarks;
  private final List<AnvilContender> servers = new ArrayList<>();
  private long overwritten;
  private boolean failed;

  /** Below a folder; what fails is a remark, and the run goes on without these figures. */
  Churned(Path folder, int objects, Consumer<String> remarks) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("churned"));
    this.objects = objects;
    this.remarks = remarks;
  }

  /** Starts ours and overwrites everything. */
  void overwrite(List<String> engines, long seed) {
    try {
      begin(engines, seed);
    } catch (IOException e) {
      failed(e);
    }
    overwritten = System.nanoTime();
  }

  private void failed(IOException e) {
    failed = true;
    remarks.accept("overwriting everything failed: " + e.getMessage());
  }

  private void begin(List<String> engines, long seed) throws IOException {
    for (String engine : engines) {
      AnvilContender server = new AnvilContender(folder, engine);
      servers.add(server);
      server.change(c ->
          c.set("JOURNAL_RETENTION_SECS", Long.toString(RETENTION.toSeconds()))
              .set("JOURNAL_RETENTION_MIB", "1"));
      server.start();
      overwrite(new Stage(server, seed));
    }
  }

  /** What lies there once retention and a minute have passed. */
  List<Extra> look() throws IOException {
    List<Extra> found = new ArrayList<>();
    if (failed) {
      return found;
    }
    try {
      long rested = System.nanoTime() - overwritten;
      TimeUnit.NANOSECONDS.sleep(RETENTION.plus(QUIET).toNanos() - rested);
      for (AnvilContender server : servers) {
        server.stop();
        found.addAll(figures(server));
      }
    } catch (IOException e) {
      failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while servers rested", e);
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    for (AnvilContender server : servers) {
      server.close();
    }
    Shell.run(List.of("rm", "-rf", folder.toString()));
  }

  private void overwrite(Stage stage) throws IOException {
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

  private List<Extra> figures(AnvilContender server) throws IOException {
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
