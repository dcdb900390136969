package dev.anvil.objects.multipart;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BodyKeyring;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import dev.anvil.objects.ExpectedDigests;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.Garbage;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.Incoming;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.objects.parts.Part;
import dev.anvil.objects.sealing.CustomerKey;
import dev.anvil.objects.sealing.DataKey;
import dev.anvil.objects.sealing.Sealing;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.journal.Payload;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
   * @param customer key of the customer, or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      String uploadId,
      int number,
      InputStream content,
      long length,
      ExpectedDigests digests,
      IdempotencyKey idempotencyKey,
      CustomerKey customer) {
    /** Without a customer's key. */
    public Command(
        BucketName bucket,
        ObjectKey key,
        String uploadId,
        int number,
        InputStream content,
        long length,
        ExpectedDigests digests,
        IdempotencyKey idempotencyKey) {
      this(bucket, key, uploadId, number, content, length, digests, idempotencyKey, null);
    }
  }

  /** The stored part; its entity tag is what a completion must name. */
  public record Result(int number, String etag, Receipt receipt, Sealing sealing) {}

  /** Parts are never inside the engine, however small: they are many and short-lived there. */
  private static final int NEVER_INLINE = -1;

  private final BucketWork work;
  private final UploadDoor door;
  private final BodyKeyring keys;

  /** Works on these services. */
  public PutPart(ObjectServices services) {
    this.work = new BucketWork(services);
    this.door = new UploadDoor(services, work);
    this.keys = new BodyKeyring(services);
  }

  /**
   * Needs object:write on the upload's key.
   *
   * @throws dev.anvil.ports.failure.NotFound UploadNotFound
   */
  public Result execute(Call call, Command command) {
    UploadDoor.Found upload =
        door.find(call, Action.OBJECT_WRITE, command.bucket(), command.key(), command.uploadId());
    PartRules.number(command.number());
    ExpectedDigests expected = expected(command.digests(), upload.record().checksum());
    Incoming.Demand demand =
        new Incoming.Demand(
            command.length(), expected, NEVER_INLINE, MultipartLimits.MAX_PART_BYTES);
    demand.checkLength();
    DataKey key = key(upload, command);
    Receipt receipt =
        work.store(
            upload.target(),
            command.idempotencyKey(),
            new BucketWork.Content(command.content(), demand.under(key)),
            () -> preflight(command, upload),
            digests -> print(command, digests),
            (b, incoming) -> put(b, upload, command, expected, incoming));
    Sealing sealing = upload.record().protection().sealing();
    return new Result(command.number(), receipt.etag(), receipt, sealing);
  }

  /** The key of the upload, which every part must be sent with. */
  private DataKey key(UploadDoor.Found upload, Command command) {
    try {
      return keys.open(
          upload.target().bucket(), upload.record().protection().sealing(), command.customer());
    } catch (Denied e) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "The provided encryption parameters did not match the ones used originally.");
    }
  }

  private void preflight(Command command, UploadDoor.Found upload) {
    if (!upload.record().open()) {
      throw UploadDoor.unknown(command.uploadId());
    }
    if (command.length() > 0) {
      work.preflight(upload.target(), BucketCounters.ofUploads(0, grows(command, upload)));
    }
  }

  private static byte[] print(Command command, Digests digests) {
    return new Fingerprint("upload.part")
        .text(command.uploadId())
        .number(command.number())
        .bytes(digests.get(DigestAlgorithm.SHA256))
        .toBytes();
  }

  /** By how much the stored bytes grow if the content is as long as announced. */
  private long grows(Command command, UploadDoor.Found upload) {
    byte[] key = UploadKeys.part(upload.number(), command.number());
    long before =
        work.read(
            upload.target(),
            (tx, bucket) -> {
              byte[] value = tx.get(key);
              return value == null ? 0L : PartRecord.of(command.number(), value).part().size();
            });
    return command.length() - before;
  }

  private static Receipt put(
      BucketTx b,
      UploadDoor.Found upload,
      Command command,
      ExpectedDigests expected,
      Incoming incoming) {
    long number = upload.number();
    UploadRecord record =
        UploadDoor.requireOpen(b.tx(), b.bucket().id(), number, command.uploadId());
    UploadState state = UploadState.of(b.tx().get(UploadKeys.state(number)));
    byte[] key = UploadKeys.part(number, command.number());
    byte[] value = b.tx().get(key);
    Part before = value == null ? null : PartRecord.of(command.number(), value).part();
    Part part = part(command, incoming);
    long grows = part.size() - (before == null ? 0 : before.size());
    b.count(BucketCounters.ofUploads(0, grows));
    Payload payload = new Payload(part.size(), incoming.etag(), incoming.toldHash());
    NamedChange change = new NamedChange(record.key(), null, payload, incoming.newBodies());
    long cursor = change.append(b, "upload.part");
    Map<DigestAlgorithm, byte[]> checksums = incoming.digests().kept(expected);
    b.tx().put(key, new PartRecord(part, b.committedAt(), checksums).toBytes());
    UploadState after = state.changed(cursor, before == null ? 1 : 0, grows);
    b.tx().put(UploadKeys.state(number), after.toBytes());
    if (before != null) {
      b.leave(new Garbage.Dead(List.of(before.body())));
    }
    return change.receipt(b, cursor, checksums);
  }

  /**
   * What the part must have, with the upload's checksum kept.
   *
   * @throws Invalid InvalidRequest if the part comes with another one
   */
  private static ExpectedDigests expected(ExpectedDigests sent, UploadChecksum upload) {
    if (upload == null) {
      return sent;
    }
    Set<DigestAlgorithm> kept = EnumSet.of(upload.algorithm());
    boolean other = upload.strict() && !sent.kept().isEmpty() && !sent.kept().equals(kept);
    boolean lacking = upload.strict() && !upload.whole() && sent.kept().isEmpty();
    if (other || lacking || !upload.algorithm().computed() && sent.kept().isEmpty()) {
      throw new Invalid(
          Invalid.Reason.REQUEST,
          "Checksum Type mismatch occurred, expected checksum Type: "
              + upload.algorithm().name()
              + ", actual checksum Type: "
              + (other ? sent.kept().iterator().next().name() : "null"),
          Map.of("algorithm", upload.algorithm().wire()));
    }
    kept.addAll(sent.kept());
    return new ExpectedDigests(sent.values(), kept, sent.late());
  }

  private static Part part(Command command, Incoming incoming) {
    Digests digests = incoming.digests();
    return new Part(
        command.number(),
        incoming.newBodies().getFirst(),
        digests.size(),
        incoming.tag(),
        digests.get(DigestAlgorithm.SHA256));
  }
}
