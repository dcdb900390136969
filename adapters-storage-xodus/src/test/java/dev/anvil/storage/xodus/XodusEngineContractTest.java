package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class XodusEngineContractTest extends EngineContract {
  @TempDir Path folder;

  @Override
  protected Engine open() {
    return XodusEngine.open(folder.resolve("p0"), XodusOptions.defaults());
  }
}
