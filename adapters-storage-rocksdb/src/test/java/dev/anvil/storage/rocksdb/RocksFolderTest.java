package dev.anvil.storage.rocksdb;

import static dev.anvil.ports.testkit.Bytes.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.testkit.Committer;
import dev.anvil.ports.testkit.EngineFolderContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Folders that an engine does not open, and why it says so. */
@Timeout(60)
class RocksFolderTest extends EngineFolderContract {
  @Override
  protected String name() {
    return "rocksdb";
  }

  @Override
  protected RocksEngine open(Path folder) {
    return RocksEngine.open(folder, RocksOptions.defaults());
  }

  @Override
  protected Process limited(Path folder) throws Exception {
    return Committer.start(List.of(), Child.class, folder, 10, 1);
  }

  /** Only now: the library unpacks a file of its own before. */
  @Override
  protected void opened(Process limited) throws Exception {
    ProcessBuilder limit =
        new ProcessBuilder("prlimit", "--pid", Long.toString(limited.pid()), "--fsize=1500000");
    assertThat(limit.inheritIO().start().waitFor()).isZero();
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
