package dev.anvil.objects.multipart;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.Garbage;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Intake;
import dev.anvil.objects.Mutations;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.parts.Part;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.journal.Payload;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** Stores a part; of several tries under one number the last to finish stays, never a mixture. */
public final class PutPart {
  /**
   * What to store.
   *
   * @param bucket where
   * @param key of the upload, or null where the request names the id alone
   * @param uploadId an open upload
   * @param number 1..10,000
   * @param content read once, after every refusal that can be known before; not closed
   * @param length announced bytes, or -1 when unknown; at most {@link
   *     MultipartLimits#MAX_PART_BYTES}
   * @param digests checksums the content must have
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String uploadId,
      int number,
      InputStream content,
      long length,
      ExpectedDigests digests,
      IdempotencyKey idempotencyKey) {}

  /** The stored part; its entity tag is what a completion must name. */
  public record Result(int number, String etag, Receipt receipt) {}

  private final ObjectServices services;
  private final Mutations mutations;
  private final UploadDoor door;

  /** Works on these services. */
  public PutPart(ObjectServices services) {
    this.services = services;
    this.mutations = new Mutations(services);
    this.door = new UploadDoor(services, mutations);
  }

  /**
   * Needs object:write on the upload's key.
   *
   * @throws dev.anvil.ports.failure.NotFound UploadNotFound
   */
  public Result execute(Call call, Command command) {
    UploadDoor.Found upload =
        door.find(
            call, Action.OBJECT_WRITE, command.bucket(), command.key(), command.uploadId());
    preflight(command, upload);
    Intake.Stored stored =
        Intake.store(
            services.bodies(),
            command.content(),
            command.length(),
            MultipartLimits.MAX_PART_BYTES,
            command.digests());
    Part part =
        new Part(
            command.number(),
            stored.body(),
            stored.size(),
            stored.digests().get(DigestAlgorithm.MD5),
            stored.digests().get(DigestAlgorithm.SHA256));
    byte[] content =
        new Fingerprint("upload.part")
            .text(command.uploadId())
            .number(command.number())
            .bytes(part.sha256())
            .toBytes();
    Receipt receipt =
        mutations.runWithBodies(
            upload.target(),
            Mutations.Plan.of(content, command.idempotencyKey()),
            List.of(part.body()),
            b -> put(b, upload, command.uploadId(), part, stored.digests().etag()));
    return new Result(command.number(), receipt.etag(), receipt);
  }

  private void preflight(Command command, UploadDoor.Found upload) {
    PartRules.number(command.number());
    if (!upload.record().open()) {
      throw UploadDoor.unknown(command.uploadId());
    }
    if (command.length() > MultipartLimits.MAX_PART_BYTES) {
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "a part has at most " + MultipartLimits.MAX_PART_BYTES + " bytes",
          Map.of("length", command.length(), "limit", MultipartLimits.MAX_PART_BYTES));
    }
    if (command.length() < -1) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "a length is 0 or more");
    }
    if (command.length() > 0) {
      mutations.preflight(
          upload.target(), BucketCounters.ofUploads(0, grows(command, upload)));
    }
  }

  /** By how much the stored bytes grow if the content is as long as announced. */
  private long grows(Command command, UploadDoor.Found upload) {
    byte[] key = UploadKeys.part(upload.number(), command.number());
    long before =
        mutations.read(
            upload.target(),
            (tx, bucket) -> {
              byte[] value = tx.get(key);
              return value == null ? 0L : PartRecord.of(command.number(), value).part().size();
            });
    return command.length() - before;
  }

  private static Receipt put(
      BucketTx b, UploadDoor.Found upload, String uploadId, Part part, String etag) {
    UploadRecord record =
        UploadDoor.requireOpen(b.tx(), b.bucket().id(), upload.number(), uploadId);
    UploadState state = UploadState.of(b.tx().get(UploadKeys.state(upload.number())));
    byte[] key = UploadKeys.part(upload.number(), part.number());
    byte[] value = b.tx().get(key);
    Part before = value == null ? null : PartRecord.of(part.number(), value).part();
    long grows = part.size() - (before == null ? 0 : before.size());
    b.count(BucketCounters.ofUploads(0, grows));
    NamedChange change =
        new NamedChange(
            record.key(),
            null,
            new Payload(part.size(), etag, part.sha256()),
            List.of(part.body()));
    long cursor = change.append(b, "upload.part");
    b.tx().put(key, new PartRecord(part, b.committedAt()).toBytes());
    b.tx()
        .put(
            UploadKeys.state(upload.number()),
            state.changed(cursor, before == null ? 1 : 0, grows).toBytes());
    if (before != null) {
      b.leave(new Garbage.Dead(List.of(before.body())));
    }
    return change.receipt(b, cursor);
  }
}
