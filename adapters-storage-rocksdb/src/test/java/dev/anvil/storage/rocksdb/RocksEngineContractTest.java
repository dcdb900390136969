package dev.anvil.storage.rocksdb;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class RocksEngineContractTest extends EngineContract {
  @TempDir Path folder;

  @Override
  protected Engine open() {
    return RocksEngine.open(folder.resolve("p0"), RocksOptions.defaults());
  }
}
