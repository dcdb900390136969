package dev.anvil.objects.manifests;

import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;

/** Reads a manifest. */
public final class GetManifest {
  /** Which manifest. */
  public record Command(BucketName bucket, ObjectKey key) {}

  /** The manifest and its content. */
  public record Result(ManifestInfo manifest, byte[] content) {}

  public Result execute(Call call, Command command) {
    throw new UnsupportedOperationException("GetManifest");
  }
}
