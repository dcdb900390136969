package dev.anvil.storage.xodus;

import static dev.anvil.ports.testkit.Bytes.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that an engine does not open, and why it says so. */
@Timeout(60)
class XodusFolderTest {
  @TempDir Path temp;

  private XodusEngine open(Path folder) {
    return XodusEngine.open(folder, XodusOptions.defaults());
  }

  private void refuses(Path folder, String... words) {
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(temp.resolve("f"), "x");
    refuses(file, file.toString(), "cannot be used");
  }

  @Test
  void aFolderOfAnotherEngine() throws Exception {
    Files.writeString(temp.resolve("ENGINE"), "rocksdb\n");
    refuses(temp, temp.getFileName().toString(), "'rocksdb'", "'xodus'", "STORAGE_ENGINE=rocksdb");
  }

  @Test
  void aFolderOfSomethingElse() throws Exception {
    Files.writeString(temp.resolve("holiday.jpg"), "x");
    refuses(temp, "holiday.jpg", "ENGINE");
    assertThat(temp.resolve("ENGINE")).doesNotExist();
  }

  @Test
  void aFolderWhoseCreationWasCutShort() throws Exception {
    Files.createFile(temp.resolve("ENGINE"));
    Files.createFile(temp.resolve("LOCK"));
    open(temp).close();
    assertThat(temp.resolve("ENGINE")).hasContent("xodus");
  }

  @Test
  void anOpenFolderAndAgainAfterwards() {
    Path folder = temp.resolve("p");
    try (XodusEngine engine = open(folder)) {
      engine.commit(set("a=1"));
      refuses(folder, folder.getFileName().toString(), "open already");
      refuses(folder, "open already");
    }
    open(folder).close();
  }

  @Test
  void aReaderThatOutlivesItsEngineIsRefused() {
    XodusEngine engine = open(temp.resolve("p"));
    engine.commit(set("a=1"));
    var snapshot = engine.snapshot();
    var reader = snapshot.reader();
    engine.close();
    assertThatThrownBy(() -> reader.get(new byte[] {'a'})).isInstanceOf(Unavailable.class);
    assertThatThrownBy(snapshot::reader).isInstanceOf(Unavailable.class);
    reader.close();
    snapshot.close();
  }

  /** A limit on the length of files stands for a full disk: the write fails in the same place. */
  @Test
  void aDiskThatTakesNoMore() throws Exception {
    Path folder = temp.resolve("p");
    List<String> limited = List.of("bash", "-c", "ulimit -f 3000; exec \"$@\"", "limited");
    Process child = Child.start(limited, folder, 10, 1);
    long synced = 0;
    try (BufferedReader out = child.inputReader()) {
      String line;
      while ((line = out.readLine()) != null) {
        synced = line.startsWith("synced ") ? Long.parseLong(line.substring(7)) : synced;
      }
    }
    assertThat(child.waitFor()).isEqualTo(1);
    assertThat(synced).isPositive();
    try (XodusEngine engine = open(folder);
        var s = engine.snapshot();
        var r = s.reader()) {
      long head = Long.parseLong(new String(r.get("head".getBytes())));
      assertThat(head).isGreaterThanOrEqualTo(synced);
    }
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
