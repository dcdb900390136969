package dev.anvil.objects.streams;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;
import java.util.List;

/** Appends records, all or none, with the next sequence numbers. */
public final class AppendRecords {
  /** expectedNext is the number the first record must get; 0 takes any. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      List<byte[]> records,
      long expectedNext,
      IdempotencyKey idempotencyKey) {}

  /** Numbers of the first and last record, and the hash that links everything up to them. */
  public record Result(long first, long last, byte[] link, Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("AppendRecords");
  }
}
