package dev.anvil.waist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.WriteSet.Mutation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Readers beside the writer: what is known at a revision is what the key held at it. */
@Tag("fast")
class KnownRecordsRaceTest {
  private static final int KEYS = 24;
  private static final int REVISIONS = 60_000;
  private static final int READERS = 3;

  /** For each revision and key the revision that changed the key last, 0 if it holds nothing. */
  private final int[][] last = new int[REVISIONS + 1][];

  private final KnownRecords known = new KnownRecords(new RecordRoom(3_000, 16, 0), 0);
  private final AtomicInteger published = new AtomicInteger();
  private final AtomicInteger found = new AtomicInteger();
  private final AtomicReference<String> wrong = new AtomicReference<>();

  private static byte[] key(int n) {
    return new byte[] {'k', (byte) n};
  }

  private static byte[] value(int changed) {
    return changed == 0 ? null : ByteBuffer.allocate(4).putInt(changed).array();
  }

  @Test
  void noReaderMeetsAValueOfAnotherRevision() throws InterruptedException {
    List<List<Mutation>> groups = history(new Random(11));
    List<Thread> readers = new ArrayList<>();
    for (int n = 0; n < READERS; n++) {
      Random random = new Random(n);
      readers.add(Thread.ofPlatform().start(() -> read(random)));
    }
    for (int revision = 1; revision <= REVISIONS && wrong.get() == null; revision++) {
      known.changed(groups.get(revision - 1), revision);
      published.set(revision);
    }
    published.set(REVISIONS);
    for (Thread reader : readers) {
      reader.join();
    }
    assertThat(wrong.get()).isNull();
    assertThat(found.get()).isGreaterThan(1_000);
  }

  private List<List<Mutation>> history(Random random) {
    List<List<Mutation>> groups = new ArrayList<>();
    last[0] = new int[KEYS];
    for (int revision = 1; revision <= REVISIONS; revision++) {
      last[revision] = last[revision - 1].clone();
      List<Mutation> group = new ArrayList<>();
      for (int n = random.nextInt(KEYS); n < KEYS; n += 1 + random.nextInt(KEYS)) {
        boolean gone = random.nextInt(5) == 0;
        last[revision][n] = gone ? 0 : revision;
        byte[] key = key(n);
        group.add(new Mutation(key, gone ? null : RecordCheck.seal(key, value(revision))));
      }
      groups.add(group);
    }
    return groups;
  }

  private void read(Random random) {
    for (int at = 0; at < REVISIONS && wrong.get() == null; ) {
      at = published.get();
      // a reader of a state that others have left meanwhile, too
      int revision = Math.max(0, at - random.nextInt(3));
      int n = random.nextInt(KEYS);
      byte[] had = value(last[revision][n]);
      KnownRecords.Known k = known.find(key(n), revision);
      if (k == null) {
        known.offer(key(n), had, revision);
      } else if (Arrays.equals(k.copy(), had)) {
        found.incrementAndGet();
      } else {
        wrong.compareAndSet(null, "key " + n + " at revision " + revision + " of " + at);
      }
    }
  }
}
