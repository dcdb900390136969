package dev.anvil.ports.testkit;

import static dev.anvil.ports.testkit.Bytes.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand random keys, written over and deleted, against a map that is surely right. */
public abstract class EngineModelContract {
  /** How many keys there are. */
  protected static final int KEYS = 100_000;

  private static final int GROUP = 500;

  /** Of the engine. */
  @TempDir protected Path temp;

  /** Opens the engine of {@code temp/p}; called again after a close. */
  protected abstract Engine open();

  @Test
  @Timeout(120)
  final void agreesWithAMap() {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    try (Engine engine = open()) {
      for (int i = 0; i < 2 * KEYS; i += GROUP) {
        TreeMap<byte[], byte[]> group = new TreeMap<>(Arrays::compareUnsigned);
        for (int j = 0; j < GROUP; j++) {
          group.put(key(random.nextInt(KEYS)), random.nextInt(4) == 0 ? null : value(random));
        }
        engine.commit(set(group));
        group.forEach((k, v) -> apply(model, k, v));
      }
      engine.sync();
      check(engine, model, seed);
    }
    try (Engine engine = open()) {
      check(engine, model, seed);
    }
  }

  /** What the change of one key makes of the map. */
  protected static void apply(TreeMap<byte[], byte[]> model, byte[] key, byte[] value) {
    if (value == null) {
      model.remove(key);
    } else {
      model.put(key, value);
    }
  }

  /** The key of this number. */
  protected static byte[] key(int number) {
    return ByteBuffer.allocate(12).putLong(number * 0x9E3779B97F4A7C15L).putInt(number).array();
  }

  /** Up to 299 random bytes. */
  protected static byte[] value(SplittableRandom random) {
    byte[] value = new byte[random.nextInt(300)];
    random.nextBytes(value);
    return value;
  }

  /** The engine holds what the map holds, in both orders and key by key. */
  protected static void check(Engine engine, TreeMap<byte[], byte[]> model, long seed) {
    try (EngineSnapshot s = engine.snapshot();
        EngineReader r = s.reader();
        EntryCursor up = r.scan(KeyRange.ALL, Order.ASCENDING);
        EntryCursor down = r.scan(KeyRange.ALL, Order.DESCENDING)) {
      for (Map.Entry<byte[], byte[]> e : model.entrySet()) {
        assertThat(up.next()).as("seed %d", seed).isTrue();
        assertThat(up.key()).as("seed %d", seed).isEqualTo(e.getKey());
        assertThat(up.value()).as("seed %d", seed).isEqualTo(e.getValue());
      }
      assertThat(up.next()).as("seed %d", seed).isFalse();
      for (byte[] key : model.descendingKeySet()) {
        assertThat(down.next()).as("seed %d", seed).isTrue();
        assertThat(down.key()).as("seed %d", seed).isEqualTo(key);
      }
      assertThat(down.next()).as("seed %d", seed).isFalse();
      for (int i = 0; i < KEYS; i += 7) {
        assertThat(r.get(key(i))).as("seed %d", seed).isEqualTo(model.get(key(i)));
      }
    }
  }
}
