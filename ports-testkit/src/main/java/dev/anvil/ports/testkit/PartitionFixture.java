package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Committed;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import dev.anvil.waist.GroupCommitPartition;
import dev.anvil.waist.WaistRuntime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;

/** A partition with faults under it, opened when first used, closed after each test. */
public abstract class PartitionFixture {
  private final EngineFaults faults = new EngineFaults();
  private final ManualTicker ticker = new ManualTicker();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-02T03:04:05.678Z"));
  private final List<String> incidents = new CopyOnWriteArrayList<>();
  private GroupCommitPartition partition;

  /** Opens the engine of this test's own folder; called again after a close. */
  protected abstract Engine openEngine();

  protected final EngineFaults faults() {
    return faults;
  }

  protected final ManualTicker ticker() {
    return ticker;
  }

  protected final ManualClock clock() {
    return clock;
  }

  /** What was reported so far. */
  protected final List<String> incidents() {
    return incidents;
  }

  protected final GroupCommitPartition partition() {
    if (partition == null) {
      partition = openPartition();
    }
    return partition;
  }

  private GroupCommitPartition openPartition() {
    WaistRuntime runtime =
        new WaistRuntime(
            Thread.ofPlatform().daemon().name("test-writer-", 0).factory(),
            ticker,
            clock,
            Meters.none(),
            (what, cause) -> incidents.add(what + (cause == null ? "" : ": " + cause)));
    return GroupCommitPartition.open(new PartitionId(3), this::faultyEngine, runtime);
  }

  private Engine faultyEngine() {
    faults.onOpen();
    return new FaultyEngine(openEngine(), faults);
  }

  /** Closes the partition and opens it again, as a restart of the process does. */
  protected final void reopen() {
    partition().close();
    partition = null;
    partition();
  }

  /** Closes the partition, changes its engine by hand, and lets the next use open it again. */
  protected final void behindItsBack(java.util.function.Consumer<Engine> change) {
    partition().close();
    partition = null;
    try (Engine raw = openEngine()) {
      change.accept(raw);
      raw.sync();
    }
  }

  @AfterEach
  final void closePartition() {
    if (partition != null) {
      partition.close();
    }
    assertThat(faults.misuses()).as("retries of failed steps, closings under readers").isZero();
  }

  protected final String get(String key) {
    return partition().read(tx -> Bytes.text(tx.get(Bytes.of(key))));
  }

  /** Puts key, value, key, value, ... in one function. */
  protected final Committed<Object> put(String... keysAndValues) {
    return partition()
        .write(tx -> {
          for (int i = 0; i < keysAndValues.length; i += 2) {
            tx.put(Bytes.of(keysAndValues[i]), Bytes.of(keysAndValues[i + 1]));
          }
          return null;
        });
  }

  /** Keeps the writer busy with one function until closed, so that others gather behind it. */
  protected final Held holdTheWriter() {
    return new Held();
  }

  /** See {@link #holdTheWriter}. */
  protected final class Held implements AutoCloseable {
    private final CountDownLatch latch = faults.holdSyncs();
    private final Running<Committed<Object>> first;

    private Held() {
      long commits = partition().stats().engine().commits();
      first = Running.start(() -> put("held", "x"));
      Waiting.until(
          "the writer is held", () -> partition().stats().engine().commits() == commits + 1);
    }

    /** Queues the function n times, each from its own thread, and waits until all are queued. */
    public <T> List<Running<Committed<T>>> queue(int n, Function<WriteTx, T> function) {
      return queue(WriteBounds.DEFAULT, n, function);
    }

    /** As above with bounds. */
    public <T> List<Running<Committed<T>>> queue(
        WriteBounds bounds, int n, Function<WriteTx, T> function) {
      int before = partition().stats().waiting();
      List<Running<Committed<T>>> all = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        all.add(Running.start(() -> partition().write(bounds, function)));
      }
      Waiting.until(n + " functions wait", () -> partition().stats().waiting() == before + n);
      return all;
    }

    @Override
    public void close() {
      latch.countDown();
      faults.beforeSync(() -> {});
      first.get();
    }
  }
}
