package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import java.nio.file.Path;

/** Xodus engines in folders below one root; all of them share one cache and one cleaner thread. */
public final class XodusBackend implements Backend {
  private final Path root;
  private final Disk disk;
  private final XodusOptions options;

  /** The root folder, the disk that lies on it, and settings for every engine. */
  public XodusBackend(Path root, Disk disk, XodusOptions options) {
    this.root = root;
    this.disk = disk;
    this.options = options;
  }

  /** With {@link XodusOptions#defaults()}. */
  public XodusBackend(Path root, Disk disk) {
    this(root, disk, XodusOptions.defaults());
  }

  @Override
  public String engineName() {
    return XodusEngine.NAME;
  }

  @Override
  public Engine openEngine(String folder) {
    return XodusEngine.open(root.resolve(folder), options);
  }

  @Override
  public Disk disk() {
    return disk;
  }
}
