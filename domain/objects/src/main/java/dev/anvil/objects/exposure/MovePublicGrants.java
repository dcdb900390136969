package dev.anvil.objects.exposure;

import dev.anvil.authz.grants.Everybody;
import dev.anvil.authz.grants.Exposure;
import dev.anvil.authz.store.PublicTuples;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.objects.BucketIds;
import dev.anvil.objects.BucketRecord;
import dev.anvil.objects.BucketRef;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.ExposureRecords;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.PublicMove;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves public access from the records of buckets to tuples of their tenants: what older versions
 * kept in records, and what a stop cut short. A record lets go of a grant only after its tuples are
 * durable, and tuples are written only of what the record grants: no moment gives more than before.
 */
public final class MovePublicGrants {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "move-public-grants";

  private static final int PAGE = 100;
  private static final WriteBounds BOUNDS = ChangeExposure.BOUNDS;

  private final ObjectServices services;
  private final BucketExposures exposures;
  private final BucketWork work;
  private final Map<PartitionId, byte[]> lookedAt = new HashMap<>();
  private final Map<PartitionId, byte[]> triedAt = new HashMap<>();

  /** Works on these services; the exposures are those that the door asks. */
  public MovePublicGrants(ObjectServices services, BucketExposures exposures) {
    this.services = services;
    this.exposures = exposures;
    this.work = new BucketWork(services);
  }

  /**
   * One step. Records are looked through once after each start, since no new one grants by itself.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    boolean more = queue(id, token);
    byte[] after;
    synchronized (lookedAt) {
      after = triedAt.remove(id);
    }
    KeyRange moves = KeyRange.prefix(ExposureRecords.movePrefix());
    List<Long> found = page(id, after == null ? moves : moves.after(after));
    for (long bucketId : found) {
      settle(id, token, bucketId);
    }
    if (found.size() == PAGE) {
      synchronized (lookedAt) {
        triedAt.put(id, ExposureRecords.moveKey(found.getLast()));
      }
      return true;
    }
    return more;
  }

  /** Queues the next page of old records that grant. */
  private boolean queue(PartitionId id, long token) {
    byte[] prefix = ExposureRecords.prefix();
    byte[] from;
    synchronized (lookedAt) {
      from = lookedAt.getOrDefault(id, prefix);
    }
    KeyRange range = KeyRange.prefix(prefix);
    if (!range.contains(from)) {
      return false;
    }
    List<Long> found = page(id, from == prefix ? range : range.after(from));
    for (long bucketId : found) {
      if (services.partitions().get(id).<Boolean>read(tx -> old(tx, bucketId))) {
        work.runDuty(
            id,
            DUTY,
            token,
            bucketId,
            BOUNDS,
            b -> {
              if (old(b.tx(), bucketId)) {
                Exposure e = ExposureRecords.read(b.tx(), bucketId);
                Everybody direct = new Everybody(e.publicRead(), e.publicWrite());
                Everybody list = e.acl().everybody();
                ask(b, direct.any() ? direct : null, list.any() && !e.listed() ? list : null);
              }
            });
      }
    }
    synchronized (lookedAt) {
      boolean last = found.size() < PAGE;
      lookedAt.put(
          id, last ? KeyRange.successorOfPrefix(prefix) : ExposureRecords.key(found.getLast()));
      return !last;
    }
  }

  private static boolean old(ReadTx tx, long bucketId) {
    Exposure e = ExposureRecords.read(tx, bucketId);
    return e.unsettled() && tx.get(ExposureRecords.moveKey(bucketId)) == null;
  }

  private List<Long> page(PartitionId id, KeyRange range) {
    return services
        .partitions()
        .get(id)
        .read(tx -> {
          List<Long> found = new ArrayList<>();
          try (EntryCursor c = tx.scan(range, Order.ASCENDING)) {
            while (found.size() < PAGE && c.next()) {
              found.add(ExposureRecords.bucketOf(c.key()));
            }
          }
          return found;
        });
  }

  private void settle(PartitionId id, long token, long bucketId) {
    byte[] moveKey = ExposureRecords.moveKey(bucketId);
    BucketRecord[] bucket = new BucketRecord[1];
    PublicMove[] move = new PublicMove[1];
    // a step of a holder that lost its lease stops here, before it reaches another partition
    boolean there =
        work.runDuty(
            id,
            DUTY,
            token,
            bucketId,
            b -> {
              byte[] value = b.tx().get(moveKey);
              bucket[0] = b.bucket();
              move[0] = value == null ? null : PublicMove.decode(value);
            });
    if (!there) {
      work.forgetDuty(id, DUTY, token, moveKey);
    } else if (move[0] != null) {
      BucketRef ref = new BucketRef(bucket[0].name(), bucketId, id, bucket[0].tenantId());
      WriteRequest.By by = new WriteRequest.By("duty:" + DUTY, null, 0, null, null);
      if (publish(services, ref, move[0], by)) {
        work.runDuty(id, DUTY, token, bucketId, BOUNDS, b -> let(exposures, b, ref, move[0]));
      }
    }
  }

  /**
   * Notes in the commit what is asked for; the record must grant it. What is on its way already
   * goes along.
   *
   * @param direct by public access, or null
   * @param list by the bucket's list, or null
   */
  static PublicMove ask(BucketTx b, Everybody direct, Everybody list) {
    byte[] name = b.bucket().name().value().getBytes(StandardCharsets.US_ASCII);
    long cursor = b.append(ChangeExposure.CHANGED, name, null, null, List.of());
    byte[] key = ExposureRecords.moveKey(b.bucket().id());
    byte[] waiting = b.tx().get(key);
    PublicMove before =
        waiting == null ? new PublicMove(null, null, 0) : PublicMove.decode(waiting);
    PublicMove move =
        new PublicMove(
            direct == null ? before.direct() : direct, list == null ? before.list() : list, cursor);
    b.tx().put(key, move.encode());
    return move;
  }

  /** Makes the tuples say it. */
  static boolean publish(
      ObjectServices services, BucketRef bucket, PublicMove move, WriteRequest.By by) {
    String name = bucket.name().value();
    return services
        .access()
        .publish(
            bucket.tenantId(),
            new PublicTuples.Wanted(
                name,
                BucketIds.stored(bucket.id(), name),
                move.direct(),
                move.list(),
                move.generation()),
            by);
  }

  /** Lets the record go of what the tuples say now, unless something else was asked meanwhile. */
  static void let(BucketExposures exposures, BucketTx b, BucketRef bucket, PublicMove move) {
    byte[] key = ExposureRecords.moveKey(bucket.id());
    if (Arrays.equals(b.tx().get(key), move.encode())) {
      Exposure before = ExposureRecords.read(b.tx(), bucket.id());
      Exposure moved = move.direct() == null ? before : before.open(false, false);
      Exposure after = move.list() == null ? moved : moved.settled();
      exposures.put(b.tx(), bucket.partition().number(), bucket.id(), after);
      b.tx().delete(key);
    }
  }
}
