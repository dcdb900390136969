package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.testkit.EngineFaults.Leaving;
import dev.anvil.ports.testkit.LinearizabilityChecker.Operation;
import dev.anvil.ports.testkit.LinearizabilityChecker.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Concurrent histories of a partition have a sequential explanation; on any engine. */
public abstract class PartitionHistoryContract extends PartitionFixture {
  private static final int THREADS = 6;
  private static final int OPERATIONS = 25;
  private static final int KEYS = 2;
  private static final int ROUNDS = 4;

  private enum Kind {
    READ,
    PUT,
    SWAP,
    SCAN
  }

  private record Input(Kind kind, String key, String expected, String value) {}

  /** Compares and sets, reads and scans on a map of a few registers. */
  private static Step<Map<String, String>, String> sequential(Map<String, String> s, Input in) {
    String was = s.getOrDefault(in.key, "none");
    return switch (in.kind) {
      case READ -> new Step<>(s, was);
      case SCAN -> new Step<>(s, s.toString());
      case PUT -> new Step<>(with(s, in), "ok");
      case SWAP ->
          was.equals(in.expected) ? new Step<>(with(s, in), "swapped") : new Step<>(s, "is " + was);
    };
  }

  private static Map<String, String> with(Map<String, String> s, Input in) {
    Map<String, String> next = new TreeMap<>(s);
    next.put(in.key, in.value);
    return next;
  }

  @Test
  void calmHistoriesAreLinearizable() {
    Seeds.fixed(random -> {
      for (int round = 0; round < ROUNDS; round++) {
        check(record("calm" + round, random));
      }
    });
  }

  @Test
  void historiesWithFailingGroupsAreLinearizable() {
    Seeds.fixed(random -> {
      for (int round = 0; round < ROUNDS; round++) {
        Leaving leaving = random.nextBoolean() ? Leaving.DONE : Leaving.NOTHING;
        if (random.nextBoolean()) {
          faults().failCommit(random.nextInt(1, 20), leaving);
        } else {
          faults().failSync(random.nextInt(1, 20), leaving);
        }
        check(record("fault" + round, random));
      }
    });
  }

  private static void check(List<Operation<Input, String>> history) {
    assertThat(history).hasSizeGreaterThan(OPERATIONS);
    assertThat(
            LinearizabilityChecker.isLinearizable(
                history, Map.of(), PartitionHistoryContract::sequential))
        .as("a sequential order of %s", history)
        .isTrue();
  }

  private List<Operation<Input, String>> record(String prefix, SplittableRandom random) {
    partition();
    ConcurrentLinkedQueue<Operation<Input, String>> history = new ConcurrentLinkedQueue<>();
    List<Running<Object>> clients = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int client = t;
      SplittableRandom own = random.split();
      clients.add(
          Running.start(() -> {
            for (int i = 0; i < OPERATIONS; i++) {
              operate(prefix, input(prefix, client + "." + i, own), history);
            }
            return null;
          }));
    }
    clients.forEach(Running::get);
    return List.copyOf(history);
  }

  private static Input input(String prefix, String value, SplittableRandom random) {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    String key = prefix + "/" + random.nextInt(KEYS);
    return new Input(kind, key, random.nextInt(3) == 0 ? "none" : "1." + random.nextInt(25), value);
  }

  private void operate(
      String prefix, Input in, ConcurrentLinkedQueue<Operation<Input, String>> history) {
    long began = System.nanoTime();
    try {
      String out = perform(prefix, in);
      history.add(Operation.answered(in, out, began, System.nanoTime()));
    } catch (Unavailable e) {
      if (e.maybeApplied()) {
        history.add(Operation.lost(in, began));
      }
      Waiting.until("it serves again", () -> partition().state() == PartitionState.SERVING);
    }
  }

  private String perform(String prefix, Input in) {
    return switch (in.kind) {
      case READ -> partition().read(tx -> register(tx, in.key));
      case SCAN -> partition().read(tx -> scan(tx, prefix));
      case PUT -> {
        put(in.key, in.value);
        yield "ok";
      }
      case SWAP ->
          partition()
              .write(tx -> {
                String was = register(tx, in.key);
                if (!was.equals(in.expected)) {
                  return "is " + was;
                }
                tx.put(of(in.key), of(in.value));
                return "swapped";
              })
              .value();
    };
  }

  private static String register(ReadTx tx, String key) {
    byte[] value = tx.get(of(key));
    return value == null ? "none" : Bytes.text(value);
  }

  private static String scan(ReadTx tx, String prefix) {
    Map<String, String> seen = new TreeMap<>();
    try (EntryCursor c = tx.scan(KeyRange.prefix(of(prefix + "/")), Order.DESCENDING)) {
      while (c.next()) {
        seen.put(Bytes.text(c.key()), Bytes.text(c.value()));
      }
    }
    return seen.toString();
  }
}
