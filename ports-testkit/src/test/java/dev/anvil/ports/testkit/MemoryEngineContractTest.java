package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Engine;
import org.junit.jupiter.api.Tag;

@Tag("fast")
final class MemoryEngineContractTest extends EngineContract {
  private final MemoryStore store = new MemoryStore("test");

  @Override
  protected Engine open() {
    return MemoryEngine.open(store);
  }
}
