package dev.anvil.app.migrate;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.storage.EngineReader;
import dev.anvil.ports.storage.EngineSnapshot;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.WriteSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every key of an engine into an empty one, in order, compared afterwards. */
final class RawCopy {
  private static final int BATCH_BYTES = 512 << 10;

  private RawCopy() {}

  /** Keys copied. */
  static long run(Engine from, Engine to) {
    long keys = copy(from, to);
    compare(from, to);
    return keys;
  }

  private static long copy(Engine from, Engine to) {
    long keys = 0;
    List<WriteSet.Mutation> batch = new ArrayList<>();
    long bytes = 0;
    try (EngineSnapshot snapshot = from.snapshot();
        EngineReader reader = snapshot.reader();
        EntryCursor c = reader.scan(KeyRange.ALL, Order.ASCENDING)) {
      while (c.next()) {
        WriteSet.Mutation put = new WriteSet.Mutation(c.key().clone(), c.value().clone());
        batch.add(put);
        bytes += put.byteSize();
        keys++;
        if (bytes >= BATCH_BYTES) {
          to.commit(new WriteSet(batch));
          batch.clear();
          bytes = 0;
        }
      }
    }
    to.commit(new WriteSet(batch));
    to.sync();
    return keys;
  }

  private static void compare(Engine from, Engine to) {
    try (EngineSnapshot a = from.snapshot();
        EngineSnapshot b = to.snapshot();
        EngineReader ra = a.reader();
        EngineReader rb = b.reader();
        EntryCursor ca = ra.scan(KeyRange.ALL, Order.ASCENDING);
        EntryCursor cb = rb.scan(KeyRange.ALL, Order.ASCENDING)) {
      boolean more = ca.next();
      while (more == cb.next() && more) {
        if (!Arrays.equals(ca.key(), cb.key()) || !Arrays.equals(ca.value(), cb.value())) {
          throw differs();
        }
        more = ca.next();
      }
      if (more || cb.next()) {
        throw differs();
      }
    }
  }

  private static Corrupt differs() {
    return new Corrupt("the copied index reads back differently; nothing was switched");
  }
}
