package dev.anvil.storage.rocksdb;

import java.util.HashMap;
import java.util.Map;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory of all engines of the process that have equal settings: write buffers are
 * charged to the cache, so one figure bounds both. Freed with the last engine.
 */
final class SharedMemory {
  private static final Map<RocksOptions, SharedMemory> IN_USE = new HashMap<>();
  private static final int SHARD_BITS = 4;
  private static final double INDEX_SHARE = 0.5;

  private final RocksOptions options;
  private final Cache cache;
  private final WriteBufferManager writeBuffers;
  private int users;

  private SharedMemory(RocksOptions options) {
    this.options = options;
    this.cache = new LRUCache(options.cacheBytes(), SHARD_BITS, false, INDEX_SHARE);
    this.writeBuffers = new WriteBufferManager(options.writeBufferBytes(), cache);
  }

  static SharedMemory acquire(RocksOptions options) {
    synchronized (IN_USE) {
      NativeLibrary.load();
      SharedMemory shared = IN_USE.computeIfAbsent(options, SharedMemory::new);
      shared.users++;
      return shared;
    }
  }

  void release() {
    synchronized (IN_USE) {
      users--;
      if (users == 0) {
        IN_USE.remove(options);
        writeBuffers.close();
        cache.close();
      }
    }
  }

  Cache cache() {
    return cache;
  }

  WriteBufferManager writeBuffers() {
    return writeBuffers;
  }
}
