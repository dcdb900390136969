package dev.anvil.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.testkit.Drafts;
import dev.anvil.ports.testkit.TestPartitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class JournalConsumerTest {
  private static final String DUTY = "copy/0";
  private static final byte[] CURSOR = new KeyWriter(KeySpace.OPERATIONS).part("c").toBytes();

  private final Partition partition = TestPartitions.inMemory();
  private final Map<String, DoubleSupplier> gauges = new HashMap<>();

  @AfterEach
  void close() {
    partition.close();
  }

  /** Copies every cursor under a key of its own, with the consumer's cursor beside it. */
  private final class Copy implements ConsumerEffect {
    private final List<String> applied = new ArrayList<>();
    private boolean dieBeforeCommit;
    private long rebuiltAt = -1;

    @Override
    public long cursor() {
      byte[] found = partition.read(tx -> tx.get(CURSOR));
      return found == null ? 0 : new RecordReader(found, "cursor", 1).i64();
    }

    @Override
    public void apply(List<JournalEntry> entries, long through, long token) {
      entries.forEach(e -> applied.add(e.cursor() + ""));
      if (dieBeforeCommit) {
        dieBeforeCommit = false;
        throw new IllegalStateException("power cut");
      }
      commit(through, token);
    }

    private void commit(long through, long token) {
      partition.write(tx -> {
        Fences.check(tx, DUTY, token);
        tx.put(CURSOR, new RecordWriter(1).i64(through).toBytes());
        return null;
      });
    }

    @Override
    public void rebuild(long head, long token) {
      rebuiltAt = head;
      commit(head, token);
    }
  }

  private record Held(long token, boolean held) implements Lease {
    @Override
    public void check() {
      if (!held) {
        throw new StaleFence("the lease is over");
      }
    }
  }

  private static Lease token(long token) {
    return new Held(token, true);
  }

  private void append(int n) {
    for (int i = 0; i < n; i++) {
      partition.write(tx -> tx.append(Drafts.of("test.event", "s")));
    }
  }

  private JournalConsumer consumer(ConsumerEffect effect, int page) {
    Meters none = Meters.none();
    Meters meters =
        new Meters() {
          @Override
          public Counter counter(String name, String help, String... labels) {
            return none.counter(name, help, labels);
          }

          @Override
          public Histogram histogram(String name, String help, double[] b, String... labels) {
            return none.histogram(name, help, b, labels);
          }

          @Override
          public void gauge(String name, String help, DoubleSupplier value, String... pairs) {
            gauges.put(name, value);
          }
        };
    return new JournalConsumer("copy", partition, effect, page, meters);
  }

  @Test
  void everyEntryIsAppliedOnceInOrderPageByPage() {
    append(25);
    Copy effect = new Copy();
    JournalConsumer consumer = consumer(effect, 10);
    assertThat(consumer.step(token(1))).isTrue();
    assertThat(gauges.get("anvil_consumer_lag_entries").getAsDouble()).isEqualTo(15);
    assertThat(consumer.step(token(1))).isTrue();
    assertThat(consumer.step(token(1))).isFalse();
    assertThat(consumer.step(token(1))).isFalse();
    assertThat(gauges.get("anvil_consumer_lag_entries").getAsDouble()).isZero();
    assertThat(effect.applied).hasSize(25).startsWith("1", "2").endsWith("24", "25");
    assertThat(effect.cursor()).isEqualTo(25);
  }

  @Test
  void aCrashBeforeTheCursorAppliesTheSamePageAgainAndGoesOn() {
    append(5);
    Copy effect = new Copy();
    effect.dieBeforeCommit = true;
    assertThatThrownBy(() -> consumer(effect, 10).step(token(1))).hasMessage("power cut");
    assertThat(effect.cursor()).isZero();
    append(1);
    consumer(effect, 10).step(token(2));
    assertThat(effect.applied)
        .containsExactly("1", "2", "3", "4", "5", "1", "2", "3", "4", "5", "6");
    assertThat(effect.cursor()).isEqualTo(6);
  }

  @Test
  void aPausedHolderIsStoppedByTheStore() {
    append(3);
    Copy effect = new Copy();
    consumer(effect, 2).step(token(9));
    assertThatThrownBy(() -> consumer(effect, 2).step(token(8))).isInstanceOf(StaleFence.class);
    assertThat(effect.cursor()).isEqualTo(2);
    assertThatThrownBy(() -> consumer(effect, 2).step(new Held(10, false)))
        .isInstanceOf(StaleFence.class);
    assertThat(effect.cursor()).isEqualTo(2);
  }

  @Test
  void whatFellOffRetentionIsRebuilt() {
    append(10);
    while (partition.trimJournal("trim/0", 1, 8)) {
      assertThat(partition.head().oldest()).isPositive();
    }
    assertThat(partition.head().oldest()).isEqualTo(9);
    Copy effect = new Copy();
    assertThat(consumer(effect, 5).step(token(1))).isTrue();
    assertThat(effect.rebuiltAt).isEqualTo(10);
    assertThat(consumer(effect, 5).step(token(1))).isFalse();
    assertThat(effect.applied).isEmpty();
  }
}
