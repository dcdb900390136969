package dev.anvil.objects.multipart;

import dev.anvil.objects.BucketContents;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.ObjectLimits;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Aborts the open uploads of a closing bucket. */
public final class UploadContents implements BucketContents {
  /** Knows what uploads a bucket holds. */
  public UploadContents() {}

  @Override
  public BucketCounters counted(ReadTx tx, long bucketId) {
    long uploads = 0;
    long bytes = 0;
    try (EntryCursor c =
        tx.scan(UploadKeys.openWithPrefix(bucketId, new byte[0]), Order.ASCENDING)) {
      while (c.next()) {
        uploads++;
        bytes += parts(tx, UploadKeys.uploadOfOpen(c.key()));
      }
    }
    return BucketCounters.ofUploads(uploads, bytes);
  }

  private static long parts(ReadTx tx, long upload) {
    long bytes = 0;
    try (EntryCursor c = tx.scan(UploadKeys.parts(upload), Order.ASCENDING)) {
      while (c.next()) {
        bytes += PartRecord.of(1, c.value()).part().size();
      }
    }
    return bytes;
  }

  @Override
  public boolean drain(BucketTx b) {
    List<Long> uploads = new ArrayList<>();
    try (EntryCursor c =
        b.tx().scan(UploadKeys.openWithPrefix(b.bucket().id(), new byte[0]), Order.ASCENDING)) {
      while (uploads.size() < ObjectLimits.DRAIN_RECORDS && c.next()) {
        uploads.add(UploadKeys.uploadOfOpen(c.key()));
      }
    }
    for (long number : uploads) {
      byte[] value = UploadRecord.need(b.tx().get(UploadKeys.upload(number)));
      UploadEnd.abort(b, number, UploadRecord.of(value), "upload.abort");
    }
    return !uploads.isEmpty();
  }
}
