package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.NotFound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every backup target keeps. */
public abstract class BackupTargetContract {
  private static final byte[] HELLO = "hello backup".getBytes(StandardCharsets.UTF_8);

  /** An empty target, the same place for the same test. */
  protected abstract BackupTarget target();

  @Test
  void whatIsPutIsGotWholeAndInPart() {
    BackupTarget target = target();
    target.put("packs/0a1b", HELLO);
    assertThat(target.get("packs/0a1b")).isEqualTo(HELLO);
    assertThat(target.read("packs/0a1b", 6, 6))
        .isEqualTo("backup".getBytes(StandardCharsets.UTF_8));
    assertThat(target.read("packs/0a1b", 6, 600))
        .isEqualTo("backup".getBytes(StandardCharsets.UTF_8));
    assertThat(target.read("packs/0a1b", HELLO.length, 5)).isEmpty();
    assertThat(target.read("packs/0a1b", HELLO.length + 5L, 5)).isEmpty();
  }

  @Test
  void emptyFilesAreFiles() {
    BackupTarget target = target();
    target.put("lists/empty", new byte[0]);
    assertThat(target.get("lists/empty")).isEmpty();
    assertThat(target.read("lists/empty", 0, 10)).isEmpty();
    assertThat(target.list("lists/", "", 10)).containsExactly("lists/empty");
  }

  @Test
  void putReplaces() {
    BackupTarget target = target();
    target.put("snapshots/1", HELLO);
    target.put("snapshots/1", new byte[] {7});
    assertThat(target.get("snapshots/1")).containsExactly(7);
    assertThat(target.list("snapshots/", "", 10)).containsExactly("snapshots/1");
  }

  @Test
  void absentFilesAreNotFound() {
    BackupTarget target = target();
    assertThatThrownBy(() -> target.get("packs/none")).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> target.read("packs/none", 0, 1)).isInstanceOf(NotFound.class);
    target.delete("packs/none");
  }

  @Test
  void deletedFilesAreGone() {
    BackupTarget target = target();
    target.put("packs/a", HELLO);
    target.delete("packs/a");
    assertThat(target.list("packs/", "", 10)).isEmpty();
    assertThatThrownBy(() -> target.get("packs/a")).isInstanceOf(NotFound.class);
  }

  @Test
  void listsPageInOrder() {
    BackupTarget target = target();
    assertThat(target.list("snapshots/", "", 10)).isEmpty();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      names.add("snapshots/%02d-x".formatted(i));
      target.put(names.get(i), new byte[] {(byte) i});
    }
    target.put("packs/other", HELLO);
    List<String> seen = new ArrayList<>();
    String after = "";
    for (List<String> page = target.list("snapshots/", after, 10);
        !page.isEmpty();
        page = target.list("snapshots/", after, 10)) {
      assertThat(page.size()).isLessThanOrEqualTo(10);
      seen.addAll(page);
      after = page.getLast();
    }
    assertThat(seen).isEqualTo(names);
  }

  @Test
  void largeFilesComeBack() {
    BackupTarget target = target();
    byte[] large = new byte[9 << 20];
    new java.util.SplittableRandom(11).nextBytes(large);
    target.put("packs/large", large);
    assertThat(target.get("packs/large")).isEqualTo(large);
    assertThat(target.read("packs/large", 5_000_000, 1_000))
        .isEqualTo(java.util.Arrays.copyOfRange(large, 5_000_000, 5_001_000));
  }

  @Test
  void itSaysWhereItIs() {
    assertThat(target().describe()).isNotBlank();
  }
}
