package dev.anvil.objects.multipart;

import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.storage.WriteTx;

/** The end of an upload inside a commit. */
final class UploadEnd {
  private UploadEnd() {}

  /** Without a version: nothing is kept. */
  static Receipt abort(BucketTx b, long number, UploadRecord record, String kind) {
    UploadState state = UploadState.of(b.tx().get(UploadKeys.state(number)));
    NamedChange change = NamedChange.of(record.key(), null);
    long cursor = change.append(b, kind);
    b.count(BucketCounters.ofUploads(-1, -state.bytes()));
    b.tx().delete(UploadKeys.upload(number));
    shut(b.tx(), number, record);
    b.leave(UploadLeftovers.garbage(number, KeptParts.none()));
    return change.receipt(b, cursor);
  }

  /**
   * After the entry of its version: the upload answers repetitions, its kept parts belong to the
   * version.
   */
  static void complete(BucketTx b, long number, UploadRecord record, Completion by, byte[] kept) {
    b.tx().put(UploadKeys.upload(number), record.completed(by).toBytes());
    shut(b.tx(), number, record);
    b.leave(UploadLeftovers.garbage(number, kept));
  }

  private static void shut(WriteTx tx, long number, UploadRecord record) {
    tx.delete(UploadKeys.open(record.bucket(), record.key(), number));
    tx.delete(UploadKeys.state(number));
    if (record.structured()) {
      tx.delete(UploadKeys.structured(number));
    }
  }
}
