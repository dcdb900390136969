package dev.anvil.app.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.app.node.BackupParts;
import dev.anvil.app.node.StorageBackend;
import dev.anvil.operations.backup.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A restore names whichever file of its snapshot is not as it was, and writes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedRestoreTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(20_260_101L);

  private Path backups;
  private Path data;
  private LiveNode node;
  private BackupStore store;
  private Map<String, byte[]> older;
  private Map<String, byte[]> whole;

  @BeforeAll
  void twoSnapshots(@TempDir Path folder) throws IOException {
    backups = folder.resolve("backups");
    data = folder.resolve("restored");
    node =
        new LiveNode(
                folder.resolve("data"),
                "xodus",
                "BACKUP_TARGET=" + backups,
                "BACKUP_ENCRYPTION=on",
                "PARTITIONS=2")
            .tenant();
    node.bucket("docs");
    fill("old/");
    node.snapshot();
    older = files();
    for (String file : older.keySet()) {
      Files.delete(backups.resolve(file));
    }
    fill("new/");
    node.snapshot();
    whole = files();
    store =
        BackupParts.store(
            node.settings.backup(), node.node.secrets().sealing().texts(), InstantSource.system());
  }

  private void fill(String prefix) {
    for (int i = 0; i < 30; i++) {
      byte[] bytes = new byte[i * 300];
      RANDOM.nextBytes(bytes);
      node.put("docs", prefix + i, bytes);
    }
  }

  @AfterAll
  void close() {
    node.close();
  }

  private Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(backups)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        all.put(backups.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    }
    return all;
  }

  private void restore() throws IOException {
    new Restore(
            StorageBackend.of(data, "xodus"),
            data.toString(),
            store,
            InstantSource.system(),
            step -> {})
        .run(null, node.node.secrets().sealing().texts());
  }

  /** The file is another, or gone where null; then it is what it was. */
  private void refusedWith(String file, byte[] instead) throws IOException {
    Path place = backups.resolve(file);
    if (instead == null) {
      Files.delete(place);
    } else {
      Files.write(place, instead);
    }
    // without the list of it there is no snapshot: the target is named
    String named =
        instead == null && file.startsWith("snapshots/") ? backups.getFileName().toString() : file;
    assertThatThrownBy(this::restore).as(file).hasMessageContaining(named);
    assertThat(data.resolve("identity.json")).doesNotExist();
    assertThat(data.resolve("restore.json")).doesNotExist();
    Files.write(place, whole.get(file));
  }

  @Test
  void missing() throws IOException {
    for (String file : whole.keySet()) {
      refusedWith(file, null);
    }
  }

  @Test
  void truncated() throws IOException {
    for (Map.Entry<String, byte[]> e : whole.entrySet()) {
      refusedWith(e.getKey(), Arrays.copyOf(e.getValue(), e.getValue().length - 1));
      refusedWith(e.getKey(), new byte[0]);
    }
  }

  @Test
  void oneBitFlipped() throws IOException {
    for (Map.Entry<String, byte[]> e : whole.entrySet()) {
      byte[] damaged = e.getValue().clone();
      damaged[RANDOM.nextInt(damaged.length)] ^= (byte) (1 << RANDOM.nextInt(8));
      refusedWith(e.getKey(), damaged);
    }
  }

  @Test
  void swappedWithAnotherSnapshots() throws IOException {
    for (String file : whole.keySet()) {
      String kind = file.substring(0, file.indexOf('/') + 1);
      String other =
          older.keySet().stream()
              .filter(name -> name.startsWith(kind) && !name.equals(file))
              .findFirst()
              .orElseThrow();
      refusedWith(file, older.get(other));
    }
  }

  @Test
  void theWholeOneIsRestored() throws IOException {
    assertThat(whole.keySet())
        .extracting(name -> name.substring(0, name.indexOf('/')))
        .containsAll(List.of("lists", "packs", "snapshots"));
    Path kept = data;
    data = data.resolveSibling("another");
    restore();
    assertThat(data.resolve("identity.json")).exists();
    data = kept;
  }
}
