package dev.anvil.objects.manifests;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ObjectServices;
import dev.anvil.ports.failure.Corrupt;

/** Reads a manifest. */
public final class GetManifest {
  /** Which manifest. */
  public record Command(BucketName bucket, ObjectKey key) {}

  /** The manifest and its content, of one state. */
  public record Result(ManifestInfo manifest, byte[] content) {}

  private final BucketWork work;

  /** Works on these services. */
  public GetManifest(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:read on the key.
   *
   * @throws dev.anvil.ports.failure.NotFound ManifestNotFound
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_READ, command.bucket(), command.key());
    return work.read(
        target,
        (tx, bucket) -> {
          byte[] value = tx.get(ManifestHead.key(bucket.id(), command.key()));
          ManifestHead head = ManifestHead.require(value, command.key());
          byte[] content = tx.get(ManifestHead.content(head.cursor()));
          if (content == null || content.length != head.size()) {
            throw new Corrupt("a manifest has lost its content");
          }
          return new Result(head.info(command.key()), content.clone());
        });
  }
}
