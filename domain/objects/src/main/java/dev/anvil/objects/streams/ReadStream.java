package dev.anvil.objects.streams;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import java.time.Duration;
import java.util.List;

/** Reads records from a number on, waiting at the tail if there are none. */
public final class ReadStream {
  /** from 1 is the first record; a wait of zero answers at once. */
  public record Command(
      BucketName bucket, ObjectKey key, long from, int limit, Duration patience) {}

  /** next is where to go on; records is empty at the tail or, if sealed, at the end. */
  public record Result(StreamInfo stream, List<StreamRecord> records, long next) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("ReadStream");
  }
}
