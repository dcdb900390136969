package dev.anvil.ports.duties;

import dev.anvil.ports.failure.StaleFence;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.record.KeyWriter;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;

/**
 * The greatest fencing token a partition has seen of each duty. A duty's every write calls {@link
 * #check} first, so once a newer holder wrote, an older one cannot.
 */
public final class Fences {
  private static final int FORMAT = 1;
  private static final int FENCE = 0x01;

  private Fences() {}

  /**
   * Lets the token pass if none newer was seen, and remembers it. One read; a put only when the
   * token is new.
   *
   * @param duty name of the duty, as in {@link DutyName}
   * @throws StaleFence if a newer token was seen
   */
  public static void check(WriteTx tx, String duty, long token) {
    long seen = newest(tx, duty);
    if (token < seen) {
      throw new StaleFence(
          "duty " + duty + " holds token " + token + ", but token " + seen + " has written since");
    }
    if (token > seen) {
      tx.put(key(duty), new RecordWriter(FORMAT).i64(token).toBytes());
    }
  }

  /** Greatest token seen of the duty; 0 before the first. */
  public static long newest(ReadTx tx, String duty) {
    byte[] value = tx.get(key(duty));
    return value == null ? 0 : new RecordReader(value, "fence of duty " + duty, FORMAT).i64();
  }

  private static byte[] key(String duty) {
    return new KeyWriter(KeySpace.DUTIES).u8(FENCE).part(duty).toBytes();
  }
}
