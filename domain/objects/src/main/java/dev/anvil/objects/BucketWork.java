package dev.anvil.objects;

import dev.anvil.authz.Resource;
import dev.anvil.authz.Right;
import dev.anvil.authz.Sight;
import dev.anvil.authz.grants.AclRequest;
import dev.anvil.identity.Action;
import dev.anvil.identity.Call;
import dev.anvil.kernel.BucketName;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import java.io.InputStream;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What use cases on a bucket have in common: the door first, then the bucket, then a snapshot or
 * one commit under the caller's idempotency key.
 */
public final class BucketWork {
  private final ObjectServices services;
  private final Mutations mutations;

  /** Works on these services. */
  public BucketWork(ObjectServices services) {
    this.services = services;
    this.mutations = new Mutations(services);
  }

  /**
   * A bucket that the caller may touch as it asked.
   *
   * @param call who asks
   * @param bucket where it is
   * @param authzRevision what the right rests on
   */
  public record Target(Call call, BucketRef bucket, long authzRevision) {
    /** The same with a right that was asked for later. */
    public Target resting(long revision) {
      return new Target(call, bucket, revision);
    }
  }

  /**
   * How a mutation is committed.
   *
   * @param fingerprint what an idempotency key is bound to
   * @param idempotencyKey or null
   * @param bounds what the function announces
   */
  public record Plan(byte[] fingerprint, IdempotencyKey idempotencyKey, WriteBounds bounds) {
    /** With the usual bounds. */
    public static Plan of(byte[] fingerprint, IdempotencyKey idempotencyKey) {
      return new Plan(fingerprint, idempotencyKey, WriteBounds.DEFAULT);
    }

    /** With other bounds. */
    public Plan bounded(WriteBounds other) {
      return new Plan(fingerprint, idempotencyKey, other);
    }
  }

  /** Content on its way in, and what is demanded of it. */
  public record Content(InputStream from, Incoming.Demand demand) {}

  /** Asks for the right on a key, then finds the bucket. */
  public Target target(Call call, Action action, BucketName bucket, ObjectKey key) {
    return target(call, action, bucket, Resource.key(bucket, key));
  }

  /** Asks for the right to write a key with a list, or null, then finds the bucket. */
  public Target writing(Call call, BucketName bucket, ObjectKey key, AclRequest acl) {
    Resource resource = Resource.key(bucket, key);
    Right right = services.access().admit(call, Action.OBJECT_WRITE, resource);
    services.access().requireList(call, acl, resource);
    return new Target(
        call, services.buckets().require(call.caller(), bucket, right), right.revision());
  }

  /** Asks for the right to list keys under a prefix, for {@link #readSeeing}. */
  public Target listing(Call call, BucketName bucket, Resource prefix) {
    Right right = services.access().admitListing(call, Action.OBJECT_LIST, prefix);
    return new Target(
        call, services.buckets().require(call.caller(), bucket, right), right.revision());
  }

  /** Reads a snapshot with what the caller sees of it. */
  @FunctionalInterface
  public interface Seeing<T> {
    /** Reads; asks for keys in ascending order. */
    T read(ReadTx tx, BucketRecord bucket, Sight sight);
  }

  /** Reads one snapshot of a bucket that serves, as far as the caller sees it. */
  public <T> T readSeeing(Target target, Seeing<T> function) {
    return services
        .access()
        .seeing(
            target.call(),
            Action.OBJECT_LIST,
            target.bucket().name(),
            sight -> read(target, (tx, bucket) -> function.read(tx, bucket, sight)));
  }

  /** Asks for the right on a resource, then finds the bucket. */
  public Target target(Call call, Action action, BucketName bucket, Resource resource) {
    Right right = services.access().admit(call, action, resource);
    return new Target(
        call, services.buckets().require(call.caller(), bucket, right), right.revision());
  }

  /**
   * Finds the bucket for a caller whose right is asked for once its resource is known; one of
   * another tenant only for a right on the whole of it.
   */
  public Target unchecked(Call call, BucketName bucket) {
    return new Target(call, services.buckets().require(call.caller(), bucket), 0);
  }

  /** Home of the bucket. */
  public Partition partition(Target target) {
    return mutations.partition(target.bucket());
  }

  /** Reads one snapshot of a bucket that serves. */
  public <T> T read(Target target, BiFunction<ReadTx, BucketRecord, T> function) {
    return partition(target).read(tx -> function.apply(tx, BucketTx.readOpen(tx, target.bucket())));
  }

  /** Refuses what the quota would refuse, on a snapshot, before content is read. */
  public void preflight(Target target, BucketCounters change) {
    mutations.preflight(
        target.bucket(),
        () ->
            read(
                target,
                (tx, bucket) -> {
                  BucketCounters after = BucketTx.readCounters(tx, bucket.id()).plus(change);
                  BucketTx.checkQuota(bucket, after, change);
                  return null;
                }));
  }

  /** Commits a change, or answers with the receipt of the first try. */
  public Receipt run(Target target, Plan plan, Function<BucketTx, Receipt> change) {
    try (Attempt attempt = begin(target, plan.idempotencyKey())) {
      return mutations
          .commit(plan.bounds(), attempt, target.bucket(), plan.fingerprint(), change)
          .receipt();
    }
  }

  /** As {@link #run}, for a change that makes new stored bodies reachable. */
  public Receipt runWithBodies(
      Target target, Plan plan, List<BodyId> bodies, Function<BucketTx, Receipt> change) {
    Attempt attempt;
    try {
      attempt = begin(target, plan.idempotencyKey());
    } catch (Conflict e) {
      bodies.forEach(services.bodies()::free);
      throw e;
    }
    try (attempt) {
      return mutations
          .commitBodies(plan.bounds(), attempt, target.bucket(), plan.fingerprint(), bodies, change)
          .receipt();
    }
  }

  /** The receipt of a finished first try with the plan's key, or null. */
  public Receipt replayed(Call call, BucketName bucket, Plan plan) {
    if (plan.idempotencyKey() == null || call.caller().anonymous()) {
      return null;
    }
    try {
      Target target = unchecked(call, bucket);
      try (Attempt attempt = begin(target, plan.idempotencyKey())) {
        Idempotency done =
            partition(target).read(tx -> Idempotency.find(tx, attempt, services.clock().instant()));
        if (done == null) {
          return null;
        }
        done.requireSame(plan.fingerprint());
        return done.receipt();
      }
    } catch (NotFound e) {
      return null;
    }
  }

  /**
   * Reads content and commits what names it, or, when a first try with the key is done, reads it
   * only to compare.
   *
   * @param preflight refuses before the content is read
   * @param print fingerprint, from the digests of the content
   * @param change the function
   */
  public Receipt store(
      Target target,
      IdempotencyKey key,
      Content content,
      Runnable preflight,
      Function<Digests, byte[]> print,
      BiFunction<BucketTx, Incoming, Receipt> change) {
    try (Attempt attempt = begin(target, key)) {
      if (mutations.wasDone(attempt, target.bucket())) {
        Digests digests = Incoming.digestOnly(content.from(), content.demand());
        Plan plan = Plan.of(print.apply(digests), key);
        return mutations
            .commit(
                plan.bounds(),
                attempt,
                target.bucket(),
                plan.fingerprint(),
                b -> {
                  throw Mutations.expiredMeanwhile();
                })
            .receipt();
      }
      preflight.run();
      Incoming in = Incoming.read(content.from(), content.demand(), services.bodies());
      return commitIncoming(target, attempt, print, in, change);
    }
  }

  private Receipt commitIncoming(
      Target target,
      Attempt attempt,
      Function<Digests, byte[]> print,
      Incoming in,
      BiFunction<BucketTx, Incoming, Receipt> change) {
    int inline = in.content() instanceof VersionDraft.Content.Bytes b ? b.bytes().length : 0;
    WriteBounds bounds =
        new WriteBounds(WriteBounds.DEFAULT.reads(), WriteBounds.DEFAULT.bytes() + inline);
    return mutations
        .commitBodies(
            bounds,
            attempt,
            target.bucket(),
            print.apply(in.digests()),
            in.newBodies(),
            b -> change.apply(b, in))
        .receipt();
  }

  /**
   * One commit of leased work in a bucket that serves.
   *
   * @param duty kind of the duty; its fence is this, a slash and the partition
   * @return false, and nothing is changed, if the bucket is gone or being deleted
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean runDuty(
      PartitionId id, String duty, long token, long bucketId, Consumer<BucketTx> change) {
    return services
        .partitions()
        .get(id)
        .write(tx -> {
          Fences.check(tx, duty + "/" + id, token);
          byte[] value = tx.get(ObjectsRecords.bucket(bucketId));
          BucketRecord bucket = value == null ? null : BucketCodec.decode(value);
          if (bucket == null || bucket.state() == BucketState.CLOSING) {
            return false;
          }
          BucketRef ref = new BucketRef(bucket.name(), bucketId, id, bucket.tenantId());
          BucketTx b = BucketTx.open(tx, ref, Attempt.ofDuty(duty), services.incarnation());
          change.accept(b);
          b.finish();
          return true;
        })
        .value();
  }

  /** One commit of leased work that drops a record whose bucket may be gone. */
  public boolean forgetDuty(PartitionId id, String duty, long token, byte[] key) {
    return services
        .partitions()
        .get(id)
        .write(tx -> {
          Fences.check(tx, duty + "/" + id, token);
          tx.delete(key);
          return true;
        })
        .value();
  }

  private Attempt begin(Target target, IdempotencyKey key) {
    return mutations.begin(target.call(), target.authzRevision(), target.bucket(), key);
  }

  /** The description with its structured metadata checked and compacted; null says nothing. */
  public Description checked(Description d) {
    if (d == null) {
      return Description.NONE;
    }
    byte[] structured = StructuredJson.check(services.json(), d.structured());
    return new Description(d.headers(), d.userMetadata(), structured, d.tags());
  }

  /** Adds a description to a fingerprint. */
  public static Fingerprint print(Fingerprint f, Description d) {
    return f.headers(d.headers()).texts(d.userMetadata()).bytes(d.structured()).texts(d.tags());
  }
}
