package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link BodyStore} with its {@link BodyUpkeep} promises. */
public abstract class BodyStoreContract<S extends BodyStore & BodyUpkeep> {
  private static final int K = 1 << 10;

  private S store;

  /** Opens the store of this test's own folder; called again after a close. */
  protected abstract S open();

  private S store() {
    if (store == null) {
      store = open();
    }
    return store;
  }

  private void reopen() {
    store().close();
    store = open();
  }

  @AfterEach
  final void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  /** Bytes that differ at every place and for every seed. */
  public static byte[] content(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** Writes in pieces and seals. */
  public static BodyId put(BodyStore store, byte[] content, int piece) {
    try (BodyWriter w = store.create()) {
      for (int at = 0; at < content.length; at += piece) {
        w.write(ByteBuffer.wrap(content, at, Math.min(piece, content.length - at)));
      }
      assertThat(w.seal().size()).isEqualTo(content.length);
      return w.id();
    }
  }

  /** Reads a range. */
  public static byte[] read(BodyStore store, BodyId id, long offset, long length) {
    try (BodyReader r = store.open(id, offset, length)) {
      return drain(r);
    }
  }

  /** Reads all of a body. */
  public static byte[] read(BodyStore store, BodyId id) {
    return read(store, id, 0, store.size(id));
  }

  /** Reads to the end. */
  public static byte[] drain(BodyReader r) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteBuffer b = r.next(); b != null; b = r.next()) {
      byte[] bytes = new byte[b.remaining()];
      b.get(bytes);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void finishedBodiesSealedTogetherShareASync() {
    int[] sizes = {0, 1, 20 * K, 64 * K, 256 * K, 256 * K + 1, 600 * K};
    List<BodyWriter> finished = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      BodyWriter w = store().create();
      w.write(ByteBuffer.wrap(content(sizes[i], i)));
      w.finish();
      assertThatThrownBy(() -> w.write(ByteBuffer.wrap(new byte[1])))
          .isInstanceOf(IllegalStateException.class);
      assertThat(store().size(w.id())).isEqualTo(-1);
      finished.add(w);
    }
    BodyWriter dropped = store().create();
    dropped.write(ByteBuffer.wrap(content(30 * K, 99)));
    dropped.finish();
    dropped.close();
    long before = store().stats().syncs();
    for (int i = 0; i < sizes.length; i++) {
      assertThat(finished.get(i).seal().size()).isEqualTo(sizes[i]);
      finished.get(i).close();
    }
    assertThat(store().stats().syncs()).isLessThan(before + sizes.length);
    assertThat(store().stats().openBodies()).isZero();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < sizes.length; i++) {
        assertThat(read(store(), finished.get(i).id())).isEqualTo(content(sizes[i], i));
      }
      assertThat(store().size(dropped.id())).isEqualTo(-1);
      finished.forEach(w -> store().keep(w.id()));
      reopen();
    }
  }

  @Test
  void smallBodiesPutTogetherComeBackWhole() {
    int[] sizes = {0, 1, 7, 8, 4 * K, 4 * K + 1, BodyStore.SMALL_BODY - 1, BodyStore.SMALL_BODY};
    List<ByteBuffer> contents = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      byte[] content = content(sizes[i % sizes.length], i);
      // what lies around the bytes of a buffer is not of the body
      byte[] around = new byte[content.length + 20];
      System.arraycopy(content, 0, around, 7, content.length);
      contents.add(ByteBuffer.wrap(around, 7, content.length));
    }
    List<BodyReceipt> receipts = store().putAll(contents);
    BodyId streamed = put(store(), content(300 * K, 1), 100_003);
    List<BodyReceipt> lone = store().putAll(List.of(ByteBuffer.wrap(content(5_000, 500))));
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < contents.size(); i++) {
        byte[] expected = content(sizes[i % sizes.length], i);
        assertThat(receipts.get(i).size()).isEqualTo(expected.length);
        assertThat(read(store(), receipts.get(i).id())).isEqualTo(expected);
      }
      assertThat(read(store(), streamed)).isEqualTo(content(300 * K, 1));
      assertThat(read(store(), lone.getFirst().id())).isEqualTo(content(5_000, 500));
      reopen();
    }
  }

  @Test
  void bodiesOfEverySizeComeBackWhole() {
    int[] sizes = {
      0,
      1,
      4 * K,
      16 * K - 1,
      16 * K,
      16 * K + 1,
      64 * K - 1,
      64 * K,
      64 * K + 1,
      256 * K - 1,
      256 * K,
      256 * K + 1,
      1024 * K + 7
    };
    List<BodyId> ids = new ArrayList<>();
    for (int size : sizes) {
      ids.add(put(store(), content(size, size), 100_003));
    }
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < sizes.length; i++) {
        assertThat(store().size(ids.get(i))).isEqualTo(sizes[i]);
        assertThat(read(store(), ids.get(i))).isEqualTo(content(sizes[i], sizes[i]));
      }
      reopen();
    }
  }

  @Test
  void rangesBeginAndEndAnywhere() {
    byte[] content = content(700 * K + 11, 1);
    BodyId id = put(store(), content, 9_999);
    int[] edges = {0, 1, 64 * K - 1, 64 * K, 64 * K + 1, 256 * K, 300 * K, 512 * K, content.length};
    for (int from : edges) {
      for (int to : edges) {
        if (from <= to) {
          assertThat(read(store(), id, from, to - from))
              .isEqualTo(Arrays.copyOfRange(content, from, to));
        }
      }
    }
    assertThatThrownBy(() -> store().open(id, 0, content.length + 1L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().open(id, -1, 1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNotSealedIsNotThere() {
    BodyWriter abandoned = store().create();
    abandoned.write(ByteBuffer.wrap(content(600 * K, 1)));
    abandoned.close();
    BodyWriter unfinished = store().create();
    unfinished.write(ByteBuffer.wrap(content(600 * K, 2)));
    for (BodyId id : List.of(abandoned.id(), unfinished.id())) {
      assertThat(store().size(id)).isEqualTo(-1);
      assertThatThrownBy(() -> store().open(id, 0, 0)).isInstanceOf(NotFound.class);
    }
    reopen();
    assertThat(store().size(unfinished.id())).isEqualTo(-1);
  }

  @Test
  void aWriterEndsOnce() {
    BodyWriter w = store().create();
    w.write(ByteBuffer.wrap(content(10, 1)));
    w.seal();
    assertThatThrownBy(() -> w.write(ByteBuffer.allocate(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(w::seal).isInstanceOf(IllegalStateException.class);
    w.close();
    w.close();
    assertThat(read(store(), w.id())).isEqualTo(content(10, 1));
  }

  @Test
  void namesAscendInTheOrderOfCreationAcrossBoots() {
    List<BodyId> ids = new ArrayList<>();
    for (int boot = 0; boot < 3; boot++) {
      for (int i = 0; i < 10; i++) {
        ids.add(put(store(), content(20, i), 20));
      }
      reopen();
    }
    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void freeAndKeepAreIdempotentAndAbsentBodiesAreFine() {
    BodyId id = put(store(), content(100, 1), 100);
    store().keep(id);
    store().keep(id);
    store().free(id);
    store().free(id);
    store().keep(id);
    store().free(new BodyId(1, 1));
    store().keep(new BodyId(1, 1));
    assertThat(store().size(id)).isEqualTo(-1);
    reopen();
    assertThat(store().size(id)).isEqualTo(-1);
    assertThat(store().size(new BodyId(1, 1))).isEqualTo(-1);
    assertThat(store().stats().bodies()).isZero();
  }

  @Test
  void aReaderReadsOnWhenItsBodyIsFreed() {
    byte[] content = content(900 * K, 3);
    BodyId id = put(store(), content, 64 * K);
    try (BodyReader r = store().open(id, 0, content.length)) {
      ByteBuffer first = r.next();
      int n = first.remaining();
      store().free(id);
      store().checkpoint();
      assertThat(drain(r)).isEqualTo(Arrays.copyOfRange(content, n, content.length));
    }
    assertThatThrownBy(() -> store().open(id, 0, 1)).isInstanceOf(NotFound.class);
  }

  @Test
  void onlyUnkeptBodiesOfEarlierBootsAreListed() {
    BodyId kept = put(store(), content(100, 1), 100);
    BodyId unkept = put(store(), content(100, 2), 100);
    store().keep(kept);
    assertThat(store().unkeptOfEarlierBoots(10)).isEmpty();
    reopen();
    BodyId ofThisBoot = put(store(), content(100, 3), 100);
    store().checkpoint();
    assertThat(store().unkeptOfEarlierBoots(10)).containsExactly(unkept);
    assertThat(store().stats().unkept()).isEqualTo(2);
    store().free(unkept);
    assertThat(store().unkeptOfEarlierBoots(10)).isEmpty();
    reopen();
    assertThat(store().unkeptOfEarlierBoots(10)).containsExactly(ofThisBoot);
    store().keep(ofThisBoot);
    assertThat(store().unkeptOfEarlierBoots(10)).isEmpty();
    store().checkpoint();
    assertThat(store().stats().unkept()).isZero();
  }

  @Test
  void keptBodiesAreListedInOrderPageByPage() {
    List<BodyId> kept = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      BodyId id = put(store(), content(100, i), 100);
      if (i != 1) {
        store().keep(id);
        kept.add(id);
      }
    }
    store().checkpoint();
    assertThat(store().keptAfter(null, 3)).isEqualTo(kept.subList(0, 3));
    assertThat(store().keptAfter(kept.get(2), 3)).isEqualTo(kept.subList(3, 4));
    store().free(kept.get(3));
    assertThat(store().keptAfter(kept.get(2), 3)).isEmpty();
    reopen();
    assertThat(store().keptAfter(null, 9)).startsWith(kept.get(0), kept.get(1), kept.get(2));
  }

  @Test
  void importedBodiesHaveTheirNamesAndLaterNamesAreGreater() {
    BodyId first = put(store(), content(100, 1), 100);
    // the name of a later boot of another store
    BodyId foreign = new BodyId(first.high() + (7L << 42), 77);
    try (BodyWriter w = store().importing(foreign)) {
      assertThat(w.id()).isEqualTo(foreign);
      w.write(ByteBuffer.wrap(content(300_000, 2)));
      w.seal();
    }
    store().keep(foreign);
    assertThat(read(store(), foreign)).isEqualTo(content(300_000, 2));
    store().checkpoint();
    reopen();
    assertThat(read(store(), foreign)).isEqualTo(content(300_000, 2));
    assertThat(store().unkeptOfEarlierBoots(10)).containsExactly(first);
    assertThat(put(store(), content(10, 3), 10)).isGreaterThan(foreign);
  }

  @Test
  void reconciledCursorsLast() {
    int p = 7;
    assertThat(store().reconciledThrough(p)).isZero();
    store().reconciled(p, 41);
    store().reconciled(p, 40);
    assertThat(store().reconciledThrough(p)).isEqualTo(41);
    reopen();
    assertThat(store().reconciledThrough(p)).isEqualTo(41);
    assertThat(store().reconciledThrough(0)).isZero();
  }

  @Test
  void anInterruptHarmsNobody() {
    byte[] content = content(300 * K, 5);
    Thread.currentThread().interrupt();
    BodyId id = put(store(), content, 50_000);
    byte[] found = read(store(), id);
    store().checkpoint();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(found).isEqualTo(content);
    assertThat(read(store(), put(store(), content, 1 << 20))).isEqualTo(content);
  }

  @Test
  void manyUploadsAtOnceDoNotMix() throws Exception {
    S shared = store();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<BodyId>> ids = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int seed = i;
        ids.add(threads.submit(() -> put(shared, content(size(seed), seed), 30_000)));
      }
      for (int i = 0; i < ids.size(); i++) {
        assertThat(read(store(), ids.get(i).get())).isEqualTo(content(size(i), i));
      }
    }
    assertThat(store().stats().sealed()).isEqualTo(200);
    assertThat(store().stats().openBodies()).isZero();
  }

  private static int size(int seed) {
    return 1 + seed * 3_001;
  }

  @Test
  void compactionGivesSpaceBackAndKeepsWhatLives() {
    List<BodyId> ids = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ids.add(put(store(), content(50 * K + i, i), 1 << 20));
    }
    reopen(); // closes the volumes
    for (int i = 0; i < ids.size(); i++) {
      if (i % 8 != 0) {
        store().free(ids.get(i));
      }
    }
    store().checkpoint();
    long before = store().stats().garbageBytes();
    for (int step = 0; store().compactStep(0.5, 128 * K); step++) {
      assertThat(step).isLessThan(100);
    }
    assertThat(store().stats().garbageBytes()).isLessThan(before / 4);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < ids.size(); i += 8) {
        assertThat(read(store(), ids.get(i))).isEqualTo(content(50 * K + i, i));
      }
      reopen();
    }
    assertThat(store().stats().bodies()).isEqualTo(5);
  }

  @Test
  void aSoundStoreScrubsCleanInSmallSteps() {
    long total = 0;
    for (int i = 0; i < 20; i++) {
      put(store(), content(i * 40_000, i), 1 << 20);
      total += i * 40_000L;
    }
    store().checkpoint();
    long read = 0;
    for (int steps = 1; ; steps++) {
      var result = store().scrubStep(100_000);
      read += result.bytesRead();
      assertThat(result.findings()).isEmpty();
      assertThat(result.bytesRead()).isLessThan(100_000 + 300_000);
      if (result.wrapped()) {
        assertThat(steps).isGreaterThan(10);
        break;
      }
    }
    assertThat(read).isGreaterThanOrEqualTo(total);
  }

  @Test
  void aClosedStoreSaysSo() {
    BodyId id = put(store(), content(10, 1), 10);
    S closed = store();
    closed.close();
    closed.close();
    store = null;
    assertThatThrownBy(() -> closed.open(id, 0, 1)).isInstanceOf(Unavailable.class);
    assertThatThrownBy(closed::create).isInstanceOf(Unavailable.class);
    assertThatThrownBy(closed::checkpoint).isInstanceOf(Unavailable.class);
  }
}
