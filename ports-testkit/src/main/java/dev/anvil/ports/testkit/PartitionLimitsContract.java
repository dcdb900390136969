package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.Groundwork;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;

/** Every bound of the waist at the bound and one past it; on any engine. */
public abstract class PartitionLimitsContract extends PartitionFixture {
  private void assertTooLarge(Function<WriteTx, Object> function) {
    assertThatThrownBy(() -> partition().write(function))
        .isInstanceOfSatisfying(
            LimitExceeded.class,
            e -> assertThat(e.reason()).isEqualTo(LimitExceeded.Reason.TOO_LARGE));
  }

  private static Function<WriteTx, Object> puts(String key, int... sizes) {
    return tx -> {
      for (int i = 0; i < sizes.length; i++) {
        tx.put(of(key + i), new byte[sizes[i]]);
      }
      return null;
    };
  }

  @Test
  void valuesAndKeysAtTheBoundAndOnePastIt() {
    partition().write(puts("k", WaistLimits.MAX_VALUE_BYTES));
    assertTooLarge(puts("k", WaistLimits.MAX_VALUE_BYTES + 1));
    byte[] key = new byte[WaistLimits.MAX_KEY_BYTES];
    key[0] = 0x30;
    partition()
        .write(tx -> {
          tx.put(key, of("v"));
          return null;
        });
    byte[] longer = new byte[WaistLimits.MAX_KEY_BYTES + 1];
    longer[0] = 0x30;
    assertTooLarge(tx -> {
      tx.put(longer, of("v"));
      return null;
    });
    assertThat(partition().<Integer>read(tx -> tx.get(of("k0")).length + tx.get(key).length))
        .isEqualTo(WaistLimits.MAX_VALUE_BYTES + 1);
  }

  @Test
  void oneFunctionMayFillASetAndNoMore() {
    int mib = 1 << 20;
    partition().write(puts("k", mib, 900_000));
    assertTooLarge(puts("k", mib, mib));
    assertThat(partition().<Integer>read(tx -> tx.get(of("k1")).length)).isEqualTo(900_000);
    assertTooLarge(tx -> {
      try {
        puts("k", mib, mib).apply(tx);
      } catch (LimitExceeded e) {
        tx.delete(of("k1"));
      }
      return null;
    });
    assertThat(partition().<byte[]>read(tx -> tx.get(of("k1")))).isNotNull();
  }

  @Test
  void aFunctionThatWouldOverfillTheSetRunsAgainInTheNextGroup() throws Exception {
    List<Running<Committed<Object>>> writes = new ArrayList<>();
    partition();
    try (Held held = holdTheWriter()) {
      writes.addAll(held.queue(1, puts("a", 200_000)));
      writes.addAll(held.queue(1, puts("b", 1_000_000, 900_000)));
      writes.addAll(held.queue(1, puts("c", 10)));
    }
    List<Long> revisions = writes.stream().map(w -> w.get().revision()).toList();
    assertThat(revisions).containsExactly(2L, 3L, 4L);
    assertThat(partition().<Integer>read(tx -> tx.get(of("b1")).length)).isEqualTo(900_000);
  }

  @Test
  void aGroupClosesWhenItsSetIsLarge() throws Exception {
    List<Running<Committed<Object>>> writes = new ArrayList<>();
    partition();
    try (Held held = holdTheWriter()) {
      for (String key : new String[] {"a", "b", "c", "d"}) {
        writes.addAll(held.queue(1, puts(key, 140_000)));
      }
    }
    assertThat(writes.stream().map(w -> w.get().revision()).toList())
        .containsExactly(2L, 2L, 3L, 3L);
  }

  @Test
  void aGroupClosesAtItsCountOfFunctions() throws Exception {
    List<Running<Committed<Object>>> writes;
    partition();
    try (Held held = holdTheWriter()) {
      writes = held.queue(WaistLimits.MAX_GROUP_FUNCTIONS + 3, puts("a", 10));
    }
    long second = writes.stream().filter(w -> w.get().revision() == 3).count();
    assertThat(second).isEqualTo(3);
  }

  @Test
  void moreFunctionsThanMayWaitAreRefused() throws Exception {
    partition();
    try (Held held = holdTheWriter()) {
      held.queue(WaistLimits.MAX_WAITING_FUNCTIONS, puts("a", 10));
      assertOverloaded(WriteBounds.DEFAULT);
    }
    Waiting.until("all have run", () -> partition().stats().waiting() == 0);
    put("k", "v");
  }

  @Test
  void moreBytesThanMayWaitAreRefused() throws Exception {
    partition();
    WriteBounds half = new WriteBounds(1, (int) (WaistLimits.MAX_WAITING_BYTES / 2));
    try (Held held = holdTheWriter()) {
      held.queue(half, 1, puts("a", 10));
      held.queue(half, 1, puts("b", 10));
      assertOverloaded(new WriteBounds(1, 1));
    }
    Waiting.until("all have run", () -> partition().stats().waiting() == 0);
    put("k", "v");
  }

  /** The writer takes many out of the queue at once: they wait for all that. */
  @Test
  void whatTheWriterHasTakenAndNotRunStillWaits() {
    partition();
    WriteBounds half = new WriteBounds(1, (int) (WaistLimits.MAX_WAITING_BYTES / 2));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Running<Committed<Object>>> all = new ArrayList<>();
    try (Held held = holdTheWriter()) {
      all.addAll(held.queue(new WriteBounds(1, 0), 1, tx -> block(entered, go)));
      all.addAll(held.queue(half, 2, puts("a", 10)));
    }
    Waiting.until("the writer runs the first", () -> entered.getCount() == 0);
    try {
      assertThat(partition().stats().waiting()).isGreaterThanOrEqualTo(2);
      Running<?> more =
          Running.start(() -> partition().write(new WriteBounds(1, 1), puts("b", 10)));
      Waiting.until("one more is refused", more::isDone);
      assertOverloaded(more::get);
    } finally {
      go.countDown();
    }
    all.forEach(Running::get);
    assertThat(partition().stats().waiting()).isZero();
    partition().write(half, puts("c", 10));
  }

  private static Object block(CountDownLatch entered, CountDownLatch go) {
    entered.countDown();
    try {
      return go.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void assertOverloaded(WriteBounds bounds) {
    assertOverloaded(() -> partition().write(bounds, puts("b", 10)));
  }

  private static void assertOverloaded(ThrowableAssert.ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            Unavailable.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Unavailable.Reason.OVERLOADED);
              assertThat(e.maybeApplied()).isFalse();
            });
  }

  /** Groundwork that notes what it was laid with. */
  private static final class Noted implements Groundwork {
    private final List<Integer> laid;
    private final RuntimeException failure;

    private Noted(List<Integer> laid, RuntimeException failure) {
      this.laid = laid;
      this.failure = failure;
    }

    @Override
    public void lay(List<Groundwork> all) {
      laid.add(all.size());
      if (failure != null) {
        throw failure;
      }
    }
  }

  private static WriteBounds on(Groundwork groundwork) {
    return new WriteBounds(8, 100, groundwork);
  }

  @Test
  void groundworkOfAGroupIsLaidAtOnceBeforeItsFunctionsRun() {
    List<Integer> laid = new CopyOnWriteArrayList<>();
    List<Running<Committed<Integer>>> all;
    try (Held held = holdTheWriter()) {
      all = held.queue(on(new Noted(laid, null)), 5, tx -> laid.size());
    }
    all.forEach(w -> assertThat(w.get().value()).isEqualTo(1));
    assertThat(laid).containsExactly(5);
    assertThat(all.stream().map(w -> w.get().revision()).distinct()).hasSize(1);
  }

  @Test
  void groundworkThatFailsEndsItsFunctionsAloneAndUnrun() {
    List<Integer> laid = new CopyOnWriteArrayList<>();
    Unavailable why = new Unavailable(Unavailable.Reason.STORAGE_FULL, "no room (planned)");
    List<Running<Committed<Object>>> failing = new ArrayList<>();
    List<Running<Committed<Object>>> others = new ArrayList<>();
    try (Held held = holdTheWriter()) {
      others.addAll(held.queue(1, tx -> note(tx, "before")));
      failing.addAll(held.queue(on(new Noted(laid, why)), 2, tx -> note(tx, "failed")));
      others.addAll(held.queue(1, tx -> note(tx, "after")));
    }
    others.forEach(Running::get);
    for (Running<Committed<Object>> w : failing) {
      assertThatThrownBy(w::get).isSameAs(why);
    }
    assertThat(laid).containsExactly(2);
    assertThat(get("before")).isEqualTo("x");
    assertThat(get("after")).isEqualTo("x");
    assertThat(get("failed")).isNull();
    assertThat(partition().state()).isEqualTo(PartitionState.SERVING);
  }

  @Test
  void whatWaitsForAnotherGroupKeepsItsGroundwork() {
    List<Integer> laid = new CopyOnWriteArrayList<>();
    byte[] large = new byte[200 << 10];
    List<Running<Committed<Object>>> all;
    try (Held held = holdTheWriter()) {
      all =
          held.queue(
              on(new Noted(laid, null)),
              4,
              tx -> {
                tx.put(Bytes.of("k" + tx.nextCursor() + tx.revision()), large);
                tx.append(Drafts.of("test.event", "s"));
                return null;
              });
    }
    assertThat(all.stream().map(w -> w.get().revision()).distinct()).hasSize(2);
    assertThat(laid).containsExactly(4);
  }

  private static Object note(WriteTx tx, String key) {
    tx.put(Bytes.of(key), Bytes.of("x"));
    return null;
  }
}
