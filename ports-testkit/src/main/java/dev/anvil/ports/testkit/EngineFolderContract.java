package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.set;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that an engine does not open, and why it says so. */
@Timeout(60)
public abstract class EngineFolderContract {
  /** Where folders are made. */
  @TempDir protected Path temp;

  /** The engine's name, as in {@code STORAGE_ENGINE}. */
  protected abstract String name();

  /** Opens the engine of this folder. */
  protected abstract Engine open(Path folder);

  /** A {@link Committer} of this folder that is ended by a limit on the length of its files. */
  protected abstract Process limited(Path folder) throws Exception;

  /** Called when that has said that it is open. */
  protected void opened(Process limited) throws Exception {}

  private void refuses(Path folder, String... words) {
    assertThatThrownBy(() -> open(folder))
        .isInstanceOf(Unavailable.class)
        .hasMessageContainingAll(words);
  }

  @Test
  final void aFileIsNoFolder() throws Exception {
    Path file = Files.writeString(temp.resolve("f"), "x");
    refuses(file, file.toString(), "cannot be used");
  }

  @Test
  final void aFolderOfAnotherEngine() throws Exception {
    Files.writeString(temp.resolve("ENGINE"), "other\n");
    refuses(
        temp, temp.getFileName().toString(), "'other'", "'" + name() + "'", "STORAGE_ENGINE=other");
  }

  @Test
  final void aFolderOfSomethingElse() throws Exception {
    Files.writeString(temp.resolve("holiday.jpg"), "x");
    refuses(temp, "holiday.jpg", "ENGINE");
    assertThat(temp.resolve("ENGINE")).doesNotExist();
  }

  @Test
  final void aFolderWhoseCreationWasCutShort() throws Exception {
    Files.createFile(temp.resolve("ENGINE"));
    open(temp).close();
    assertThat(temp.resolve("ENGINE")).hasContent(name());
  }

  @Test
  final void anOpenFolderAndAgainAfterwards() {
    Path folder = temp.resolve("p");
    try (Engine engine = open(folder)) {
      engine.commit(set("a=1"));
      refuses(folder, folder.getFileName().toString(), "open already");
      refuses(folder, "open already");
    }
    open(folder).close();
  }

  @Test
  final void aReaderThatOutlivesItsEngineIsRefused() {
    Engine engine = open(temp.resolve("p"));
    engine.commit(set("a=1"));
    EngineSnapshot snapshot = engine.snapshot();
    EngineReader reader = snapshot.reader();
    engine.close();
    assertThatThrownBy(() -> reader.get(of("a"))).isInstanceOf(Unavailable.class);
    assertThatThrownBy(snapshot::reader).isInstanceOf(Unavailable.class);
    reader.close();
    snapshot.close();
  }

  /** A limit on the length of files stands for a full disk: the write fails in the same place. */
  @Test
  final void aDiskThatTakesNoMore() throws Exception {
    Path folder = temp.resolve("p");
    Process child = limited(folder);
    long synced = 0;
    try (BufferedReader out = child.inputReader()) {
      String line;
      while ((line = out.readLine()) != null) {
        if (line.equals("open")) {
          opened(child);
        }
        synced = line.startsWith("synced ") ? Long.parseLong(line.substring(7)) : synced;
      }
    }
    assertThat(child.waitFor()).isEqualTo(1);
    assertThat(synced).isPositive();
    try (Engine engine = open(folder);
        EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      assertThat(Long.parseLong(text(r.get(of("head"))))).isGreaterThanOrEqualTo(synced);
    }
  }
}
