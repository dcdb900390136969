package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Engine;
import org.junit.jupiter.api.Tag;

@Tag("fast")
final class MemoryPartitionJournalContractTest extends PartitionJournalContract {
  private final MemoryStore store = new MemoryStore("test");

  @Override
  protected Engine openEngine() {
    return MemoryEngine.open(store);
  }
}
