package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class XodusEngineContractTest extends EngineContract {
  @TempDir Path folder;

  @Override
  protected Engine open() {
    return XodusEngine.open(folder.resolve("p0"), XodusOptions.defaults());
  }
}
