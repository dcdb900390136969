package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.PartitionSuite;

/** The partition's promises on this engine. */
class RocksPartitionTest extends PartitionSuite {
  @Override
  protected Engine open() {
    return RocksEngine.open(folder.resolve("p0"), RocksOptions.defaults());
  }
}
