package dev.anvil.storage.rocksdb;

import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.set;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.testkit.Committer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: no wrong answer, no dead process, and nothing synced is dropped in silence. */
@Timeout(120)
class RocksDamageTest {
  private static final int COMMITS = 3_000;

  @TempDir Path temp;

  private Path folder() {
    return temp.resolve("p");
  }

  private RocksEngine open() {
    return RocksEngine.open(folder(), RocksOptions.defaults());
  }

  private void fill() {
    Random random = new Random(7);
    byte[] noise = new byte[3_000];
    try (RocksEngine engine = open()) {
      for (int i = 0; i < COMMITS; i++) {
        random.nextBytes(noise);
        engine.commit(set("k" + random.nextInt(100_000) + "=" + text(noise), "n" + i + "=" + i));
      }
      engine.sync();
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }

  private static void flip(Path file, long at) throws IOException {
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
      f.seek(at);
      int b = f.read();
      f.seek(at);
      f.write(b ^ 0x10);
    }
  }

  private int scanAll() {
    int found = 0;
    try (RocksEngine engine = open();
        EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader();
        EntryCursor c = r.scan(KeyRange.prefix(of("n")), Order.ASCENDING)) {
      while (c.next()) {
        found++;
        assertThat(text(c.key())).isEqualTo("n" + text(c.value()));
      }
    }
    return found;
  }

  @Test
  void aFlipInATableIsCorruptAndNeverAnAbsentKey() throws Exception {
    fill();
    assertThat(scanAll()).isEqualTo(COMMITS);
    for (Path table : files(".sst")) {
      for (long at = 100; at < Files.size(table); at += 4_000) {
        flip(table, at);
      }
    }
    assertThatThrownBy(this::scanAll).isInstanceOf(Corrupt.class);
    assertThatThrownBy(this::scanAll).isInstanceOf(Corrupt.class);
  }

  @Test
  void aMissingTableIsCorrupt() throws Exception {
    fill();
    Files.delete(files(".sst").getFirst());
    assertThatThrownBy(this::scanAll).isInstanceOf(Corrupt.class);
  }

  /** A log as a killed process leaves it, every commit synced. */
  private Path killedLog() throws Exception {
    Process child = Committer.start(List.of(), Child.class, folder(), 1, 1);
    try (BufferedReader out = child.inputReader()) {
      String line;
      while ((line = out.readLine()) != null) {
        if (line.startsWith("synced 400")) {
          child.toHandle().destroyForcibly();
        }
      }
    }
    child.waitFor();
    List<Path> logs = files(".log");
    assertThat(logs).hasSize(1);
    return logs.getFirst();
  }

  @Test
  void aFlipInASyncedLogIsRefusedAndLeftAlone() throws Exception {
    Path log = killedLog();
    long length = Files.size(log);
    flip(log, length / 2);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::open).isInstanceOf(Corrupt.class);
      assertThat(log).hasSize(length);
    }
  }

  @Test
  void aCutOffSyncedLogIsRefused() throws Exception {
    Path log = killedLog();
    try (RandomAccessFile f = new RandomAccessFile(log.toFile(), "rw")) {
      f.setLength(f.length() / 2);
    }
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::open).isInstanceOf(Corrupt.class).hasMessageContaining("durable");
    }
  }

  @Test
  void anUnsyncedTailThatBrokeIsDropped() throws Exception {
    Path log = killedLog();
    try (RandomAccessFile f = new RandomAccessFile(log.toFile(), "rw")) {
      f.seek(f.length());
      f.write(new byte[5_000]);
    }
    try (RocksEngine engine = open();
        EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader()) {
      assertThat(Long.parseLong(text(r.get(of("head"))))).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void aCleanCloseLeavesNoLogToReplay() throws Exception {
    fill();
    for (Path log : files(".log")) {
      assertThat(log).isEmptyFile();
    }
  }

  @Test
  void aDamagedMarkIsNoReasonToRefuse() throws Exception {
    fill();
    flip(folder().resolve("SYNCED"), 3);
    assertThat(scanAll()).isEqualTo(COMMITS);
  }
}
