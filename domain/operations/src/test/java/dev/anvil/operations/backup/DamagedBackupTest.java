package dev.anvil.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file of a snapshot in turn is cut, changed by a bit, lost, or another snapshot's. */
class DamagedBackupTest {
  private static BackupWorld world;
  private static String id;
  private static Map<String, byte[]> whole;
  private static Map<String, byte[]> older;

  @BeforeAll
  static void twoSnapshots() {
    world = new BackupWorld();
    world.put("old", BackupWorld.random(50_000, 1));
    world.snapshot(true);
    older = new TreeMap<>(world.target.files());
    world.target.files().clear();
    for (int i = 0; i < 100; i++) {
      world.put("key-" + i, BackupWorld.random(6_000, i));
    }
    id = world.snapshot(true);
    whole = new TreeMap<>(world.target.files());
  }

  @AfterAll
  static void close() {
    world.close();
  }

  private static void verify() {
    new SnapshotVerification(world.store, BackupWorld.references()).verify(id);
  }

  private static void refusedAfter(String file, byte[] instead) {
    world.target.files().clear();
    world.target.files().putAll(whole);
    if (instead == null) {
      world.target.delete(file);
    } else {
      world.target.put(file, instead);
    }
    if (instead == null && file.startsWith("snapshots/")) {
      assertThatThrownBy(DamagedBackupTest::verify).hasMessageContaining(id);
      return;
    }
    assertThatThrownBy(DamagedBackupTest::verify)
        .as(file)
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining(file);
  }

  @Test
  void theWholeOneIsAccepted() {
    world.target.files().clear();
    world.target.files().putAll(whole);
    verify();
    assertThat(whole.keySet()).anyMatch(f -> f.startsWith("packs/"));
    assertThat(whole.keySet()).anyMatch(f -> f.startsWith("lists/"));
  }

  @Test
  void missing() {
    whole.keySet().forEach(file -> refusedAfter(file, null));
  }

  @Test
  void truncated() {
    whole.forEach((file, bytes) -> {
      refusedAfter(file, Arrays.copyOf(bytes, bytes.length - 1));
      refusedAfter(file, Arrays.copyOf(bytes, bytes.length / 2));
      refusedAfter(file, new byte[0]);
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void oneBitFlipped(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    whole.forEach((file, bytes) -> {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      refusedAfter(file, damaged);
    });
  }

  @Test
  void swappedWithAnotherSnapshots() {
    whole.forEach((file, bytes) -> {
      String folder = file.substring(0, file.indexOf('/') + 1);
      byte[] other =
          older.entrySet().stream()
              .filter(e -> e.getKey().startsWith(folder) && !e.getKey().equals(file))
              .findFirst()
              .orElseThrow()
              .getValue();
      refusedAfter(file, other);
    });
  }
}
