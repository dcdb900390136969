package dev.anvil.objects.copies;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Description;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import java.util.List;

/** Makes a version of the bytes of several others in the same bucket, by reference. */
public final class ComposeObject {
  /** A source; version null means the current one. */
  public record Source(ObjectKey key, String version, Preconditions conditions) {}

  /** Sources in the order of their bytes. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      List<Source> sources,
      Description description,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** The version. */
  public record Result(Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("ComposeObject");
  }
}
