package dev.anvil.app.node;

import dev.anvil.app.home.HomeException;
import dev.anvil.app.settings.Settings;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.storage.rocksdb.RocksBackend;
import dev.anvil.storage.volumes.FileDisk;
import dev.anvil.storage.xodus.XodusBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real engine and disk of a storage path. */
public final class StorageBackend {
  private StorageBackend() {}

  /** As the settings name it. */
  public static Backend of(Settings settings) {
    return of(settings.storagePath(), settings.engine());
  }

  /** An engine by name on a folder, which is created if absent. */
  public static Backend of(Path storagePath, String engine) {
    Disk disk;
    try {
      Files.createDirectories(storagePath);
      disk = new FileDisk(storagePath);
    } catch (IOException e) {
      throw new HomeException(
          "storage path "
              + storagePath
              + " cannot be created: "
              + e
              + "; name a folder that can be written with --data",
          e);
    }
    return engine.equals("rocksdb")
        ? new RocksBackend(storagePath, disk)
        : new XodusBackend(storagePath, disk);
  }
}
