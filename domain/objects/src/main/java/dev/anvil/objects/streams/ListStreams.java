package dev.anvil.objects.streams;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import java.util.List;

/** Lists streams by name. */
public final class ListStreams {
  /** Names after one; after may be null. */
  public record Command(BucketName bucket, byte[] prefix, String after, int limit) {}

  /** next is null on the last page; cursor is where a watch starts. */
  public record Result(List<StreamInfo> streams, String next, long cursor) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("ListStreams");
  }
}
