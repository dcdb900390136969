package dev.anvil.objects;

import dev.anvil.kernel.Incarnation;
import dev.anvil.kernel.ObjectKey;
import dev.anvil.objects.rules.Protection;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.LimitExceeded;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.journal.Payload;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteTx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One function's view of a bucket: its record, read first, so that a stale name never writes; its
 * counters and quota; its journal entries and receipts. {@link #finish} comes last.
 */
public final class BucketTx {
  private final WriteTx tx;
  private final BucketRecord bucket;
  private final Attempt attempt;
  private final Incarnation incarnation;
  private final int partition;
  private final Guards guards;
  private boolean bypass;
  private final BucketCounters before;
  private BucketCounters counters;
  private int garbage;
  private final List<BodyId> dead = new ArrayList<>(1);

  BucketTx(
      WriteTx tx,
      BucketRecord bucket,
      BucketCounters counters,
      Attempt attempt,
      ObjectServices services,
      int partition) {
    this.tx = tx;
    this.bucket = bucket;
    this.before = counters;
    this.counters = counters;
    this.attempt = attempt;
    this.incarnation = services.incarnation();
    this.guards = services.guards();
    this.partition = partition;
  }

  /**
   * The bucket's record.
   *
   * @throws dev.anvil.ports.failure.NotFound BucketNotFound
   */
  static BucketRecord read(ReadTx tx, BucketRef ref) {
    BucketRecord bucket =
        tx.remembered(
            ObjectsRecords.bucket(ref.id()), v -> v == null ? null : BucketCodec.decode(v));
    if (bucket == null) {
      throw BucketDirectory.absent(ref.name());
    }
    return bucket;
  }

  /**
   * The record of a bucket that serves.
   *
   * @throws dev.anvil.ports.failure.NotFound BucketNotFound
   * @throws WrongState BucketClosing
   */
  public static BucketRecord readOpen(ReadTx tx, BucketRef ref) {
    BucketRecord bucket = read(tx, ref);
    if (bucket.state() == BucketState.CLOSING) {
      throw new WrongState(
          WrongState.Reason.BUCKET_CLOSING,
          "bucket '" + ref.name() + "' is being deleted; wait until its name is free",
          Map.of("bucket", ref.name().value()));
    }
    return bucket;
  }

  /** The bucket's counters. */
  static BucketCounters readCounters(ReadTx tx, long bucketId) {
    return BucketCodec.decodeCounters(tx.get(ObjectsRecords.counters(bucketId)));
  }

  /** Opens a bucket that serves; see {@link #readOpen}. */
  static BucketTx open(WriteTx tx, BucketRef ref, Attempt attempt, ObjectServices services) {
    BucketRecord bucket = readOpen(tx, ref);
    BucketCounters counters = readCounters(tx, ref.id());
    return new BucketTx(tx, bucket, counters, attempt, services, ref.partition().number());
  }

  /** The transaction. */
  public WriteTx tx() {
    return tx;
  }

  /** The bucket. */
  public BucketRecord bucket() {
    return bucket;
  }

  /** Counters as changed so far. */
  public BucketCounters counters() {
    return counters;
  }

  /** The try this belongs to. */
  public Attempt attempt() {
    return attempt;
  }

  /** Newest state of a key. */
  public KeyState key(ObjectKey key) {
    return KeyState.read(tx, bucket, key);
  }

  /** Time of the commit in whole milliseconds, as records keep it. */
  public Instant committedAt() {
    return tx.committedAt().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The time that ends locks. */
  public Instant lockTime() {
    return guards.clock().now();
  }

  /** From here on governance is bypassed: the caller has that right and asked for it. */
  public void bypassGovernance() {
    bypass = true;
  }

  /** Whether governance is bypassed. */
  public boolean bypassesGovernance() {
    return bypass;
  }

  /** Id of the version that the next appended entry makes. */
  public VersionId nextVersion() {
    return new VersionId(incarnation.value(), tx.nextCursor());
  }

  /**
   * Changes the counters.
   *
   * @throws LimitExceeded QuotaExceeded if what grows passes the quota
   */
  public void count(BucketCounters change) {
    counters = counters.plus(change);
    checkQuota(bucket, counters, change);
  }

  /** Refuses a change that grows what a quota bounds beyond it. */
  static void checkQuota(BucketRecord bucket, BucketCounters after, BucketCounters change) {
    Quota quota = bucket.settings().quota();
    if (change.objects() > 0 && quota.objects() >= 0 && after.objects() > quota.objects()) {
      throw exceeded(bucket, "objects", after.objects(), quota.objects());
    }
    if (change.totalBytes() > 0 && quota.bytes() >= 0 && after.totalBytes() > quota.bytes()) {
      throw exceeded(bucket, "bytes", after.totalBytes(), quota.bytes());
    }
    if (!bucket.allowance().admits(after, change)) {
      throw new AllowanceSpent(after);
    }
  }

  /** Changes the counters without looking at the quota: for what removes or makes current again. */
  void countFreely(BucketCounters change) {
    counters = counters.plus(change);
  }

  /** Leaves garbage under the newest cursor of this function; append its entry first. */
  public void leave(Garbage what) {
    if (what instanceof Garbage.Dead d) {
      dead.addAll(d.bodies());
      return;
    }
    Garbage.leave(tx, tx.nextCursor() - 1, garbage++, what);
  }

  /** Appends the entry of a change. */
  public long append(
      String kind, byte[] subject, String version, Payload payload, List<BodyId> newBodies) {
    return append(kind, subject, version, payload, newBodies, null);
  }

  /** Appends the entry of a change that came by another operation than its kind's plain one. */
  long append(
      String kind,
      byte[] subject,
      String version,
      Payload payload,
      List<BodyId> newBodies,
      String via) {
    return tx.append(
        new JournalDraft(
            kind,
            bucket.id(),
            subject,
            version,
            attempt.actor(),
            attempt.requestId(),
            payload,
            attempt.hash(),
            attempt.authzRevision(),
            newBodies,
            via));
  }

  /** The receipt of a change. */
  public Receipt receipt(
      String key,
      String version,
      boolean nullVersion,
      boolean deleteMarker,
      Payload payload,
      int parts,
      long cursor) {
    return receipt(
        key, version, nullVersion, deleteMarker, payload, parts, cursor, Map.of(), Protection.NONE);
  }

  /** The same with checksums and what protects the version. */
  Receipt receipt(
      String key,
      String version,
      boolean nullVersion,
      boolean deleteMarker,
      Payload payload,
      int parts,
      long cursor,
      Map<DigestAlgorithm, byte[]> checksums,
      Protection protection) {
    return new Receipt(
        bucket.name(),
        key,
        version,
        nullVersion,
        deleteMarker,
        payload == null ? null : payload.etag(),
        payload == null ? 0 : payload.size(),
        payload == null ? null : payload.sha256(),
        parts,
        partition,
        cursor,
        attempt.authzRevision(),
        attempt.requestId(),
        committedAt(),
        bucket.everVersioned(),
        checksums,
        protection);
  }

  /** Writes what the bucket's own records changed, and which bodies died. */
  void finish() {
    Garbage.leaveDead(tx, dead);
    if (!counters.equals(before)) {
      tx.put(ObjectsRecords.counters(bucket.id()), BucketCodec.encode(counters));
    }
  }

  private static LimitExceeded exceeded(BucketRecord bucket, String what, long would, long limit) {
    return new LimitExceeded(
        LimitExceeded.Reason.QUOTA,
        "bucket '" + bucket.name() + "' would hold " + would + " " + what + ", quota " + limit,
        Map.of("bucket", bucket.name().value(), "quota", what, "value", would, "limit", limit));
  }
}
