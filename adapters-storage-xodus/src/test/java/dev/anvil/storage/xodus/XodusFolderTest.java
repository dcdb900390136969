package dev.anvil.storage.xodus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.testkit.Committer;
import dev.anvil.ports.testkit.EngineFolderContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Folders that an engine does not open, and why it says so. */
@Timeout(60)
class XodusFolderTest extends EngineFolderContract {
  @Override
  protected String name() {
    return "xodus";
  }

  @Override
  protected XodusEngine open(Path folder) {
    return XodusEngine.open(folder, XodusOptions.defaults());
  }

  @Override
  protected Process limited(Path folder) throws Exception {
    List<String> limit = List.of("bash", "-c", "ulimit -f 3000; exec \"$@\"", "limited");
    return Committer.start(limit, Child.class, folder, 10, 1);
  }

  @Test
  void aFolderWhoseCreationWasCutShortBehindItsLock() throws Exception {
    Files.createFile(temp.resolve("ENGINE"));
    Files.createFile(temp.resolve("LOCK"));
    open(temp).close();
    assertThat(temp.resolve("ENGINE")).hasContent("xodus");
  }

  @Test
  void optionsOutOfBoundsNameTheirRule() {
    assertThatThrownBy(() -> new XodusOptions(1, 16 << 10, 8 << 20, 50, 10, 1024))
        .hasMessageContaining("cacheBytes");
    assertThatThrownBy(() -> new XodusOptions(8 << 20, 10_000, 8 << 20, 50, 10, 1024))
        .hasMessageContaining("pageBytes");
    assertThatThrownBy(() -> new XodusOptions(8 << 20, 16 << 10, 4 << 20, 50, 10, 1024))
        .hasMessageContaining("fileBytes");
    assertThatThrownBy(() -> new XodusOptions(8 << 20, 16 << 10, 8 << 20, 50, 10, 99_999))
        .hasMessageContaining("inlineLimit");
  }
}
