package dev.anvil.objects.multipart;

import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ObjectServices;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends uploads whose time is over, and forgets completed ones. Uploads lie in the order of their
 * creation and all live equally long, so a step looks at the oldest only.
 */
public final class ExpireUploads {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "expire-uploads";

  private final ObjectServices services;
  private final BucketWork work;

  /** Works on these services. */
  public ExpireUploads(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
  }

  private record Expired(long number, UploadRecord record) {}

  /**
   * One step.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    Instant now = services.clock().instant();
    List<Expired> expired = services.partitions().get(id).read(tx -> oldest(tx, now));
    boolean progress = false;
    for (Expired e : expired) {
      progress |=
          work.runDuty(id, DUTY, token, e.record().bucket(), b -> end(b, e.number()))
              || !e.record().open()
                  && work.forgetDuty(id, DUTY, token, UploadKeys.upload(e.number()));
    }
    return progress && expired.size() == MultipartLimits.EXPIRE_PER_STEP;
  }

  private static List<Expired> oldest(ReadTx tx, Instant now) {
    List<Expired> expired = new ArrayList<>();
    try (EntryCursor c = tx.scan(UploadKeys.uploads(), Order.ASCENDING)) {
      while (c.next() && expired.size() < MultipartLimits.EXPIRE_PER_STEP) {
        UploadRecord record = UploadRecord.of(c.value());
        if (record.expiresAt().isAfter(now)) {
          break;
        }
        expired.add(new Expired(UploadKeys.number(c.key()), record));
      }
    }
    return expired;
  }

  private static void end(BucketTx b, long number) {
    byte[] key = UploadKeys.upload(number);
    byte[] value = b.tx().get(key);
    if (value == null) {
      return;
    }
    UploadRecord record = UploadRecord.of(value);
    if (record.open()) {
      UploadEnd.abort(b, number, record, "upload.expire");
    } else {
      b.tx().delete(key);
    }
  }
}
