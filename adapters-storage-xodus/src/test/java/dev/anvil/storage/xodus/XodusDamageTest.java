package dev.anvil.storage.xodus;

import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.set;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: no wrong answer, no dead thread, and nothing synced is dropped in silence. */
@Timeout(120)
class XodusDamageTest {
  private static final int COMMITS = 3_000;

  @TempDir Path temp;

  private Path folder() {
    return temp.resolve("p");
  }

  private XodusEngine open() {
    return XodusEngine.open(folder(), XodusOptions.defaults());
  }

  /** About 18 MB in three log files, synced and closed. */
  private void fill() {
    Random random = new Random(7);
    try (XodusEngine engine = open()) {
      for (int i = 0; i < COMMITS; i++) {
        engine.commit(
            set("k" + random.nextInt(100_000) + "=" + "v".repeat(4_000), "n" + i + "=" + i));
      }
      engine.sync();
    }
  }

  private List<Path> logFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(f -> f.toString().endsWith(".xd")).sorted().toList();
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

  private Set<String> scanAll() {
    Set<String> found = new HashSet<>();
    try (XodusEngine engine = open();
        EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader();
        EntryCursor c = r.scan(KeyRange.prefix(of("n")), Order.ASCENDING)) {
      while (c.next()) {
        found.add(text(c.key()));
        assertThat(text(c.key())).isEqualTo("n" + text(c.value()));
      }
    }
    return found;
  }

  @Test
  void aFlipInAFullFileIsCorruptAndNeverAnAbsentKey() throws Exception {
    fill();
    assertThat(scanAll()).hasSize(COMMITS);
    Path first = logFiles().getFirst();
    // one bit in every page of the oldest file: whatever is read of it must tell
    for (long at = 100; at < Files.size(first); at += XodusOptions.defaults().pageBytes()) {
      flip(first, at);
    }
    assertThatThrownBy(this::scanAll).isInstanceOf(Corrupt.class).hasMessageContaining("checksum");
    // and it tells again: the engine closed in order
    assertThatThrownBy(this::scanAll).isInstanceOf(Corrupt.class);
  }

  @Test
  void aFullFileWithoutItsChecksumsIsStillRead() throws Exception {
    fill();
    Files.delete(Path.of(logFiles().getFirst() + ".crc"));
    assertThat(scanAll()).hasSize(COMMITS);
  }

  @Test
  void aCutOffEndIsRefusedAndLeftAlone() throws Exception {
    fill();
    Path last = logFiles().getLast();
    long length = Files.size(last);
    try (RandomAccessFile f = new RandomAccessFile(last.toFile(), "rw")) {
      f.setLength(length / 2);
    }
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::open)
          .isInstanceOf(Corrupt.class)
          .hasMessageContaining("durable up to");
      assertThat(last).hasSize(length / 2);
    }
  }

  @Test
  void aBrokenEndIsRefusedAndLeftAlone() throws Exception {
    fill();
    Path last = logFiles().getLast();
    long length = Files.size(last);
    try (RandomAccessFile f = new RandomAccessFile(last.toFile(), "rw")) {
      f.seek(length / 2);
      f.write(new byte[20_000]);
    }
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::open).isInstanceOf(Corrupt.class);
      assertThat(last).hasSize(length);
    }
  }

  @Test
  void anUnsyncedTailThatBrokeIsDropped() throws Exception {
    fill();
    Path last = logFiles().getLast();
    try (RandomAccessFile f = new RandomAccessFile(last.toFile(), "rw")) {
      f.seek(f.length());
      f.write(new byte[5_000]);
    }
    assertThat(scanAll()).hasSize(COMMITS);
  }

  @Test
  void aMissingLogFileIsCorrupt() throws Exception {
    fill();
    Files.delete(logFiles().getFirst());
    assertThatThrownBy(this::scanAll).isInstanceOf(Corrupt.class);
  }

  @Test
  void aDamagedMarkIsNoReasonToRefuse() throws Exception {
    fill();
    flip(folder().resolve("SYNCED"), 3);
    assertThat(scanAll()).hasSize(COMMITS);
  }

  @Test
  void aFailedWriteEndsTheEngineUntilItIsOpenedAgain() throws Exception {
    fill();
    XodusEngine engine = open();
    try (engine) {
      engine.commit(set("before=1"));
      engine.sync();
      // makes the next commit read pages that fail their check
      Path first = logFiles().getFirst();
      for (long at = 100; at < Files.size(first); at += XodusOptions.defaults().pageBytes()) {
        flip(first, at);
      }
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100_000; i++) {
                  engine.commit(set("k" + i + "=new"));
                }
              })
          .isInstanceOf(Unavailable.class)
          .satisfies(e -> assertThat(((Unavailable) e).maybeApplied()).isTrue());
      assertThatThrownBy(() -> engine.commit(set("after=1"))).isInstanceOf(Unavailable.class);
      assertThatThrownBy(engine::sync).isInstanceOf(Unavailable.class);
      assertThatThrownBy(engine::snapshot).isInstanceOf(Unavailable.class);
    }
  }
}
