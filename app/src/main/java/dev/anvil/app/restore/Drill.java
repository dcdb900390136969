package dev.anvil.app.restore;

import dev.anvil.app.node.Node;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.operations.backup.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Proves that a backup brings a deployment back: restores it into a temporary folder, starts a node
 * there on free loopback ports, and asks it over the wire. Nothing of it reaches the backup.
 */
public final class Drill {
  private final BackupStore store;
  private final List<String> encryptionKeys;
  private final String engine;

  /** Of backups written under those keys; on that engine. */
  public Drill(BackupStore store, List<String> encryptionKeys, String engine) {
    this.store = store;
    this.encryptionKeys = List.copyOf(encryptionKeys);
    this.engine = engine;
  }

  /** How a point ended. */
  public enum Outcome {
    /** It was proved. */
    PASS,
    /** It was disproved; the detail says by what. */
    FAIL,
    /** This version refuses the capability by name. */
    NOT_BUILT,
    /** The snapshot holds nothing to prove it on. */
    NOTHING
  }

  /**
   * A point of the drill.
   *
   * @param number 1 to 10
   * @param what must hold
   * @param detail on what it was proved, or why not
   */
  public record Point(int number, String what, String detail, Outcome outcome) {
    /** As a table shows it. */
    public String result() {
      return switch (outcome) {
        case NOTHING -> "-";
        case NOT_BUILT -> "NOT BUILT";
        case PASS, FAIL -> outcome.name();
      };
    }
  }

  /**
   * Runs the ten points; the folder is gone afterwards.
   *
   * @param snapshot id; null for the newest
   * @throws dev.anvil.ports.failure.Corrupt if the snapshot is damaged
   */
  public List<Point> run(String snapshot) throws IOException {
    Path folder = Files.createTempDirectory("anvil-drill-");
    try {
      Path data = folder.resolve("data");
      Settings settings = settings(data);
      new Restore(
              StorageBackend.of(settings), data.toString(), store, InstantSource.system(), s -> {})
          .run(snapshot, encryptionKeys);
      try (Node node = Node.start(settings, StorageBackend.of(settings))) {
        return new DrillChecks(
                node.publicUrl(), node.managementUrl(), node.secrets().adminCredential())
            .all();
      }
    } finally {
      removeAll(folder);
    }
  }

  private Settings settings(Path data) {
    return Settings.of(
        new SettingsSources()
            .set("STORAGE_PATH", data.toString(), "drill")
            .set("STORAGE_ENGINE", engine, "drill")
            .set("API_LISTEN_ADDR", "127.0.0.1:0", "drill")
            .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "drill")
            // what it is refused on purpose is no news for the terminal
            .set("LOG_LEVEL", "ERROR", "drill"));
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }
}
