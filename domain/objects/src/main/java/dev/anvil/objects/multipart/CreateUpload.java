package dev.anvil.objects.multipart;

import dev.anvil.authz.grants.AclRequest;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BodyKeyring;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Description;
import dev.anvil.objects.Endings;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.VersionId;
import dev.anvil.objects.Versions;
import dev.anvil.objects.WriteGrants;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.objects.rules.Protection;
import dev.anvil.objects.rules.WriteWish;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.Sealing;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteBounds;
import java.time.Instant;

/** Opens a multipart upload of a key. */
public final class CreateUpload {
  /**
   * What to open.
   *
   * @param bucket where
   * @param key the object it will become
   * @param description what the object will carry
   * @param checksum what every part will have, or null
   * @param idempotencyKey or null
   * @param acl the access control list of the object, or null
   * @param wish lock and encryption of the object
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      Description description,
      UploadChecksum checksum,
      IdempotencyKey idempotencyKey,
      AclRequest acl,
      WriteWish wish) {
    /** Without a list, a lock or encryption of its own. */
    public Command(
        BucketName bucket,
        ObjectKey key,
        Description description,
        UploadChecksum checksum,
        IdempotencyKey idempotencyKey) {
      this(bucket, key, description, checksum, idempotencyKey, null, WriteWish.NONE);
    }

    /** Without a checksum. */
    public Command(
        BucketName bucket, ObjectKey key, Description description, IdempotencyKey idempotencyKey) {
      this(bucket, key, description, null, idempotencyKey);
    }
  }

  /**
   * The upload is open.
   *
   * @param uploadId opaque
   * @param expiresAt when it ends by itself
   * @param receipt proof; it has no version
   * @param sealing how its bytes are encrypted, or null
   * @param abort when the bucket's lifecycle ends it if it stays open; null for never
   */
  public record Result(
      String uploadId,
      Instant expiresAt,
      Receipt receipt,
      Sealing sealing,
      LifecycleRules.Expiry abort) {}

  private final BucketWork work;
  private final Incarnation incarnation;
  private final BodyKeyring keys;

  /** Works on these services. */
  public CreateUpload(ObjectServices services) {
    this.work = new BucketWork(services);
    this.incarnation = services.incarnation();
    this.keys = new BodyKeyring(services);
  }

  /** Needs object:write on the key. */
  public Result execute(Call call, Command command) {
    BucketWork.Target target = work.writing(call, command.bucket(), command.key(), command.acl());
    Description description = work.checked(command.description());
    byte[] content =
        BucketWork.print(new Fingerprint("upload.create").bytes(command.key().utf8()), description)
            .toBytes();
    int bytes = description.structured() == null ? 1_024 : description.structured().length + 1_024;
    BucketWork.Plan plan =
        BucketWork.Plan.of(content, command.idempotencyKey())
            .bounded(new WriteBounds(WaistLimits.DEFAULT_READS, bytes));
    DataKey key = keys.forWrite(target.bucket(), command.wish().seal());
    Sealing sealing = key == null ? null : key.sealing();
    Protection protection = new Protection(command.wish().lock(), sealing);
    Receipt receipt =
        work.run(target, plan, b -> create(b, call, command, description, protection));
    return new Result(
        new VersionId(incarnation.value(), receipt.cursor()).text(),
        receipt.committedAt().plus(MultipartLimits.RETENTION),
        receipt,
        sealing,
        work.read(
            target,
            (tx, bucket) -> Endings.ofUpload(tx, bucket, command.key(), receipt.committedAt())));
  }

  private static Receipt create(
      BucketTx b, Call call, Command command, Description description, Protection protection) {
    if (protection.lock().retention() != null) {
      protection.lock().retention().requireFuture(b.committedAt());
    }
    Versions.requireLockable(b.bucket(), protection.lock());
    ObjectKey key = command.key();
    b.count(BucketCounters.ofUploads(1, 0));
    NamedChange change = NamedChange.of(key, null);
    VersionId id = b.nextVersion();
    long cursor = change.append(b, "upload.create");
    byte[] structured = description.structured();
    UploadRecord record =
        new UploadRecord(
            id,
            b.bucket().id(),
            key,
            description,
            structured != null,
            b.committedAt(),
            b.committedAt().plus(MultipartLimits.RETENTION),
            b.attempt().actor(),
            null,
            command.checksum(),
            WriteGrants.of(b.tx(), b.bucket(), call.caller(), command.acl()),
            protection);
    b.tx().put(UploadKeys.upload(cursor), record.toBytes());
    b.tx().put(UploadKeys.open(b.bucket().id(), key, cursor), new byte[] {1});
    b.tx().put(UploadKeys.state(cursor), new UploadState(cursor, 0, 0).toBytes());
    if (structured != null) {
      b.tx().put(UploadKeys.structured(cursor), structured);
    }
    return change.receipt(b, cursor);
  }
}
