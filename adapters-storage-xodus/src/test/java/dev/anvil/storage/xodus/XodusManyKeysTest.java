package dev.anvil.storage.xodus;

import static dev.anvil.ports.testkit.Bytes.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineModelContract;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeMap;
import jetbrains.exodus.ArrayByteIterable;
import jetbrains.exodus.env.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hundred thousand random keys, and pages of a former size. */
class XodusManyKeysTest extends EngineModelContract {
  /** Before, a page of the tree had 128 keys; such pages are met for as long as a folder lives. */
  @Test
  @Timeout(120)
  void pagesOfAnotherSizeAreReadAndWritten() throws Exception {
    long seed = Long.getLong("anvil.seed", 20_260_102L);
    SplittableRandom random = new SplittableRandom(seed);
    TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    writeWithPages(128, random, model);
    try (Engine engine = open()) {
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
    try (Engine engine = open()) {
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

  @Override
  protected Engine open() {
    return XodusEngine.open(temp.resolve("p"), XodusOptions.defaults());
  }
}
