package dev.anvil.objects.multipart;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Receipt;
import java.io.InputStream;
import java.util.Map;

/** Stores a part; of several tries under one number the last to finish stays. */
public final class PutPart {
  /** Content and its announced length, -1 if unknown; key null if only the id is known. */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String uploadId,
      int number,
      InputStream content,
      long length,
      Map<DigestAlgorithm, byte[]> expected,
      IdempotencyKey idempotencyKey) {}

  /** The stored part. */
  public record Result(int number, String etag, Receipt receipt) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("PutPart");
  }
}
