package dev.anvil.backup.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.testkit.BackupTargetContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class DirectoryTargetTest extends BackupTargetContract {
  @TempDir Path folder;

  @Override
  protected BackupTarget target() {
    return new DirectoryTarget(folder.resolve("backups"));
  }

  @Test
  void namesDoNotLeadOut() {
    for (String name : new String[] {"../x", "a/../../x", "/etc/x", "a//b", "", ".hidden"}) {
      assertThatThrownBy(() -> target().put(name, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void halfWrittenFilesAreNotListed() throws IOException {
    target().put("packs/a", new byte[1]);
    Files.write(folder.resolve("backups/packs/b.part"), new byte[1]);
    assertThat(target().list("packs/", "", 10)).containsExactly("packs/a");
  }

  @Test
  void aFolderThatCannotBeUsedSaysSo() throws IOException {
    Files.write(folder.resolve("file"), new byte[1]);
    BackupTarget target = new DirectoryTarget(folder.resolve("file"));
    assertThatThrownBy(() -> target.put("packs/a", new byte[1]))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("check space and rights");
  }
}
