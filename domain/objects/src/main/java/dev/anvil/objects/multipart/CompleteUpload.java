package dev.anvil.objects.multipart;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.Description;
import dev.anvil.objects.Endings;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Preconditions;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.VersionBody;
import dev.anvil.objects.VersionDraft;
import dev.anvil.objects.Versions;
import dev.anvil.objects.parts.Part;
import dev.anvil.objects.parts.PlacedSlices;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteBounds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the named parts of an upload one version, in one commit. The parts are checked on snapshots
 * before; the commit relies on that while the upload's stamp stands, and so reads a handful of
 * records for 10,000 parts as for one.
 */
public final class CompleteUpload {
  /**
   * What to complete.
   *
   * @param bucket where
   * @param key of the upload, or null where the request names the id alone
   * @param uploadId the upload
   * @param parts 1 to 10,000, by ascending number
   * @param preconditions demands on the current state of the key, decided in the commit
   * @param expectedSize bytes the whole must have, or -1
   * @param checksum what is said of the checksum of the whole
   * @param idempotencyKey or null; the completion of an upload may be repeated without one too
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String uploadId,
      List<PartClaim> parts,
      Preconditions preconditions,
      long expectedSize,
      WholeClaim checksum,
      IdempotencyKey idempotencyKey) {
    /** Copies the list. */
    public Command {
      parts = List.copyOf(parts);
    }

    /** Without a demand on checksums. */
    public Command(
        BucketName bucket,
        ObjectKey key,
        String uploadId,
        List<PartClaim> parts,
        Preconditions preconditions,
        long expectedSize,
        IdempotencyKey idempotencyKey) {
      this(
          bucket,
          key,
          uploadId,
          parts,
          preconditions,
          expectedSize,
          WholeClaim.NONE,
          idempotencyKey);
    }
  }

  /**
   * The version, and whose it is.
   *
   * @param expiry when the bucket's lifecycle ends it; null for never
   */
  public record Result(ObjectKey key, Receipt receipt, LifecycleRules.Expiry expiry) {}

  private final BucketWork work;
  private final UploadDoor door;

  /** Works on these services. */
  public CompleteUpload(ObjectServices services) {
    this.work = new BucketWork(services);
    this.door = new UploadDoor(services, work);
  }

  /**
   * Needs object:write on the upload's key.
   *
   * @throws dev.anvil.ports.failure.NotFound UploadNotFound
   * @throws Invalid InvalidPart, InvalidPartOrder, PartTooSmall
   * @throws Conflict OperationInProgress if parts keep changing meanwhile
   */
  public Result execute(Call call, Command command) {
    UploadDoor.Found upload =
        door.find(call, Action.OBJECT_WRITE, command.bucket(), command.key(), command.uploadId());
    PartRules.order(command.parts());
    byte[] claims = claims(command);
    for (int round = 0; round < MultipartLimits.CHECK_ROUNDS; round++) {
      Receipt before = repeated(call, upload, command, claims);
      if (before != null) {
        return ended(upload, before);
      }
      try {
        return ended(upload, complete(upload, command, claims));
      } catch (PartsChanged e) {
        continue;
      }
    }
    throw new Conflict(
        Conflict.Reason.IN_PROGRESS,
        "parts of the upload keep changing; complete when they have arrived");
  }

  private Result ended(UploadDoor.Found upload, Receipt receipt) {
    ObjectKey key = upload.record().key();
    return new Result(
        key,
        receipt,
        work.read(upload.target(), (tx, bucket) -> Endings.of(tx, bucket, key, receipt)));
  }

  private Receipt complete(UploadDoor.Found upload, Command command, byte[] claims) {
    CheckedParts checked = CheckedParts.of(work, upload, command);
    long size = checked.digest().size();
    if (command.expectedSize() >= 0 && command.expectedSize() != size) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "the parts hold " + size + " bytes, not " + command.expectedSize(),
          Map.of("size", size, "expected", command.expectedSize()));
    }
    WholeChecksum.check(upload.record().checksum(), checked.checksums(), command);
    WriteBounds bounds =
        new WriteBounds(WaistLimits.DEFAULT_READS, 2_048 + PlacedSlices.bytes(checked.slices()));
    return work.run(
        upload.target(),
        BucketWork.Plan.of(claims, command.idempotencyKey()).bounded(bounds),
        b -> commit(b, upload, command, checked, claims));
  }

  private static Receipt commit(
      BucketTx b, UploadDoor.Found upload, Command command, CheckedParts checked, byte[] claims) {
    UploadRecord record =
        UploadDoor.require(b.tx(), b.bucket().id(), upload.number(), command.uploadId());
    if (!record.open()) {
      throw new PartsChanged();
    }
    UploadState state = UploadState.of(b.tx().get(UploadKeys.state(upload.number())));
    if (state.stamp() != checked.stamp()) {
      throw new PartsChanged();
    }
    KeyState key = b.key(record.key());
    command.preconditions().check(key.newest());
    byte[] structured =
        record.structured() ? b.tx().get(UploadKeys.structured(upload.number())) : null;
    b.count(BucketCounters.ofUploads(-1, -state.bytes()));
    VersionDraft draft = draft(b, record, structured, checked);
    Receipt receipt = new Versions(b).put(key, draft, Versions.VIA_COMPLETE);
    UploadEnd.complete(
        b,
        upload.number(),
        record,
        Completion.of(claims, receipt),
        KeptParts.of(holding(checked.parts())));
    return receipt;
  }

  private static VersionDraft draft(
      BucketTx b, UploadRecord record, byte[] structured, CheckedParts checked) {
    Description d = record.description();
    VersionBody body = PlacedSlices.place(b.tx(), checked.slices());
    return new VersionDraft(
        checked.digest().size(),
        checked.digest().etag(),
        checked.digest().sha256(),
        checked.parts().size(),
        new VersionDraft.Content.Placed(body),
        d.headers(),
        d.userMetadata(),
        structured,
        d.tags(),
        checked.checksums(),
        List.of(),
        record.grants(),
        record.protection());
  }

  private Receipt repeated(Call call, UploadDoor.Found upload, Command command, byte[] claims) {
    String uploadId = command.uploadId();
    UploadRecord record =
        work.read(
            upload.target(),
            (tx, bucket) -> UploadDoor.require(tx, bucket.id(), upload.number(), uploadId));
    if (record.open()) {
      return null;
    }
    if (!Arrays.equals(record.completion().claims(), claims)) {
      // a key that was used for other parts says so
      work.replayed(call, command.bucket(), BucketWork.Plan.of(claims, command.idempotencyKey()));
      throw UploadDoor.unknown(uploadId);
    }
    return record.completion().receipt(upload.target().bucket(), record.key());
  }

  private static byte[] claims(Command command) {
    Fingerprint f = new Fingerprint("upload.complete").text(command.uploadId());
    for (PartClaim claim : command.parts()) {
      f.number(claim.number()).text(claim.etag().toLowerCase(Locale.ROOT));
    }
    return f.toBytes();
  }

  /** The parts that are empty hold no bytes of the version and are dropped like unused ones. */
  private static List<Part> holding(List<Part> parts) {
    return parts.stream().filter(p -> p.size() > 0).toList();
  }
}
