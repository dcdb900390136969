package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineModelContract;

/** A hundred thousand random keys. */
class RocksManyKeysTest extends EngineModelContract {
  @Override
  protected Engine open() {
    return RocksEngine.open(temp.resolve("p"), RocksOptions.defaults());
  }
}
