package dev.anvil.objects.streams;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;

/** Shows a stream without its records. */
public final class GetStream {
  /** Which stream. */
  public record Command(BucketName bucket, ObjectKey key) {}

  /** The stream. */
  public record Result(StreamInfo stream) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("GetStream");
  }
}
