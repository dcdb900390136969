package dev.anvil.features.watch;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.testkit.MemoryBackend;

class MemoryWatchTest extends WatchContract {
  private final Backend backend = new MemoryBackend(null);

  @Override
  Backend backend() {
    return backend;
  }
}
