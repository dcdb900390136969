package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.PartitionSuite;

/** The partition's promises on this engine. */
class XodusPartitionTest extends PartitionSuite {
  @Override
  protected Engine open() {
    return XodusEngine.open(folder.resolve("p0"), XodusOptions.defaults());
  }
}
