package dev.anvil.objects.multipart;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import java.util.List;

/** Shows an open upload and a page of its parts, by number. */
public final class ListParts {
  /** Parts after a number, 0 for the first page. */
  public record Command(BucketName bucket, ObjectKey key, String uploadId, int after, int limit) {}

  /** nextAfter is 0 on the last page. */
  public record Result(UploadInfo upload, List<PartInfo> parts, int nextAfter) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("ListParts");
  }
}
