package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineInterruptContract;
import java.nio.file.Path;

/** Interrupts at any moment of a commit, a sync or a read change nothing. */
class RocksInterruptTest extends EngineInterruptContract {
  @Override
  protected Engine open(Path path) {
    return RocksEngine.open(path, RocksOptions.defaults());
  }
}
