package dev.anvil.objects;

import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;

/** Forgets finished tries whose retention is over, the oldest first. */
public final class ExpireReceipts {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "expire-receipts";

  private final ObjectServices services;

  /** Works on these services. */
  public ExpireReceipts(ObjectServices services) {
    this.services = services;
  }

  /**
   * One step.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    long now = services.clock().instant().toEpochMilli();
    boolean any =
        services
            .partitions()
            .get(id)
            .read(tx -> {
              try (EntryCursor c = tx.scan(range(now), Order.ASCENDING)) {
                return c.next();
              }
            });
    return any
        && services
            .partitions()
            .get(id)
            .write(
                WriteBounds.reads(2 * ObjectLimits.STEP_RECORDS + 16),
                tx -> {
                  Fences.check(tx, DUTY + "/" + id, token);
                  return expire(tx, now);
                })
            .value();
  }

  private static boolean expire(WriteTx tx, long now) {
    int seen = 0;
    try (EntryCursor c = tx.scan(range(now), Order.ASCENDING)) {
      while (c.next()) {
        if (seen++ == ObjectLimits.STEP_RECORDS) {
          return true;
        }
        KeyReader r = new KeyReader(c.key(), KeySpace.IDEMPOTENCY);
        r.u8();
        r.u64();
        byte[] receipt = ObjectsRecords.receipt(r.u64(), r.rest());
        byte[] value = tx.get(receipt);
        // The key may have been used again after it expired: then its record lives on.
        if (value != null && Idempotency.decode(value).expiresAt().toEpochMilli() <= now) {
          tx.delete(receipt);
        }
        tx.delete(c.key());
      }
    }
    return false;
  }

  /** Expiries up to and with now. */
  private static KeyRange range(long now) {
    byte[] end = ObjectsRecords.expiry(now + 1, 0, new byte[0]);
    return new KeyRange(ObjectsRecords.expiries(), end);
  }
}
