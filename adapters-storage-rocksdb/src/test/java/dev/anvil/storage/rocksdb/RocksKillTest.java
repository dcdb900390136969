package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineKillContract;
import java.nio.file.Path;

/** kill -9 in the middle of commits. */
class RocksKillTest extends EngineKillContract {
  @Override
  protected Engine open(Path path) {
    return RocksEngine.open(path, RocksOptions.defaults());
  }

  @Override
  protected Class<?> committer() {
    return Child.class;
  }
}
