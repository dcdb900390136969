package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.storage.WriteBounds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Changes settings of a bucket. */
public final class UpdateBucket {
  /**
   * What to change; null leaves a setting as it is.
   *
   * @param bucket which
   * @param versioning other than UNVERSIONED
   * @param tags all tags
   * @param quota both bounds
   * @param idempotencyKey or null
   */
  public record Command(
      BucketName bucket,
      Versioning versioning,
      Map<String, String> tags,
      Quota quota,
      IdempotencyKey idempotencyKey) {}

  /** The bucket after the change, and the receipt of the change. */
  public record Result(BucketInfo info, Receipt receipt) {}

  private final ObjectServices services;
  private final Mutations mutations;

  /** Works on these services. */
  public UpdateBucket(ObjectServices services) {
    this.services = services;
    this.mutations = new Mutations(services);
  }

  /** Needs bucket:update on the bucket. */
  public Result execute(Call call, Command command) {
    Right right =
        services.access().admit(call, Action.BUCKET_UPDATE, Resource.bucket(command.bucket()));
    SortedMap<String, String> tags =
        command.tags() == null ? null : Labels.bucketTags(command.tags());
    BucketRef bucket = services.buckets().require(call.caller(), command.bucket(), right);
    try (Attempt attempt =
        mutations.begin(call, right.revision(), bucket, command.idempotencyKey())) {
      Mutations.Outcome outcome =
          mutations.commit(
              WriteBounds.DEFAULT,
              attempt,
              bucket,
              fingerprint(command, tags),
              b -> update(b, command, tags));
      return new Result(GetBucket.read(services, bucket), outcome.receipt());
    }
  }

  private static Receipt update(BucketTx b, Command command, SortedMap<String, String> tags) {
    BucketSettings old = b.bucket().settings();
    if (command.versioning() == Versioning.UNVERSIONED && b.bucket().everVersioned()) {
      throw new WrongState(
          WrongState.Reason.VERSIONING,
          "a bucket that was versioned can be suspended, not made unversioned",
          Map.of("versioning", old.versioning().name()));
    }
    BucketSettings settings =
        new BucketSettings(
            old.region(),
            command.versioning() == null ? old.versioning() : command.versioning(),
            tags == null ? old.tags() : tags,
            command.quota() == null ? old.quota() : command.quota());
    byte[] name = b.bucket().name().value().getBytes(StandardCharsets.US_ASCII);
    long cursor = b.append("bucket.updated", name, null, null, List.of());
    BucketRecord after = b.bucket().with(settings, cursor);
    b.tx().put(ObjectsRecords.bucket(after.id()), BucketCodec.encode(after));
    return b.receipt(null, null, false, false, null, 0, cursor);
  }

  private static byte[] fingerprint(Command command, SortedMap<String, String> tags) {
    Fingerprint print =
        new Fingerprint("UpdateBucket")
            .text(command.versioning() == null ? null : command.versioning().name())
            .number(tags == null ? 0 : 1)
            .texts(tags == null ? Map.of() : tags)
            .number(command.quota() == null ? 0 : 1);
    if (command.quota() != null) {
      print.number(command.quota().objects()).number(command.quota().bytes());
    }
    return print.toBytes();
  }
}
