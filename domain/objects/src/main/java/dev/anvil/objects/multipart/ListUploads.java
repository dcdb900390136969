package dev.anvil.objects.multipart;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import java.util.List;

/** Lists open uploads by key, then by age. */
public final class ListUploads {
  /** Uploads after a key and, within that key, after an upload id; both may be null. */
  public record Command(
      BucketName bucket, byte[] prefix, String afterKey, String afterUploadId, int limit) {}

  /** The two markers are null on the last page. */
  public record Result(List<UploadInfo> uploads, String nextKey, String nextUploadId) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("ListUploads");
  }
}
