package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.drain;
import static dev.anvil.ports.testkit.Bytes.of;
import static dev.anvil.ports.testkit.Bytes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every partition promises of reads, writes and their order; on any engine. */
public abstract class PartitionContract extends PartitionFixture {
  private static List<String> all(ReadTx tx, Order order) {
    return drain(tx.scan(KeyRange.prefix(of("k")), order));
  }

  @Test
  void aWriteIsThereForTheNextRead() {
    Committed<String> c =
        partition()
            .write(tx -> {
              tx.put(of("k1"), of("one"));
              return "done";
            });
    assertThat(c.value()).isEqualTo("done");
    assertThat(c.revision()).isEqualTo(1);
    assertThat(c.commitId()).isZero();
    assertThat(get("k1")).isEqualTo("one");
    assertThat(partition().<Long>read(ReadTx::revision)).isEqualTo(1);
    assertThat(partition().head().revision()).isEqualTo(1);
    assertThat(partition().head().chain()).isNotZero();
  }

  @Test
  void aFunctionSeesItsOwnWritesInPointReadsAndScansOfBothOrders() {
    put("k1", "a", "k2", "b", "k4", "d");
    partition()
        .write(tx -> {
          tx.put(of("k3"), of("c"));
          tx.put(of("k1"), of("A"));
          tx.delete(of("k2"));
          tx.put(of("k5"), of("e"));
          assertThat(text(tx.get(of("k1")))).isEqualTo("A");
          assertThat(tx.get(of("k2"))).isNull();
          assertThat(all(tx, Order.ASCENDING)).containsExactly("k1=A", "k3=c", "k4=d", "k5=e");
          assertThat(all(tx, Order.DESCENDING)).containsExactly("k5=e", "k4=d", "k3=c", "k1=A");
          assertThat(drain(tx.scan(new KeyRange(of("k2"), of("k4")), Order.ASCENDING)))
              .containsExactly("k3=c");
          return null;
        });
    assertThat(partition().<List<String>>read(tx -> all(tx, Order.ASCENDING)))
        .containsExactly("k1=A", "k3=c", "k4=d", "k5=e");
  }

  @Test
  void aScanIsNotDisturbedByWritesMadeWhileItRuns() {
    put("k1", "a", "k2", "b");
    partition()
        .write(tx -> {
          tx.put(of("k0"), of("own"));
          tx.put(of("k3"), of("own"));
          tx.put(of("k5"), of("own"));
          int seen = 0;
          try (var c = tx.scan(KeyRange.prefix(of("k")), Order.ASCENDING)) {
            while (c.next()) {
              seen++;
              tx.delete(c.key());
              tx.put(of("k9" + seen), of("new"));
            }
          }
          assertThat(seen).isEqualTo(5);
          return null;
        });
    assertThat(partition().<List<String>>read(tx -> all(tx, Order.ASCENDING)))
        .containsExactly("k91=new", "k92=new", "k93=new", "k94=new", "k95=new");
  }

  @Test
  void aFunctionThatThrowsLeavesNoTrace() {
    put("k1", "a");
    assertThatThrownBy(() ->
            partition()
                .write(tx -> {
                  tx.put(of("k1"), of("changed"));
                  tx.put(of("k2"), of("new"));
                  tx.append(Drafts.of("test.event", "s"));
                  tx.onDurable(() -> {
                    throw new AssertionError("a hook of a refused function ran");
                  });
                  throw new Conflict(Conflict.Reason.values()[0], "no");
                }))
        .isInstanceOf(Conflict.class);
    assertThat(get("k1")).isEqualTo("a");
    assertThat(get("k2")).isNull();
    assertThat(partition().head().cursor()).isZero();
    Committed<Long> next = partition().write(tx -> tx.append(Drafts.of("test.event", "s")));
    assertThat(next.value()).isEqualTo(1);
    assertThat(next.commitId()).isEqualTo(1);
  }

  @Test
  void aGroupCommitsOnceAndItsFunctionsSeeEachOther() throws Exception {
    put("k0", "0");
    List<Running<Committed<String>>> writes;
    long before = partition().stats().engine().syncs();
    long first = partition().head().cursor() + 1;
    try (Held held = holdTheWriter()) {
      writes =
          held.queue(
              10,
              tx -> {
                String was = text(tx.get(of("k0")));
                tx.put(of("k0"), of("" + (Integer.parseInt(was) + 1)));
                tx.put(of("k1" + was), of("x"));
                assertThat(all(tx, Order.ASCENDING)).hasSize(Integer.parseInt(was) + 2);
                assertThat(tx.append(Drafts.of("test.event", was)))
                    .isEqualTo(first + Integer.parseInt(was));
                assertThat(tx.firstCursor()).isEqualTo(first);
                return was;
              });
    }
    for (Running<Committed<String>> w : writes) {
      assertThat(w.get().revision()).isEqualTo(3);
    }
    assertThat(get("k0")).isEqualTo("10");
    assertThat(partition().stats().engine().syncs()).isEqualTo(before + 2);
    assertThat(partition().stats().functions()).isEqualTo(12);
    assertThat(partition().stats().groups()).isEqualTo(3);
  }

  @Test
  void refusalsInAGroupTakeTheirWritesBackFromTheGroup() throws Exception {
    put("k0", "0");
    List<Running<Committed<Object>>> writes;
    try (Held held = holdTheWriter()) {
      writes =
          held.queue(
              4,
              tx -> {
                String was = text(tx.get(of("k0")));
                boolean odd = tx.get(of("seen")) == null;
                tx.put(of("k0"), of(was + "+"));
                tx.append(Drafts.of("test.event", was));
                if (odd) {
                  tx.put(of("seen"), of("1"));
                } else {
                  throw new Conflict(Conflict.Reason.values()[0], "seen");
                }
                return null;
              });
    }
    assertThat(writes.stream().filter(Running::succeeds)).hasSize(1);
    assertThat(get("k0")).isEqualTo("0+");
    assertThat(partition().head().cursor()).isEqualTo(1);
  }

  @Test
  void outcomesAndReadersWaitForTheSync() throws Exception {
    put("k1", "old");
    var latch = faults().holdSyncs();
    Running<Committed<Object>> write = Running.start(() -> put("k1", "new"));
    Waiting.until("the group is committed", () -> partition().stats().engine().commits() == 2);
    Running<Object> refusal =
        Running.start(() ->
            partition()
                .write(tx -> {
                  throw new Conflict(Conflict.Reason.values()[0], text(tx.get(of("k1"))));
                }));
    assertThat(get("k1")).isEqualTo("old");
    assertThat(partition().head().revision()).isEqualTo(1);
    assertThat(write.isDone()).isFalse();
    assertThat(refusal.isDone()).isFalse();
    latch.countDown();
    assertThat(write.get().revision()).isEqualTo(2);
    assertThatThrownBy(refusal::get).isInstanceOf(Conflict.class).hasMessage("new");
    assertThat(get("k1")).isEqualTo("new");
  }

  @Test
  void hooksRunWhenReadersSeeTheStateAndBeforeTheOutcome() {
    StringBuilder seen = new StringBuilder();
    partition()
        .write(tx -> {
          tx.put(of("k1"), of("v"));
          tx.onDurable(() -> seen.append(get("k1")).append(partition().head().revision()));
          return null;
        });
    assertThat(seen).hasToString("v1");
  }

  @Test
  void readsThatWereAnnouncedAreThoseThatMayBeMade() {
    put("k1", "a", "k2", "b", "k3", "c");
    assertThat(partition().<Integer>write(WriteBounds.reads(3), PartitionContract::readThree))
        .isNotNull();
    assertThatThrownBy(
            () -> partition().<Integer>write(WriteBounds.reads(2), PartitionContract::readThree))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2");
    assertThatThrownBy(
            () -> partition().write(WriteBounds.reads(2), tx -> all(tx, Order.ASCENDING)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static int readThree(WriteTx tx) {
    tx.get(of("k1"));
    tx.get(of("k2"));
    return tx.get(of("k3")).length;
  }

  @Test
  void aTransactionEndsWithItsFunction() {
    WriteTx[] kept = new WriteTx[1];
    partition()
        .write(tx -> {
          kept[0] = tx;
          return null;
        });
    assertThatThrownBy(() -> kept[0].put(of("k1"), of("v")))
        .isInstanceOf(IllegalStateException.class);
    ReadTx[] read = new ReadTx[1];
    partition().read(tx -> read[0] = tx);
    assertThatThrownBy(() -> read[0].get(of("k1"))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theTimeOfCommitsNeverGoesBack() {
    Instant first = put("k1", "a").committedAt();
    clock().move(Duration.ofHours(-1));
    Instant second = put("k1", "b").committedAt();
    assertThat(second).isEqualTo(first);
    reopen();
    assertThat(put("k1", "c").committedAt()).isEqualTo(first);
    clock().move(Duration.ofHours(2));
    assertThat(put("k1", "d").committedAt()).isAfter(first);
  }

  @Test
  void aReadSeesOneStateAndIsBounded() {
    put("k1", "a");
    List<String> seen =
        partition()
            .read(tx -> {
              String before = text(tx.get(of("k1")));
              put("k1", "b", "k2", "c");
              return List.of(before, String.join(" ", all(tx, Order.DESCENDING)));
            });
    assertThat(seen).containsExactly("a", "k1=a");
    assertThatThrownBy(() ->
            partition()
                .read(tx -> {
                  ticker().advance(Duration.ofSeconds(6));
                  return tx.get(of("k1"));
                }))
        .isInstanceOfSatisfying(
            Unavailable.class, e -> assertThat(e.reason()).isEqualTo(Unavailable.Reason.TIMEOUT));
    assertThat(get("k1")).isEqualTo("b");
  }

  @Test
  void anEmptyWriteChangesNothing() {
    put("k1", "a");
    var head = partition().head();
    assertThat(partition().write(tx -> text(tx.get(of("k1")))).value()).isEqualTo("a");
    assertThat(partition().head()).isEqualTo(head);
  }

  @Test
  void whatWasAcknowledgedIsThereAfterReopening() {
    put("k1", "a");
    partition().write(tx -> tx.append(Drafts.full("s")));
    var head = partition().head();
    reopen();
    assertThat(partition().head()).isEqualTo(head);
    assertThat(get("k1")).isEqualTo("a");
    put("k2", "b");
    assertThat(partition().head().revision()).isEqualTo(3);
  }

  @Test
  void aClosedPartitionRefuses() {
    put("k1", "a");
    partition().close();
    partition().close();
    assertThat(partition().state()).isEqualTo(PartitionState.CLOSED);
    assertThatThrownBy(() -> get("k1")).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> put("k1", "b")).isInstanceOf(Unavailable.class);
    assertThatThrownBy(() -> partition().awaitPast(5, 1)).isInstanceOf(Unavailable.class);
  }

  @Test
  void anInterruptedCallerEndsItsWaitAndHarmsNothingElse() throws Exception {
    put("k1", "a");
    var latch = faults().holdSyncs();
    Running<Committed<Object>> other = Running.start(() -> put("k3", "c"));
    Waiting.until("the first group commits", () -> partition().stats().engine().commits() == 2);
    Running<Committed<Object>> write = Running.start(() -> put("k2", "b"));
    Waiting.until("it waits", () -> partition().stats().waiting() == 1);
    write.thread().interrupt();
    assertThatThrownBy(write::get)
        .isInstanceOfSatisfying(Unavailable.class, e -> assertThat(e.maybeApplied()).isTrue());
    latch.countDown();
    assertThat(other.get()).isNotNull();
    put("k4", "d");
    assertThat(get("k2")).isEqualTo("b");
  }

  @Test
  void aHeldStateStaysWhateverIsWritten() {
    put("k1", "a", "k2", "b");
    HeldState held = partition().hold();
    put("k1", "A", "k3", "c");
    assertThat(held.head().revision()).isEqualTo(1);
    assertThat(held.<List<String>>read(tx -> all(tx, Order.ASCENDING)))
        .containsExactly("k1=a", "k2=b");
    put("k4", "d");
    assertThat(held.<String>read(tx -> text(tx.get(of("k1"))))).isEqualTo("a");
    held.close();
    held.close();
    assertThatThrownBy(() -> held.read(ReadTx::revision)).isInstanceOf(Unavailable.class);
    assertThat(get("k1")).isEqualTo("A");
  }

  @Test
  void aClosedPartitionTakesHeldStatesAway() {
    put("k1", "a");
    HeldState held = partition().hold();
    reopen();
    assertThatThrownBy(() -> held.read(ReadTx::revision)).isInstanceOf(Unavailable.class);
    assertThat(get("k1")).isEqualTo("a");
  }

  @Test
  void aFunctionOrHookThatWritesAgainFailsInsteadOfWaitingForItself() {
    assertThatThrownBy(() -> partition().write(tx -> put("k1", "a")))
        .isInstanceOf(IllegalStateException.class);
    partition()
        .write(tx -> {
          tx.put(of("k2"), of("b"));
          tx.onDurable(() -> put("k3", "c"));
          return null;
        });
    assertThat(get("k2")).isEqualTo("b");
    assertThat(get("k3")).isNull();
    assertThat(incidents()).anyMatch(i -> i.contains("a view failed to follow"));
  }

  @Test
  void whatIsRememberedIsWhatTheStateHolds() {
    byte[] key = of("hot");
    Function<byte[], String> decode = v -> v == null ? null : text(v);
    assertThat(partition().<String>read(tx -> tx.remembered(key, decode))).isNull();
    for (int i = 0; i < 20; i++) {
      String value = "v" + i;
      String before = i == 0 ? null : "v" + (i - 1);
      put("other" + i, "x");
      partition()
          .write(tx -> {
            assertThat(tx.remembered(key, decode)).isEqualTo(before);
            tx.put(key, of(value));
            assertThat(tx.remembered(key, decode)).isEqualTo(value);
            return null;
          });
      assertThat(partition().<String>read(tx -> tx.remembered(key, decode))).isEqualTo(value);
    }
    partition()
        .write(tx -> {
          tx.delete(key);
          return null;
        });
    assertThat(partition().<String>read(tx -> tx.remembered(key, decode))).isNull();
  }

  @Test
  void readersOfOlderStatesTeachNewerOnesNothing() {
    byte[] key = of("hot");
    byte[][] many = new byte[300][];
    for (int i = 0; i < many.length; i++) {
      many[i] = of("cold" + i);
    }
    put("hot", "first");
    AtomicBoolean over = new AtomicBoolean();
    List<Running<Integer>> readers = new ArrayList<>();
    for (int r = 0; r < 4; r++) {
      readers.add(
          Running.start(() -> {
            int reads = 0;
            while (!over.get()) {
              byte[] also = many[reads % many.length];
              boolean same =
                  partition()
                      .read(tx -> {
                        tx.remembered(also, v -> v != null);
                        return Arrays.equals(tx.remembered(key, v -> v), tx.get(key));
                      });
              assertThat(same).as("remembered is read").isTrue();
              reads++;
            }
            return reads;
          }));
    }
    for (int i = 0; i < 300; i++) {
      put("hot", "v" + i);
    }
    Waiting.until("readers met states", () -> partition().stats().reads() > 100);
    over.set(true);
    assertThat(readers.stream().mapToInt(Running::get).sum()).isPositive();
  }
}
