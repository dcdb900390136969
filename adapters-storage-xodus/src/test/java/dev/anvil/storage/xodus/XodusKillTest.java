package dev.anvil.storage.xodus;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineKillContract;
import java.nio.file.Path;

/** kill -9 in the middle of commits. */
class XodusKillTest extends EngineKillContract {
  @Override
  protected Engine open(Path path) {
    return XodusEngine.open(path, XodusOptions.defaults());
  }

  @Override
  protected Class<?> committer() {
    return Child.class;
  }
}
