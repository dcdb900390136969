package dev.anvil.objects.multipart;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import java.util.List;

/** Makes the named parts of an upload one version, in one commit. */
public final class CompleteUpload {
  /** expectedSize is -1 when the caller names none. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String uploadId,
      List<PartClaim> parts,
      Preconditions preconditions,
      long expectedSize,
      IdempotencyKey idempotencyKey) {}

  /** The version. */
  public record Result(ObjectKey key, Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("CompleteUpload");
  }
}
