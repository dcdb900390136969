package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.drain;
import static dev.anvil.ports.testkit.Bytes.entries;
import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.set;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EngineStats;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteSet;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Engine} promises. A run class says only how an engine is opened. */
public abstract class EngineContract {
  private Engine engine;

  /** Opens the engine of this test's own folder; called again after a close. */
  protected abstract Engine open();

  private Engine engine() {
    if (engine == null) {
      engine = open();
    }
    return engine;
  }

  private void reopen() {
    engine().close();
    engine = open();
  }

  private void commit(String... changes) {
    engine().commit(set(changes));
  }

  @AfterEach
  final void closeEngine() {
    if (engine != null) {
      engine.close();
    }
  }

  private String get(String key) {
    try (EngineSnapshot s = engine().snapshot();
        EngineReader r = s.reader()) {
      return text(r.get(of(key)));
    }
  }

  private List<String> scan(KeyRange range, Order order) {
    try (EngineSnapshot s = engine().snapshot();
        EngineReader r = s.reader()) {
      return drain(r.scan(range, order));
    }
  }

  private static KeyRange range(String from, String to) {
    return new KeyRange(of(from), to == null ? null : of(to));
  }

  @Test
  void aNewEngineIsEmpty() {
    assertThat(get("a")).isNull();
    assertThat(scan(KeyRange.ALL, Order.ASCENDING)).isEmpty();
    assertThat(scan(KeyRange.ALL, Order.DESCENDING)).isEmpty();
  }

  @Test
  void putsReplacesAndDeletes() {
    commit("a=1", "b=2");
    commit("a=3", "-b", "-absent", "c=");
    assertThat(get("a")).isEqualTo("3");
    assertThat(get("b")).isNull();
    assertThat(get("absent")).isNull();
    assertThat(get("c")).isEmpty();
  }

  @Test
  void scansInUnsignedByteOrderBothWays() {
    TreeMap<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
    for (int b = 0; b < 256; b++) {
      all.put(new byte[] {(byte) b}, of("x"));
      all.put(new byte[] {(byte) b, 0}, of("y"));
      all.put(new byte[] {(byte) b, (byte) 0xFF}, of("z"));
    }
    engine().commit(set(all));
    try (EngineSnapshot s = engine().snapshot();
        EngineReader r = s.reader()) {
      List<byte[]> up =
          entries(r.scan(KeyRange.ALL, Order.ASCENDING)).stream().map(Entry::key).toList();
      List<byte[]> down =
          entries(r.scan(KeyRange.ALL, Order.DESCENDING)).stream().map(Entry::key).toList();
      assertThat(up.toArray(byte[][]::new)).isDeepEqualTo(all.keySet().toArray(byte[][]::new));
      assertThat(down.reversed().toArray(byte[][]::new)).isDeepEqualTo(up.toArray(byte[][]::new));
    }
  }

  @Test
  void boundsAreFromInclusiveToExclusive() {
    commit("a=1", "b=2", "bb=3", "c=4", "d=5");
    for (Order order : Order.values()) {
      assertThat(inOrder(order, "b", "c")).containsExactly("b=2", "bb=3");
      assertThat(inOrder(order, "ba", "bz")).containsExactly("bb=3");
      assertThat(inOrder(order, "0", "a")).isEmpty();
      assertThat(inOrder(order, "e", null)).isEmpty();
      assertThat(inOrder(order, "d", null)).containsExactly("d=5");
      assertThat(inOrder(order, "a", "a")).isEmpty();
      assertThat(inOrder(order, "c", "b")).isEmpty();
      assertThat(inOrder(order, "", null)).hasSize(5);
    }
    assertThat(scan(KeyRange.prefix(of("b")), Order.DESCENDING)).containsExactly("bb=3", "b=2");
    assertThat(scan(KeyRange.prefix(of("b")).after(of("b")), Order.ASCENDING))
        .containsExactly("bb=3");
  }

  private List<String> inOrder(Order order, String from, String to) {
    List<String> found = scan(range(from, to), order);
    return order == Order.ASCENDING ? found : found.reversed();
  }

  @Test
  void aCursorThatEndedStaysEnded() {
    commit("a=1");
    try (EngineSnapshot s = engine().snapshot();
        EngineReader r = s.reader();
        var c = r.scan(KeyRange.ALL, Order.ASCENDING)) {
      assertThat(c.next()).isTrue();
      assertThat(c.next()).isFalse();
      assertThat(c.next()).isFalse();
    }
  }

  @Test
  void severalReadersAndCursorsOfOneSnapshotAreIndependent() {
    commit("a=1", "b=2", "c=3");
    try (EngineSnapshot s = engine().snapshot();
        EngineReader one = s.reader();
        var first = one.scan(KeyRange.ALL, Order.ASCENDING);
        var second = one.scan(KeyRange.ALL, Order.DESCENDING)) {
      assertThat(first.next()).isTrue();
      assertThat(second.next()).isTrue();
      try (EngineReader two = s.reader()) {
        assertThat(text(two.get(of("b")))).isEqualTo("2");
      }
      assertThat(text(first.key())).isEqualTo("a");
      assertThat(text(second.key())).isEqualTo("c");
      assertThat(first.next()).isTrue();
      assertThat(text(first.value())).isEqualTo("2");
    }
  }

  @Test
  void aSnapshotDoesNotSeeLaterCommits() {
    commit("a=1", "b=2");
    try (EngineSnapshot before = engine().snapshot()) {
      commit("a=9", "-b", "c=3");
      engine().sync();
      try (EngineReader r = before.reader()) {
        assertThat(drain(r.scan(KeyRange.ALL, Order.ASCENDING))).containsExactly("a=1", "b=2");
        assertThat(text(r.get(of("a")))).isEqualTo("1");
        assertThat(r.get(of("c"))).isNull();
      }
    }
    assertThat(scan(KeyRange.ALL, Order.ASCENDING)).containsExactly("a=9", "c=3");
  }

  @Test
  void anEmptySetIsFine() {
    commit("a=1");
    engine().commit(new WriteSet(List.of()));
    engine().sync();
    engine().sync();
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void keysAndValuesReachTheirLimits() {
    byte[] key = new byte[WaistLimits.MAX_KEY_BYTES];
    Arrays.fill(key, (byte) 0xFE);
    byte[] sibling = key.clone();
    sibling[sibling.length - 1] = 0x01;
    byte[] value = new byte[WaistLimits.MAX_STORED_VALUE_BYTES];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (i * 31 + (i >>> 9));
    }
    TreeMap<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
    all.put(key, value);
    all.put(sibling, of("sibling"));
    engine().commit(set(all));
    engine().sync();
    reopen();
    try (EngineSnapshot s = engine().snapshot();
        EngineReader r = s.reader()) {
      assertThat(r.get(key)).isEqualTo(value);
      assertThat(text(r.get(sibling))).isEqualTo("sibling");
    }
  }

  @Test
  void whatIsSyncedIsThereAfterReopening() {
    commit("a=1", "b=2");
    commit("-b", "c=3");
    engine().sync();
    reopen();
    assertThat(scan(KeyRange.ALL, Order.ASCENDING)).containsExactly("a=1", "c=3");
    commit("d=4");
    engine().sync();
    reopen();
    assertThat(scan(KeyRange.ALL, Order.DESCENDING)).containsExactly("d=4", "c=3", "a=1");
  }

  @Test
  void aCleanCloseSyncs() {
    commit("a=1");
    reopen();
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void closingTwiceIsFineAndAClosedEngineRefuses() {
    commit("a=1");
    engine().close();
    engine().close();
    assertThatThrownBy(() -> engine().commit(set("b=2"))).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> engine().sync()).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> engine().snapshot()).isInstanceOf(Unavailable.class);
  }

  @Test
  void theFolderHasOneEngine() {
    commit("a=1");
    assertThatThrownBy(this::open).isInstanceOf(Unavailable.class);
    assertThat(get("a")).isEqualTo("1");
    commit("b=2");
    engine().sync();
    reopen();
    assertThat(get("b")).isEqualTo("2");
  }

  @Test
  void anInterruptHarmsNeitherCommitsNorReads() {
    commit("a=1");
    Thread.currentThread().interrupt();
    try {
      commit("b=2");
      engine().sync();
      assertThat(get("a")).isEqualTo("1");
      Thread.currentThread().interrupt();
      assertThat(scan(KeyRange.ALL, Order.ASCENDING)).containsExactly("a=1", "b=2");
    } finally {
      Thread.interrupted();
    }
    commit("c=3");
    engine().sync();
    reopen();
    assertThat(scan(KeyRange.ALL, Order.ASCENDING)).containsExactly("a=1", "b=2", "c=3");
  }

  @Test
  void countsWhatItDid() {
    EngineStats before = engine().stats();
    commit("a=1", "b=2");
    commit("-a");
    engine().sync();
    get("b");
    scan(KeyRange.ALL, Order.ASCENDING);
    EngineStats after = engine().stats();
    assertThat(after.puts() - before.puts()).isEqualTo(2);
    assertThat(after.deletes() - before.deletes()).isEqualTo(1);
    assertThat(after.commits() - before.commits()).isEqualTo(2);
    assertThat(after.syncs() - before.syncs()).isEqualTo(1);
    assertThat(after.gets() - before.gets()).isEqualTo(1);
    assertThat(after.scanned() - before.scanned()).isEqualTo(1);
    assertThat(after.diskBytes()).isNotNegative();
    assertThat(engine().traits().name()).isNotBlank();
    assertThat(engine().traits().inlineLimit()).isBetween(0, 32 << 10);
  }

  @Test
  void takesAnOrderedImportOfTenThousand() {
    int n = 10_000;
    for (int from = 0; from < n; from += 500) {
      TreeMap<byte[], byte[]> part = new TreeMap<>(Arrays::compareUnsigned);
      for (int i = from; i < from + 500; i++) {
        part.put(ByteBuffer.allocate(8).putLong(i).array(), of("value " + i));
      }
      engine().commit(set(part));
    }
    engine().sync();
    reopen();
    try (EngineSnapshot s = engine().snapshot();
        EngineReader r = s.reader();
        var c = r.scan(KeyRange.ALL, Order.ASCENDING)) {
      for (int i = 0; i < n; i++) {
        assertThat(c.next()).isTrue();
        assertThat(ByteBuffer.wrap(c.key()).getLong()).isEqualTo(i);
        assertThat(text(c.value())).isEqualTo("value " + i);
      }
      assertThat(c.next()).isFalse();
    }
  }

  @Test
  void snapshotsHoldStillForManyThreadsWhileCommitsGoOn() throws Exception {
    EngineSnapshotStability.check(engine());
  }
}
