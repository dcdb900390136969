package dev.anvil.objects;

import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import java.io.ByteArrayInputStream;
import java.util.Map;

/** What tests put where nothing but key and bytes matters. */
public final class Puts {
  private Puts() {}

  /** Text, under no condition. */
  public static PutObject.Command text(BucketName bucket, String key, byte[] content) {
    return of(bucket, ObjectKey.of(key), content, ContentHeaders.ofType("text/plain"));
  }

  /** Bytes of no type, under no condition. */
  public static PutObject.Command bytes(BucketName bucket, String key, byte[] content) {
    return of(bucket, ObjectKey.of(key), content, ContentHeaders.NONE);
  }

  /** Bytes under these headers and no condition. */
  public static PutObject.Command of(
      BucketName bucket, ObjectKey key, byte[] content, ContentHeaders headers) {
    return new PutObject.Command(
        bucket,
        key,
        new ByteArrayInputStream(content),
        content.length,
        headers,
        Map.of(),
        null,
        Map.of(),
        ExpectedDigests.NONE,
        Preconditions.NONE,
        null);
  }
}
