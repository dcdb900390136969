package dev.anvil.objects.manifests;

import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.BucketCounters;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ContentHeaders;
import dev.anvil.objects.DigestAlgorithm;
import dev.anvil.objects.Digests;
import dev.anvil.objects.Fingerprint;
import dev.anvil.objects.IdempotencyKey;
import dev.anvil.objects.NamedChange;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.Receipt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.PreconditionFailed;
import dev.anvil.ports.journal.Payload;
import dev.anvil.ports.storage.WaistLimits;
import dev.anvil.ports.storage.WriteBounds;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Creates a manifest, or changes it if its revision is the expected one. */
public final class PutManifest {
  /**
   * What to write.
   *
   * @param bucket where
   * @param key name among the manifests of the bucket
   * @param content at most {@link ManifestLimits#MAX_BYTES}
   * @param contentType or null
   * @param expectedRevision revision it must have; 0 demands that there is none
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      ObjectKey key,
      byte[] content,
      String contentType,
      long expectedRevision,
      IdempotencyKey idempotencyKey) {}

  /** The new revision, also the receipt's version and entity tag. */
  public record Result(long revision, Receipt receipt) {}

  private final BucketWork work;

  /** Works on these services. */
  public PutManifest(ObjectServices services) {
    this.work = new BucketWork(services);
  }

  /**
   * Needs object:write on the key.
   *
   * @throws PreconditionFailed if the revision is another one, with {@code currentRevision} (0: no
   *     manifest)
   */
  public Result execute(Call call, Command command) {
    BucketWork.Target target =
        work.target(call, Action.OBJECT_WRITE, command.bucket(), command.key());
    check(command);
    byte[] sha256 = sha256(command.content());
    byte[] content =
        new Fingerprint("manifest.put")
            .bytes(command.key().utf8())
            .text(command.contentType())
            .number(command.expectedRevision())
            .bytes(sha256)
            .toBytes();
    BucketWork.Plan plan =
        BucketWork.Plan.of(content, command.idempotencyKey())
            .bounded(new WriteBounds(WaistLimits.DEFAULT_READS, command.content().length + 1_024));
    Receipt receipt = work.run(target, plan, b -> put(b, call, command, sha256));
    return new Result(Long.parseLong(receipt.version()), receipt);
  }

  private static Receipt put(BucketTx b, Call call, Command command, byte[] sha256) {
    byte[] key = ManifestHead.key(b.bucket().id(), command.key());
    byte[] value = b.tx().get(key);
    ManifestHead before = value == null ? null : ManifestHead.of(value);
    ManifestHead.expect(before, command.expectedRevision());
    long revision = command.expectedRevision() + 1;
    int size = command.content().length;
    b.count(
        BucketCounters.ofOthers(
            before == null ? 1 : 0, 0, size - (before == null ? 0L : before.size())));
    String tag = Long.toString(revision);
    NamedChange change = NamedChange.of(command.key(), tag, new Payload(size, tag, sha256));
    long cursor = change.append(b, "manifest.put");
    if (before != null) {
      b.tx().delete(ManifestHead.content(before.cursor()));
    }
    ManifestHead head =
        new ManifestHead(
            revision,
            cursor,
            size,
            sha256,
            command.contentType(),
            b.committedAt(),
            call.caller().actor());
    b.tx().put(key, head.toBytes());
    b.tx().put(ManifestHead.content(cursor), command.content());
    return change.receipt(b, cursor);
  }

  private static byte[] sha256(byte[] content) {
    Digests digests = new Digests(Set.of());
    digests.update(ByteBuffer.wrap(content));
    return digests.end().get(DigestAlgorithm.SHA256);
  }

  private static void check(Command command) {
    ContentHeaders.ofType(command.contentType());
    if (command.expectedRevision() < 0) {
      throw new Invalid(Invalid.Reason.ARGUMENT, "a revision is 1 or more");
    }
    if (command.content().length > ManifestLimits.MAX_BYTES) {
      Map<String, Object> fields = new HashMap<>();
      fields.put("bytes", command.content().length);
      fields.put("limit", ManifestLimits.MAX_BYTES);
      throw new LimitExceeded(
          LimitExceeded.Reason.TOO_LARGE,
          "a manifest has at most " + ManifestLimits.MAX_BYTES + " bytes",
          fields);
    }
  }
}
