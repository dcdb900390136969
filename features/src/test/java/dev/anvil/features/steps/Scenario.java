package dev.anvil.features.steps;

import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.testkit.MemoryBackend;
import dev.anvil.ports.testkit.MemoryDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Begins and ends the world of a scenario on one engine. */
public final class Scenario {
  private Path folder;

  /** A world whose node keeps its state in memory; the state outlives a restart of the node. */
  public void beginInMemory() {
    World.begin(new World(settings("xodus"), new MemoryBackend(new MemoryDisk())));
  }

  /** A world whose node keeps its state in a folder of its own. */
  public void beginOnDisk(String engine) {
    Settings settings = settings(engine);
    World.begin(new World(settings, StorageBackend.of(settings)));
  }

  private Settings settings(String engine) {
    try {
      folder = Files.createTempDirectory("anvil-feature-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Settings.of(
        new SettingsSources()
            .set("STORAGE_PATH", folder + "/data", "feature")
            .set("STORAGE_ENGINE", engine, "feature")
            .set("PARTITIONS", "3", "feature")
            .set("BACKUP_TARGET", folder + "/backups", "feature")
            .set("JOURNAL_RETENTION_MIB", "1", "feature")
            .set("NOTIFICATION_ADDRESSES", "127.0.0.1", "feature")
            .set("API_LISTEN_ADDR", "127.0.0.1:0", "feature")
            .set("MANAGEMENT_LISTEN_ADDR", "127.0.0.1:0", "feature"));
  }

  /** A backend of the same kind that holds nothing. */
  static Backend emptyLike(Backend used, Settings settings) {
    return used instanceof MemoryBackend
        ? new MemoryBackend(new MemoryDisk())
        : StorageBackend.of(settings.storagePath().resolve("restored"), settings.engine());
  }

  /** Removes the folder. */
  public void end() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
