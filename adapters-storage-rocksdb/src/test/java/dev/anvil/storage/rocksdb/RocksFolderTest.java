package dev.anvil.storage.rocksdb;

import static dev.anvil.ports.testkit.Bytes.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders that an engine does not open, and why it says so. */
@Timeout(60)
class RocksFolderTest {
  @TempDir Path temp;

  private RocksEngine open(Path folder) {
    return RocksEngine.open(folder, RocksOptions.defaults());
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
    Files.writeString(temp.resolve("ENGINE"), "xodus\n");
    refuses(temp, temp.getFileName().toString(), "'xodus'", "'rocksdb'", "STORAGE_ENGINE=xodus");
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
    open(temp).close();
    assertThat(temp.resolve("ENGINE")).hasContent("rocksdb");
  }

  @Test
  void anOpenFolderAndAgainAfterwards() {
    Path folder = temp.resolve("p");
    try (RocksEngine engine = open(folder)) {
      engine.commit(set("a=1"));
      refuses(folder, folder.getFileName().toString(), "open already");
      refuses(folder, "open already");
    }
    open(folder).close();
  }

  @Test
  void aReaderThatOutlivesItsEngineIsRefused() {
    RocksEngine engine = open(temp.resolve("p"));
    engine.commit(set("a=1"));
    var snapshot = engine.snapshot();
    var reader = snapshot.reader();
    engine.close();
    assertThatThrownBy(() -> reader.get(new byte[] {'a'})).isInstanceOf(Unavailable.class);
    assertThatThrownBy(snapshot::reader).isInstanceOf(Unavailable.class);
    reader.close();
    snapshot.close();
  }

  private static void limitFiles(long pid) throws Exception {
    ProcessBuilder limit =
        new ProcessBuilder("prlimit", "--pid", Long.toString(pid), "--fsize=1500000");
    assertThat(limit.inheritIO().start().waitFor()).isZero();
  }

  /** A limit on the length of files stands for a full disk: the write fails in the same place. */
  @Test
  void aDiskThatTakesNoMore() throws Exception {
    Path folder = temp.resolve("p");
    Process child = Child.start(folder, 10, 1);
    long synced = 0;
    try (BufferedReader out = child.inputReader()) {
      String line;
      while ((line = out.readLine()) != null) {
        if (line.equals("open")) {
          limitFiles(child.pid()); // only now: the library unpacks a file of its own before
        }
        synced = line.startsWith("synced ") ? Long.parseLong(line.substring(7)) : synced;
      }
    }
    assertThat(child.waitFor()).isEqualTo(1);
    assertThat(synced).isPositive();
    try (RocksEngine engine = open(folder);
        var s = engine.snapshot();
        var r = s.reader()) {
      long head = Long.parseLong(new String(r.get("head".getBytes())));
      assertThat(head).isGreaterThanOrEqualTo(synced);
    }
  }

  @Test
  void closingWaitsForReadersInsideTheLibrary() throws Exception {
    RocksEngine engine = open(temp.resolve("p"));
    engine.commit(set("a=1", "b=2", "c=3"));
    List<Thread> readers = new ArrayList<>();
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch reading = new CountDownLatch(3);
    for (int i = 0; i < 3; i++) {
      readers.add(Thread.ofPlatform().start(() -> readUntilRefused(engine, reading, refused)));
    }
    reading.await();
    engine.close();
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(refused).hasValue(3);
  }

  private static void readUntilRefused(
      RocksEngine engine, CountDownLatch reading, AtomicInteger refused) {
    boolean first = true;
    while (true) {
      try (var s = engine.snapshot();
          var r = s.reader();
          var c = r.scan(KeyRange.ALL, Order.DESCENDING)) {
        r.get(new byte[] {'a'});
        while (c.next()) {
          c.value();
        }
        if (first) {
          reading.countDown();
          first = false;
        }
      } catch (Unavailable e) {
        refused.incrementAndGet();
        return;
      }
    }
  }

  @Test
  void optionsOutOfBoundsNameTheirRule() {
    assertThatThrownBy(() -> new RocksOptions(1, 8 << 20, 4 << 20, 48, 2, 1024))
        .hasMessageContaining("cacheBytes");
    assertThatThrownBy(() -> new RocksOptions(8 << 20, 16 << 20, 4 << 20, 48, 2, 1024))
        .hasMessageContaining("writeBufferBytes");
    assertThatThrownBy(() -> new RocksOptions(8 << 20, 8 << 20, 4 << 20, 1, 2, 1024))
        .hasMessageContaining("maxOpenFiles");
    assertThatThrownBy(() -> new RocksOptions(8 << 20, 8 << 20, 4 << 20, 48, 2, 99_999))
        .hasMessageContaining("inlineLimit");
  }
}
