package dev.anvil.objects.batch;

import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.Unavailable;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * Runs the items of a batch, a bounded number at a time, so that the commits of many share a sync;
 * items are independent and take no order.
 */
final class Items {
  private final Executor executor;

  /** Runs them in the calling thread and threads of the executor, or null for the former alone. */
  Items(Executor executor) {
    this.executor = executor;
  }

  /** What one item came to; exactly one of the two is null, or both where it found nothing. */
  record Done<T>(T value, AnvilException failure) {}

  /** Refuses a batch without items or with too many. */
  static void checkCount(int count) {
    if (count < 1 || count > BatchLimits.MAX_ITEMS) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "a batch has 1 to " + BatchLimits.MAX_ITEMS + " items, this one " + count,
          Map.of("items", count, "limit", BatchLimits.MAX_ITEMS));
    }
  }

  /** The key of one item under the key of its batch, so that a repeated batch repeats nothing. */
  static IdempotencyKey keyOf(IdempotencyKey batch, int item) {
    if (batch == null) {
      return null;
    }
    byte[] hash = new Fingerprint("batch item").text(batch.value()).number(item).toBytes();
    return new IdempotencyKey(HexFormat.of().formatHex(hash));
  }

  /** Runs all; what is not an answer to the caller ends the batch once all have ended. */
  <T> List<Done<T>> run(int count, IntFunction<T> item) {
    Batch<T> batch = new Batch<>(count, item);
    int helpers = executor == null ? 0 : Math.min(count, BatchLimits.MAX_RUNNING) - 1;
    CountDownLatch ended = new CountDownLatch(helpers);
    for (int i = 0; i < helpers; i++) {
      try {
        executor.execute(() -> {
          try {
            batch.work();
          } finally {
            ended.countDown();
          }
        });
      } catch (RejectedExecutionException e) {
        ended.countDown();
      }
    }
    batch.work();
    await(ended);
    return batch.outcomes();
  }

  private static void await(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Unavailable.maybeApplied("the batch was interrupted; look what is there", e);
    }
  }

  /** Items and the outcomes so far. */
  private static final class Batch<T> {
    private final int count;
    private final IntFunction<T> item;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReferenceArray<Done<T>> outcomes;
    private final AtomicReference<RuntimeException> accident = new AtomicReference<>();

    Batch(int count, IntFunction<T> item) {
      this.count = count;
      this.item = item;
      this.outcomes = new AtomicReferenceArray<>(count);
    }

    void work() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          outcomes.set(i, new Done<>(item.apply(i), null));
        } catch (AnvilException e) {
          outcomes.set(i, new Done<>(null, e));
        } catch (RuntimeException e) {
          accident.compareAndSet(null, e);
        }
      }
    }

    List<Done<T>> outcomes() {
      if (accident.get() != null) {
        throw accident.get();
      }
      List<Done<T>> all = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        all.add(outcomes.get(i));
      }
      return all;
    }
  }
}
