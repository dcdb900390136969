package dev.anvil.objects.multipart;

import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketTx;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;

/** Open uploads of a bucket that a rule ends, in bounded steps that resume at a place. */
public final class StaleUploads {
  private StaleUploads() {}

  /**
   * Uploads to end.
   *
   * @param uploads their numbers
   * @param next where the next step starts, a stored key; null at the end
   */
  public record Step(List<Long> uploads, byte[] next) {
    /** Copies the list. */
    public Step {
      uploads = List.copyOf(uploads);
    }
  }

  /**
   * Looks at open uploads from a place on.
   *
   * @param from a stored key, or null for the first
   * @param ends whether an upload of the key, opened at the instant, shall end
   */
  public static Step look(
      ReadTx tx, long bucket, byte[] from, BiPredicate<ObjectKey, Instant> ends) {
    KeyRange all = UploadKeys.openWithPrefix(bucket, new byte[0]);
    List<Long> found = new ArrayList<>();
    int seen = 0;
    try (EntryCursor c = tx.scan(from == null ? all : all.startingAt(from), Order.ASCENDING)) {
      while (c.next()) {
        if (seen++ == MultipartLimits.EXPIRE_PER_STEP) {
          return new Step(found, c.key());
        }
        long number = UploadKeys.uploadOfOpen(c.key());
        byte[] value = tx.get(UploadKeys.upload(number));
        UploadRecord record = value == null ? null : UploadRecord.of(value);
        if (record != null && record.open() && ends.test(record.key(), record.createdAt())) {
          found.add(number);
        }
      }
    }
    return new Step(found, null);
  }

  /** Ends an upload, if it is still open. */
  public static void end(BucketTx b, long number) {
    byte[] value = b.tx().get(UploadKeys.upload(number));
    UploadRecord record = value == null ? null : UploadRecord.of(value);
    if (record != null && record.open()) {
      UploadEnd.abort(b, number, record, "upload.expire");
    }
  }
}
