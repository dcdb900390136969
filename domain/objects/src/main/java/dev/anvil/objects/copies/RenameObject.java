package dev.anvil.objects.copies;

import dev.anvil.authz.Resource;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.SourceChanged;
import dev.anvil.objects.SourceVersion;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.Versions;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.WriteBounds;

/**
 * Gives the current version of a key another key, in one commit: the old key is deleted as the
 * bucket's versioning says, the new one gets a version with the same bytes and metadata.
 */
public final class RenameObject {
  /** Slices of a version, each body counted; and the two keys. */
  private static final int READS = 256;

  /**
   * What to rename.
   *
   * @param bucket where
   * @param from the old key
   * @param to the new key, another one
   * @param sourceConditions demands on the old key
   * @param preconditions demands on the new key
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey from,
      ObjectKey to,
      Preconditions sourceConditions,
      Preconditions preconditions,
      IdempotencyKey idempotencyKey) {}

  /** The version under the new key. */
  public record Result(Receipt receipt) {}

  private final ObjectServices services;
  private final BucketWork work;

  /** Works on these services. */
  public RenameObject(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
  }

  /** Needs object:read and object:delete on the old key and object:write on the new one. */
  public Result execute(Call call, Command command) {
    Resource from = Resource.key(command.bucket(), command.from());
    services.access().require(call, Action.OBJECT_READ, from);
    services.access().require(call, Action.OBJECT_DELETE, from);
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.to());
    if (command.from().equals(command.to())) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "the new key is the old one; name another");
    }
    byte[] print =
        new Fingerprint("RenameObject")
            .bytes(command.from().utf8())
            .bytes(command.to().utf8())
            .toBytes();
    BucketWork.Plan plan =
        BucketWork.Plan.of(print, command.idempotencyKey()).bounded(WriteBounds.reads(READS));
    Receipt done = work.replayed(call, command.bucket(), plan);
    return new Result(
        done != null ? done : SourceChanged.settle(() -> rename(command, target, plan)));
  }

  private Receipt rename(Command command, BucketWork.Target target, BucketWork.Plan plan) {
    try (SourceVersion source =
        SourceVersion.open(services, target.bucket(), command.from(), null)) {
      return work.run(target, plan, b -> rename(b, command, source));
    }
  }

  private static Receipt rename(BucketTx b, Command command, SourceVersion source) {
    KeyState from = b.key(command.from());
    command.sourceConditions().check(from.newest());
    source.confirm(b.tx(), null);
    KeyState to = b.key(command.to());
    command.preconditions().check(to.newest());
    // counted before the old key lets go, so that the bytes never look dead
    VersionDraft.Content content = source.share(b.tx());
    Versions versions = new Versions(b);
    versions.delete(from);
    return versions.put(to, Drafts.same(source.record(), source.description(), content));
  }
}
