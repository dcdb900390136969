package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import java.io.IOException;
import java.nio.file.Path;

/** RocksDB engines in folders below one root; all of them share one cache. */
public final class RocksBackend implements Backend {
  private final Path root;
  private final Disk disk;
  private final RocksOptions options;

  /** The root folder, the disk that lies on it, and settings for every engine. */
  public RocksBackend(Path root, Disk disk, RocksOptions options) {
    this.root = root;
    this.disk = disk;
    this.options = options;
  }

  /** With {@link RocksOptions#defaults()}. */
  public RocksBackend(Path root, Disk disk) {
    this(root, disk, RocksOptions.defaults());
  }

  /**
   * Unpacks the native library into the folder, which is made. A process of the same jar that has
   * the folder in its {@code java.library.path} starts sooner.
   */
  public static void unpackNative(Path folder) throws IOException {
    NativeLibrary.unpack(folder);
  }

  @Override
  public String engineName() {
    return RocksEngine.NAME;
  }

  @Override
  public Engine openEngine(String folder) {
    return RocksEngine.open(root.resolve(folder), options);
  }

  @Override
  public Disk disk() {
    return disk;
  }
}
