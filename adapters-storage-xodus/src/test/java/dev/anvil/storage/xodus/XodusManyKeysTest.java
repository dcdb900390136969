package dev.anvil.storage.xodus;

import static dev.anvil.ports.testkit.Bytes.set;
import static org.assertj.core.api.Assertions.assertThat;

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
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.env.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand random keys, written over and deleted, against a map that is surely right. */
class XodusManyKeysTest {
  private static final int KEYS = 100_000;
  private static final int GROUP = 500;

  @TempDir Path temp;

  @Test
  @Timeout(120)
  void agreesWithAMap() {
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    try (XodusEngine engine = open()) {
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
    try (XodusEngine engine = open()) {
      check(engine, model, seed);
    }
  }

  /** Before, a page of the tree had 128 keys; such pages are met for as long as a folder lives. */
  @Test
  @Timeout(120)
  void pagesOfAnotherSizeAreReadAndWritten() throws Exception {
    long seed = Long.getLong("anvil.seed", 20_260_102L);
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    writeWithPages(128, random, model);
    try (XodusEngine engine = open()) {
      check(engine, model, seed);
      for (int round = 0; round < 400; round++) {
        TreeMap<byte[], byte[]> group = new TreeMap<>(Arrays::compareUnsigned);
        // some in the middle of a page, some behind the last key, and whole stretches that go
        for (int j = 0; j < 20; j++) {
          boolean goes = random.nextInt(3) == 0;
          group.put(key(random.nextInt(KEYS)), goes ? null : value(random));
        }
        group.put(last(round), value(random));
        byte[] from = key(random.nextInt(KEYS));
        model.tailMap(from).keySet().stream().limit(50).forEach(k -> group.put(k, null));
        engine.commit(set(group));
        group.forEach((k, v) -> apply(model, k, v));
      }
      engine.sync();
      check(engine, model, seed);
    }
    try (XodusEngine engine = open()) {
      check(engine, model, seed);
    }
  }

  private void writeWithPages(int keys, SplittableRandom random, TreeMap<byte[], byte[]> model)
      throws Exception {
    XodusFiles files = XodusFiles.open(temp.resolve("p"), XodusOptions.defaults());
    files.environment().getEnvironmentConfig().setTreeMaxPageSize(keys);
    assertThat(files.environment().getBTreeBalancePolicy().getPageMaxSize()).isEqualTo(keys);
    Store store = files.openStore("kv");
    files
        .environment()
        .executeInExclusiveTransaction(tx -> {
          for (int i = 0; i < KEYS / 5; i++) {
            byte[] key = key(random.nextInt(KEYS));
            byte[] value = value(random);
            store.put(tx, new ArrayByteIterable(key), new ArrayByteIterable(value));
            model.put(key, value);
          }
        });
    files.sync();
    files.close();
  }

  private static byte[] last(int number) {
    return ByteBuffer.allocate(12).putLong(-1L).putInt(number).array();
  }

  private XodusEngine open() {
    return XodusEngine.open(temp.resolve("p"), XodusOptions.defaults());
  }

  private static void apply(TreeMap<byte[], byte[]> model, byte[] key, byte[] value) {
    if (value == null) {
      model.remove(key);
    } else {
      model.put(key, value);
    }
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(12).putLong(number * 0x9E3779B97F4A7C15L).putInt(number).array();
  }

  private static byte[] value(SplittableRandom random) {
    byte[] value = new byte[random.nextInt(300)];
    random.nextBytes(value);
    return value;
  }

  private static void check(XodusEngine engine, TreeMap<byte[], byte[]> model, long seed) {
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
