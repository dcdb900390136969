package dev.anvil.objects.manifests;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import java.util.List;

/** Lists manifests by name. */
public final class ListManifests {
  /** Names after one; after may be null. */
  public record Command(BucketName bucket, byte[] prefix, String after, int limit) {}

  /** next is null on the last page; cursor is where a watch starts. */
  public record Result(List<ManifestInfo> manifests, String next, long cursor) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("ListManifests");
  }
}
