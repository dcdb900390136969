package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A backend whose state outlives the node that uses it: a {@link MemoryStore} per folder and a disk
 * that the caller hands in. Restarting a node with the same backend is a restart on the same
 * machine.
 */
public final class MemoryBackend implements Backend {
  private final Map<String, MemoryStore> stores = new ConcurrentSkipListMap<>();
  private final Disk disk;

  /** Over a new {@link MemoryDisk}. */
  public MemoryBackend() {
    this(new MemoryDisk());
  }

  /** Over the given disk. */
  public MemoryBackend(Disk disk) {
    this.disk = disk;
  }

  @Override
  public String engineName() {
    return "memory";
  }

  @Override
  public Engine openEngine(String folder) {
    return MemoryEngine.open(store(folder));
  }

  @Override
  public Disk disk() {
    return disk;
  }

  /** The store of an engine's folder, made if absent. */
  public MemoryStore store(String folder) {
    return stores.computeIfAbsent(folder, MemoryStore::new);
  }

  /** All stores made so far, by folder. */
  public Map<String, MemoryStore> stores() {
    return Map.copyOf(stores);
  }

  /** Every store forgets what is not synced; the disk is the caller's to crash. */
  public void crashStores() {
    stores.values().forEach(MemoryStore::crash);
  }
}
