package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.testkit.EngineFaults.Leaving;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a partition promises when its engine fails or its bytes are wrong; on any engine. */
public abstract class PartitionFailureContract extends PartitionFixture {
  private static final byte[] STAMP = new KeyWriter(KeySpace.WAIST).u8(1).toBytes();

  private static byte[] block(long first) {
    return new KeyWriter(KeySpace.JOURNAL).u64(first).toBytes();
  }

  private void awaitServing() {
    Waiting.until("it serves again", () -> partition().state() == PartitionState.SERVING);
  }

  private List<Running<Committed<Object>>> failingGroup(List<String> hooks) throws Exception {
    try (Held held = holdTheWriter()) {
      List<Running<Committed<Object>>> all = new ArrayList<>();
      all.addAll(
          held.queue(
              3,
              tx -> {
                tx.put(of("k1"), of("new"));
                tx.append(Drafts.of("test.event", "s"));
                tx.onDurable(() -> hooks.add("ran"));
                return null;
              }));
      all.addAll(
          held.queue(
              1,
              tx -> {
                throw new Conflict(Conflict.Reason.values()[0], "no");
              }));
      return all;
    }
  }

  private void assertGroupFails(boolean applied) throws Exception {
    List<String> hooks = new ArrayList<>();
    for (Running<Committed<Object>> w : failingGroup(hooks)) {
      assertThatThrownBy(w::get)
          .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.maybeApplied()).isTrue());
    }
    awaitServing();
    assertThat(get("k1")).isEqualTo(applied ? "new" : "old");
    assertThat(partition().head().cursor()).isEqualTo(applied ? 3 : 0);
    assertThat(hooks).hasSize(applied ? 3 : 0);
    assertThat(incidents()).anyMatch(i -> i.contains("is sealed"));
    put("k2", "after");
    assertThat(get("k2")).isEqualTo("after");
    reopen();
    assertThat(get("k2")).isEqualTo("after");
  }

  @Test
  void aCommitThatFailsWithoutATraceFailsItsWholeGroup() throws Exception {
    put("k1", "old");
    faults().failCommit(2, Leaving.NOTHING);
    assertGroupFails(false);
  }

  @Test
  void aCommitThatFailsButLandedIsFoundAtReopening() throws Exception {
    put("k1", "old");
    faults().failCommit(2, Leaving.DONE);
    assertGroupFails(true);
  }

  @Test
  void aSyncThatFailsFailsItsWholeGroup() throws Exception {
    put("k1", "old");
    faults().failSync(2, Leaving.DONE);
    assertGroupFails(true);
  }

  @Test
  void aHeldStateDoesNotKeepAFailedPartitionFromServing() throws Exception {
    put("k1", "old");
    try (HeldState held = partition().hold()) {
      faults().failSync(2, Leaving.DONE);
      assertGroupFails(true);
      assertThatThrownBy(() -> held.read(ReadTx::revision)).isInstanceOf(Unavailable.class);
    }
  }

  @Test
  void aFailedSyncIsNotRetriedAndWhileSealedAllIsRefused() {
    put("k1", "old");
    faults().failSync(1, Leaving.NOTHING);
    faults().failOpens(3);
    assertThatThrownBy(() -> put("k1", "new")).isInstanceOf(Unavailable.class);
    if (partition().state() == PartitionState.SEALED) {
      assertThat(partition().head().revision()).isEqualTo(1);
    }
    awaitServing();
    assertThat(faults().fired()).isEqualTo(1);
    assertThat(incidents().stream().filter(i -> i.contains("could not be opened"))).hasSize(3);
    put("k1", "newest");
    assertThat(get("k1")).isEqualTo("newest");
  }

  @Test
  void whileSealedReadsAndWritesAreRefusedAsNotApplied() {
    put("k1", "old");
    faults().failOpens(1_000_000);
    faults().failSync(1, Leaving.NOTHING);
    assertThatThrownBy(() -> put("k1", "new")).isInstanceOf(Unavailable.class);
    assertThat(partition().state()).isEqualTo(PartitionState.SEALED);
    assertThatThrownBy(() -> get("k1")).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> partition().journal(0, 1)).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> put("k1", "newer"))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.maybeApplied()).isFalse());
    faults().failOpens(0);
    awaitServing();
  }

  @Test
  void aSealedPartitionCloses() {
    put("k1", "old");
    faults().failOpens(1_000_000);
    faults().failSync(1, Leaving.NOTHING);
    assertThatThrownBy(() -> put("k1", "new")).isInstanceOf(Unavailable.class);
    partition().close();
    assertThat(partition().state()).isEqualTo(PartitionState.CLOSED);
    faults().failOpens(0);
    reopen();
    assertThat(get("k1")).isIn("old", "new");
  }

  @Test
  void aFullDiskIsNamedAndServiceComesBackWithSpace() {
    put("k1", "old");
    faults().full(true);
    assertThatThrownBy(() -> put("k1", "new"))
        .isInstanceOfSatisfying(
            Unavailable.class,
            e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.STORAGE_FULL));
    faults().full(false);
    awaitServing();
    assertThat(get("k1")).isEqualTo("old");
    put("k1", "newer");
    assertThat(get("k1")).isEqualTo("newer");
  }

  @Test
  void aFailingReadInAFunctionIsTheFunctionsFailureAndNotApplied() {
    put("k1", "old");
    faults().readsFail(true);
    assertThatThrownBy(() -> partition().write(tx -> tx.get(of("k1"))))
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.maybeApplied()).isFalse());
    assertThatThrownBy(() -> get("k1")).isInstanceOf(Unavailable.class);
    faults().readsFail(false);
    assertThat(get("k1")).isEqualTo("old");
  }

  @Test
  void reopeningWaitsForRunningReads() throws Exception {
    put("k1", "old");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Running<String> read =
        Running.start(() ->
            partition()
                .read(tx -> {
                  inside.countDown();
                  Waiting.until("the read may go on", () -> goOn.getCount() == 0);
                  return Bytes.text(tx.get(of("k1")));
                }));
    inside.await();
    faults().failSync(1, Leaving.NOTHING);
    assertThatThrownBy(() -> put("k1", "new")).isInstanceOf(Unavailable.class);
    assertThat(partition().state()).isEqualTo(PartitionState.SEALED);
    goOn.countDown();
    assertThat(read.get()).isEqualTo("old");
    awaitServing();
  }

  @Test
  void aFlippedBitIsCorruptForExactlyItsRecord() {
    put("k1", "one", "k2", "two");
    behindItsBack(e -> change(e, of("k1"), PartitionFailureContract::flipped));
    assertThatThrownBy(() -> get("k1")).isInstanceOf(Corrupt.class);
    assertThat(get("k2")).isEqualTo("two");
    assertThatThrownBy(() -> partition().write(tx -> tx.get(of("k1")))).isInstanceOf(Corrupt.class);
    put("k1", "whole");
    assertThat(get("k1")).isEqualTo("whole");
  }

  @Test
  void aValueUnderAnothersKeyIsCorrupt() {
    put("k1", "one", "k2", "two");
    byte[][] one = new byte[1][];
    behindItsBack(e -> {
      change(e, of("k1"), v -> one[0] = v);
      change(e, of("k2"), v -> one[0]);
    });
    assertThat(get("k1")).isEqualTo("one");
    assertThatThrownBy(() -> get("k2")).isInstanceOf(Corrupt.class);
  }

  @Test
  void aDamagedStampStopsTheOpening() {
    put("k1", "one");
    behindItsBack(e -> change(e, STAMP, PartitionFailureContract::flipped));
    assertThatThrownBy(this::partition).isInstanceOf(Corrupt.class);
  }

  @Test
  void aLostStampStopsTheOpening() {
    put("k1", "one");
    behindItsBack(e -> change(e, STAMP, v -> null));
    assertThatThrownBy(this::partition)
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("no commit stamp");
  }

  @Test
  void aLostJournalBlockAtEitherEndStopsTheOpening() {
    for (int lost : new int[] {1, 3}) {
      byte[][] saved = new byte[1][];
      while (partition().head().cursor() < 3) {
        partition().write(tx -> tx.append(Drafts.of("test.event", "s")));
      }
      behindItsBack(e -> {
        change(e, block(lost), v -> saved[0] = v);
        change(e, block(lost), v -> null);
      });
      assertThatThrownBy(this::partition).isInstanceOf(Corrupt.class).hasMessageContaining("spans");
      try (Engine raw = openEngine()) {
        change(raw, block(lost), v -> saved[0]);
        raw.sync();
      }
    }
    partition();
  }

  @Test
  void aLostJournalBlockInTheMiddleIsFoundByWhoeverReadsIt() {
    for (int i = 0; i < 3; i++) {
      partition().write(tx -> tx.append(Drafts.of("test.event", "s")));
    }
    behindItsBack(e -> change(e, block(2), v -> null));
    assertThatThrownBy(() -> partition().journal(0, 10)).isInstanceOf(Corrupt.class);
    assertThatThrownBy(() -> partition().journal(1, 10)).isInstanceOf(Corrupt.class);
    assertThat(partition().journal(2, 10).entries()).hasSize(1);
  }

  @Test
  void anAcknowledgedWriteThatTheEngineLostKeepsItSealed() {
    put("k1", "one");
    byte[][] earlier = new byte[1][];
    behindItsBack(e -> change(e, STAMP, v -> earlier[0] = v));
    put("k1", "two");
    faults().failOpens(1);
    faults().failSync(1, Leaving.NOTHING);
    Runnable lose =
        () -> {
          try (Engine raw = openEngine()) {
            change(raw, STAMP, v -> earlier[0]);
            raw.sync();
          }
        };
    faults().onFailedOpen(lose);
    assertThatThrownBy(() -> put("k1", "three")).isInstanceOf(Unavailable.class);
    Waiting.until(
        "the loss is found",
        () ->
            incidents().stream().anyMatch(i -> i.contains("Corrupt") && i.contains("known were")));
    assertThat(partition().state()).isEqualTo(PartitionState.SEALED);
  }

  private static byte[] flipped(byte[] stored) {
    byte[] v = stored.clone();
    v[v.length / 2] ^= 0x10;
    return v;
  }

  private static void change(Engine raw, byte[] key, UnaryOperator<byte[]> change) {
    byte[] stored;
    try (EngineSnapshot s = raw.snapshot();
        EngineReader r = s.reader()) {
      stored = r.get(key);
    }
    TreeMap<byte[], byte[]> set = new TreeMap<>(Arrays::compareUnsigned);
    set.put(key, change.apply(stored));
    raw.commit(Bytes.set(set));
  }
}
