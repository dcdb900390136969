package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Engine;
import org.junit.jupiter.api.Tag;

@Tag("fast")
final class MemoryPartitionValuesTest extends PartitionValuesContract {
  private final MemoryStore store = new MemoryStore("test");

  @Override
  protected Engine openEngine() {
    return MemoryEngine.open(store);
  }
}
