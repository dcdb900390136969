package dev.anvil.objects.manifests;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.Invalid;

/** Removes a manifest, if asked only at a revision; a new one of the name starts at 1 again. */
public final class DeleteManifest {
  /**
   * What to remove.
   *
   * @param bucket where
   * @param key name of the manifest
   * @param expectedRevision revision it must have; 0 takes any
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket, ObjectKey key, long expectedRevision, IdempotencyKey idempotencyKey) {}

  /** Proof; the receipt's version is the revision removed. */
  public record Result(Receipt receipt) {}

  private final BucketWork work;

  /** Works on these services. */
  public DeleteManifest(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:delete on the key.
   *
   * @throws dev.anvil.ports.failure.NotFound ManifestNotFound
   * @throws dev.anvil.ports.failure.PreconditionFailed if the revision is another one
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_DELETE, command.bucket(), command.key());
    if (command.expectedRevision() < 0) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "a revision is 1 or more");
    }
    byte[] content =
        new Fingerprint("manifest.delete")
            .bytes(command.key().utf8())
            .number(command.expectedRevision())
            .toBytes();
    BucketWork.Plan plan = BucketWork.Plan.of(content, command.idempotencyKey());
    return new Result(work.run(target, plan, b -> delete(b, command)));
  }

  private static Receipt delete(BucketTx b, Command command) {
    byte[] key = ManifestHead.key(b.bucket().id(), command.key());
    ManifestHead head = ManifestHead.require(b.tx().get(key), command.key());
    if (command.expectedRevision() != 0) {
      ManifestHead.expect(head, command.expectedRevision());
    }
    return ManifestContents.remove(b, command.key(), head);
  }
}
