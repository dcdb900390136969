package dev.anvil.features.watch;

import dev.anvil.app.node.StorageBackend;
import dev.anvil.app.settings.Settings;
import dev.anvil.app.settings.SettingsSources;
import dev.anvil.ports.storage.Backend;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class XodusWatchTest extends WatchContract {
  @TempDir private Path folder;

  @Override
  Backend backend() {
    return StorageBackend.of(
        Settings.of(
            new SettingsSources()
                .set("STORAGE_PATH", folder.toString(), "test")
                .set("STORAGE_ENGINE", "xodus", "test")));
  }
}
