package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * One writer rewrites all keys in each commit; many threads read snapshots: within one, all keys
 * show the same commit, however often they are read.
 */
final class EngineSnapshotStability {
  private static final int COMMITS = 150;
  private static final int KEYS = 20;
  private static final int READERS = 6;

  private EngineSnapshotStability() {}

  static void check(Engine engine) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
      commit(engine, 0);
      List<Future<Integer>> readers =
          IntStream.range(0, READERS)
              .mapToObj(i -> threads.submit((Callable<Integer>) () -> readAll(engine, over)))
              .toList();
      try {
        for (int i = 1; i <= COMMITS; i++) {
          commit(engine, i);
        }
      } finally {
        over.set(true);
      }
      for (Future<Integer> r : readers) {
        assertThat(r.get()).isPositive();
      }
    }
  }

  private static void commit(Engine engine, int number) {
    TreeMap<byte[], byte[]> all = new TreeMap<>(Arrays::compareUnsigned);
    for (int k = 0; k < KEYS; k++) {
      all.put(Bytes.of("key" + k), Bytes.of("" + number));
    }
    if (number % 2 == 0) {
      all.put(Bytes.of("even"), Bytes.of("" + number));
    } else {
      all.put(Bytes.of("even"), null);
    }
    engine.commit(Bytes.set(all));
  }

  private static int readAll(Engine engine, AtomicBoolean over) {
    int rounds = 0;
    do {
      try (EngineSnapshot s = engine.snapshot()) {
        String seen = check(s, null);
        check(s, seen);
      }
      rounds++;
    } while (!over.get());
    return rounds;
  }

  private static String check(EngineSnapshot snapshot, String expected) {
    try (EngineReader r = snapshot.reader()) {
      String number = Bytes.text(r.get(Bytes.of("key0")));
      if (expected != null) {
        assertThat(number).isEqualTo(expected);
      }
      boolean even = Integer.parseInt(number) % 2 == 0;
      List<String> all = Bytes.drain(r.scan(KeyRange.ALL, Order.ASCENDING));
      assertThat(all).hasSize(KEYS + (even ? 1 : 0)).allMatch(e -> e.endsWith("=" + number));
      return number;
    }
  }
}
