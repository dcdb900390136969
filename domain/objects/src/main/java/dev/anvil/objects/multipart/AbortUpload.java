package dev.anvil.objects.multipart;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;

/** Ends an upload in one small commit; the sweep drops its parts. */
public final class AbortUpload {
  /**
   * Which upload.
   *
   * @param bucket where
   * @param key of the upload, or null where the request names the id alone
   * @param uploadId an open upload
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket, ObjectKey key, String uploadId, IdempotencyKey idempotencyKey) {}

  /** Proof; the receipt has no version. */
  public record Result(Receipt receipt) {}

  private final BucketWork work;
  private final UploadDoor door;

  /** Works on these services. */
  public AbortUpload(ObjectServices services) {
    this.work = new BucketWork(services);
    this.door = new UploadDoor(services, work);
  }

  /**
   * Needs object:write on the upload's key.
   *
   * @throws dev.anvil.ports.failure.NotFound UploadNotFound
   */
  public Result execute(Call call, Command command) {
    byte[] content = new Fingerprint("upload.abort").text(command.uploadId()).toBytes();
    BucketWork.Plan plan = BucketWork.Plan.of(content, command.idempotencyKey());
    Receipt replay = work.replayed(call, command.bucket(), plan);
    if (replay != null) {
      return new Result(replay);
    }
    UploadDoor.Found upload =
        door.find(call, Action.OBJECT_WRITE, command.bucket(), command.key(), command.uploadId());
    return new Result(
        work.run(upload.target(), plan, b -> abort(b, upload.number(), command.uploadId())));
  }

  private static Receipt abort(BucketTx b, long number, String uploadId) {
    UploadRecord record = UploadDoor.requireOpen(b.tx(), b.bucket().id(), number, uploadId);
    return UploadEnd.abort(b, number, record, "upload.abort");
  }
}
