package dev.anvil.objects.multipart;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.Description;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;
import java.time.Instant;

/** Opens a multipart upload of a key. */
public final class CreateUpload {
  /** What to open. */
  public record Command(
      BucketName bucket, ObjectKey key, Description description, IdempotencyKey idempotencyKey) {}

  /** The open upload. */
  public record Result(String uploadId, Instant expiresAt, Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("CreateUpload");
  }
}
