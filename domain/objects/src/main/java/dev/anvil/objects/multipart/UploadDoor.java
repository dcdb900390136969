package dev.anvil.objects.multipart;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.VersionId;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.storage.ReadTx;
import java.util.Map;

/**
 * Finds uploads for callers who may touch their key. Where a request names the key, the right is
 * asked for first, as everywhere; where it names the id alone, an upload of a key that the caller
 * may not touch is answered exactly as one that is not there.
 */
final class UploadDoor {
  private static final ObjectKey ANY = ObjectKey.of("-");

  private final ObjectServices services;
  private final BucketWork work;

  UploadDoor(ObjectServices services, BucketWork work) {
    this.services = services;
    this.work = work;
  }

  /**
   * A found upload.
   *
   * @param target its bucket and the caller's right
   * @param number what its records lie under
   * @param record as it was on a snapshot, open or completed
   */
  record Found(BucketWork.Target target, long number, UploadRecord record) {}

  /** Finds it; {@code key} is null where the request names the id alone. */
  Found find(Call call, Action action, BucketName bucket, ObjectKey key, String uploadId) {
    if (key != null) {
      BucketWork.Target target = work.target(call, action, bucket, key);
      Found found = look(target, uploadId);
      if (!found.record().key().equals(key)) {
        throw unknown(uploadId);
      }
      return found;
    }
    Resource all = Resource.prefix(bucket, new byte[0]);
    if (call.caller().anonymous() || services.access().allows(call, action, all)) {
      return look(work.target(call, action, bucket, all), uploadId);
    }
    return findWithin(call, action, bucket, uploadId);
  }

  private Found findWithin(Call call, Action action, BucketName bucket, String uploadId) {
    Found found;
    try {
      found = look(work.unchecked(call, bucket), uploadId);
    } catch (NotFound e) {
      // a bucket that is not there is told from one that is no more than the upload; and the same
      // question as of one that is there, so that time does not tell them apart
      services.access().allows(call, action, Resource.key(bucket, ANY));
      // whoever may ask for all of a bucket hears of one that is not there; so he does of another's
      Resource all = Resource.prefix(bucket, new byte[0]);
      throw call.caller().scopes().allows(action, all.scope()) ? e : unknown(uploadId);
    }
    try {
      Resource key = Resource.key(bucket, found.record().key());
      long revision = services.access().require(call, action, key);
      return new Found(found.target().resting(revision), found.number(), found.record());
    } catch (Denied | NotFound e) {
      throw unknown(uploadId);
    }
  }

  private Found look(BucketWork.Target target, String uploadId) {
    long number = number(uploadId);
    UploadRecord record =
        work.read(target, (tx, bucket) -> require(tx, bucket.id(), number, uploadId));
    return new Found(target, number, record);
  }

  /** The upload's record in the bucket, open or completed. */
  static UploadRecord require(ReadTx tx, long bucket, long number, String uploadId) {
    byte[] value = tx.get(UploadKeys.upload(number));
    UploadRecord record = value == null ? null : UploadRecord.of(value);
    if (record == null || record.bucket() != bucket || !record.id().text().equals(uploadId)) {
      throw unknown(uploadId);
    }
    return record;
  }

  /** The upload's record in the bucket, if it is open. */
  static UploadRecord requireOpen(ReadTx tx, long bucket, long number, String uploadId) {
    UploadRecord record = require(tx, bucket, number, uploadId);
    if (!record.open()) {
      throw unknown(uploadId);
    }
    return record;
  }

  static NotFound unknown(String uploadId) {
    String shown = uploadId.length() <= 64 ? uploadId : uploadId.substring(0, 64) + "...";
    return new NotFound(
        NotFound.Reason.UPLOAD,
        "there is no such upload; it was never opened, or is completed, aborted or expired",
        Map.of("uploadId", shown));
  }

  private static long number(String uploadId) {
    try {
      return VersionId.parse(uploadId).cursor();
    } catch (Invalid e) {
      throw unknown(uploadId);
    }
  }
}
