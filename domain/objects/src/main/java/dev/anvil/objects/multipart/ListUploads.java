package dev.anvil.objects.multipart;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Sight;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.NamePage;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.VersionId;
import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.ReadTx;
import java.util.ArrayList;
import java.util.List;

/** Lists open uploads by key and, within a key, by age. */
public final class ListUploads {
  /**
   * Which page.
   *
   * @param bucket where
   * @param prefix UTF-8 that keys start with; empty for all
   * @param afterKey key that uploads come after, or null
   * @param afterUploadId with a key: only uploads of that key up to this one are left out; or null
   * @param limit 1 to {@link MultipartLimits#MAX_PAGE}
   */
  public record Command(
      BucketName bucket, byte[] prefix, String afterKey, String afterUploadId, int limit) {}

  /**
   * A page.
   *
   * @param uploads without structured metadata
   * @param nextKey with the next one, where the next page goes on; null on the last one
   * @param nextUploadId see {@code nextKey}
   */
  public record Result(List<UploadInfo> uploads, String nextKey, String nextUploadId) {
    /** Copies the list. */
    public Result {
      uploads = List.copyOf(uploads);
    }
  }

  private final BucketWork work;

  /** Works on these services. */
  public ListUploads(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /** Needs object:list on the prefix; shows what relationships show, where they govern. */
  public Result execute(Call call, Command command) {
    Resource prefix = Resource.prefix(command.bucket(), command.prefix());
    BucketWork.Target target = work.listing(call, command.bucket(), prefix);
    NamePage.checkLimit(command.limit(), MultipartLimits.MAX_PAGE);
    ObjectKey after = command.afterKey() == null ? null : ObjectKey.of(command.afterKey());
    long afterUpload = after == null ? -1L : number(command.afterUploadId());
    return work.readSeeing(
        target,
        (tx, bucket, sight) -> {
          KeyRange range = UploadKeys.openWithPrefix(bucket.id(), command.prefix());
          KeyRange from =
              after == null ? range : range.after(UploadKeys.open(bucket.id(), after, afterUpload));
          return page(tx, bucket.id(), range, from, command.limit(), sight);
        });
  }

  private static Result page(
      ReadTx tx, long bucket, KeyRange range, KeyRange start, int limit, Sight sight) {
    List<UploadInfo> uploads = new ArrayList<>();
    KeyRange from = start;
    while (from != null) {
      KeyRange elsewhere = null;
      try (EntryCursor c = tx.scan(from, Order.ASCENDING)) {
        while (elsewhere == null && c.next()) {
          UploadInfo found = upload(tx, UploadKeys.uploadOfOpen(c.key()));
          byte[] key = found.key().utf8();
          boolean seen = sight.sees(key);
          if (seen && uploads.size() == limit || !seen && sight.spent()) {
            return cut(uploads);
          }
          if (seen) {
            uploads.add(found);
            continue;
          }
          byte[] next = sight.next(key);
          if (next == null) {
            return new Result(uploads, null, null);
          }
          elsewhere = range.startingAt(UploadKeys.openWithPrefix(bucket, next).from());
        }
      }
      from = elsewhere;
    }
    return new Result(uploads, null, null);
  }

  private static Result cut(List<UploadInfo> uploads) {
    if (uploads.isEmpty()) {
      throw new LimitExceeded(
          LimitExceeded.Reason.CHECK,
          "a page passes its bound of work before its first entry; list a narrower prefix");
    }
    UploadInfo last = uploads.getLast();
    return new Result(uploads, last.key().text(), last.uploadId());
  }

  private static UploadInfo upload(ReadTx tx, long number) {
    byte[] value = tx.get(UploadKeys.upload(number));
    if (value == null) {
      throw new Corrupt("upload " + number + " is listed but not there");
    }
    return UploadRecord.of(value).info(null);
  }

  private static long number(String uploadId) {
    if (uploadId == null) {
      return -1L;
    }
    try {
      return VersionId.parse(uploadId).cursor();
    } catch (Invalid e) {
      throw new Invalid(
          Invalid.Reason.ARGUMENT, "the upload id to go on after is not one this server gave out");
    }
  }
}
