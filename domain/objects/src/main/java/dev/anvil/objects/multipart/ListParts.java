package dev.anvil.objects.multipart;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketRecord;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Endings;
import dev.anvil.objects.NamePage;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.sealing.Sealing;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.KeyReader;
import dev.anvil.ports.record.KeySpace;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Shows an open upload and a page of its parts, by number. */
public final class ListParts {
  /**
   * Which page.
   *
   * @param bucket where
   * @param key of the upload, or null where the request names the id alone
   * @param uploadId an open upload
   * @param after number that parts come after; 0 for the first page
   * @param limit 1 to {@link MultipartLimits#MAX_PAGE}
   */
  public record Command(BucketName bucket, ObjectKey key, String uploadId, int after, int limit) {}

  /**
   * A page.
   *
   * @param upload the upload
   * @param parts by number
   * @param nextAfter the {@code after} of the next page; 0 on the last one
   * @param abort when the bucket's lifecycle ends the upload if it stays open; null for never
   */
  public record Result(
      UploadInfo upload, List<PartInfo> parts, int nextAfter, LifecycleRules.Expiry abort) {
    /** Copies the list. */
    public Result {
      parts = List.copyOf(parts);
    }
  }

  private final BucketWork work;
  private final UploadDoor door;

  /** Works on these services. */
  public ListParts(ObjectServices services) {
    this.work = new BucketWork(services);
    this.door = new UploadDoor(services, work);
  }

  /**
   * Needs object:write on the upload's key.
   *
   * @throws dev.anvil.ports.failure.NotFound UploadNotFound
   */
  public Result execute(Call call, Command command) {
    UploadDoor.Found upload =
        door.find(call, Action.OBJECT_WRITE, command.bucket(), command.key(), command.uploadId());
    NamePage.checkLimit(command.limit(), MultipartLimits.MAX_PAGE);
    if (command.after() < 0) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "a part number is 1 or more");
    }
    return work.read(upload.target(), (tx, bucket) -> page(tx, bucket, upload.number(), command));
  }

  private static Result page(ReadTx tx, BucketRecord bucket, long number, Command command) {
    UploadRecord record = UploadDoor.requireOpen(tx, bucket.id(), number, command.uploadId());
    byte[] structured = record.structured() ? tx.get(UploadKeys.structured(number)) : null;
    UploadInfo info = record.info(structured);
    LifecycleRules.Expiry abort = Endings.ofUpload(tx, bucket, info.key(), info.createdAt());
    boolean hidden = Sealing.hides(record.protection().sealing());
    List<PartInfo> parts = new ArrayList<>();
    KeyRange range = UploadKeys.parts(number).after(UploadKeys.part(number, command.after()));
    try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
      while (c.next()) {
        if (parts.size() == command.limit()) {
          return new Result(info, parts, parts.getLast().number(), abort);
        }
        parts.add(PartRecord.of(partNumber(c.key()), c.value()).info(hidden));
      }
    }
    return new Result(info, parts, 0, abort);
  }

  static int partNumber(byte[] key) {
    KeyReader r = new KeyReader(key, KeySpace.UPLOADS);
    r.u8();
    r.u64();
    return r.u32();
  }
}
