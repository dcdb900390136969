package dev.anvil.objects;

import dev.anvil.authz.store.Relationships;
import dev.anvil.authz.store.WriteRequest;
import dev.anvil.authz.tuples.TupleText;
import dev.anvil.identity.Caller;
import dev.anvil.identity.TenantDoor;
import dev.anvil.kernel.BucketName;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Denied;
import dev.anvil.ports.failure.WrongState;
import dev.anvil.ports.journal.JournalDraft;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How a bucket comes and goes across two partitions, in idempotent steps that leased work finishes
 * after a crash.
 *
 * <p>Creation: the name is claimed in the directory (unfinished), a bucket under relationships gets
 * its owner, the bucket's record is put into its partition, the name is marked finished. Deletion:
 * the door is shut in the bucket's partition, what is left inside is drained, the name is dropped,
 * the bucket's record is dropped. A step that finds its work done does nothing. Each step takes a
 * fence, which checks the token of leased work and does nothing for requests.
 */
final class BucketLife {
  private final ObjectServices services;
  private final List<BucketContents> contents;

  BucketLife(ObjectServices services, List<BucketContents> contents) {
    this.services = services;
    this.contents = List.copyOf(contents);
  }

  /**
   * A claimed name.
   *
   * @param name the directory's record
   * @param fresh whether this claim made it
   * @param replayed whether an earlier try with the same idempotency key had
   */
  record Claim(NameRecord name, boolean fresh, boolean replayed) {}

  /**
   * What a new bucket is to be.
   *
   * @param governor who owns it under relationships; null if scopes alone decide
   */
  record Wanted(BucketSettings settings, String governor) {}

  Claim claim(Caller owner, Attempt attempt, BucketName name, Wanted wanted, byte[] print) {
    return services
        .partitions()
        .directory()
        .write(tx -> {
          boolean replayed = false;
          if (attempt.keyed()) {
            Idempotency done = Idempotency.find(tx, attempt, tx.committedAt());
            replayed = done != null;
            if (replayed) {
              done.requireSame(print);
            }
          }
          NameRecord there = NameRecord.decode(tx.get(NameRecord.key(name)));
          if (there != null) {
            requireOwner(there, owner, name);
            return new Claim(there, false, replayed);
          }
          if (replayed) {
            throw BucketDirectory.absent(name);
          }
          TenantDoor.requireStaying(tx, owner);
          NameRecord fresh = take(tx, owner, attempt, name, wanted);
          if (attempt.keyed()) {
            Idempotency.remember(tx, attempt, print, null);
          }
          return new Claim(fresh, true, false);
        })
        .value();
  }

  private static void requireOwner(NameRecord there, Caller owner, BucketName name) {
    if (there.tenantId() != owner.tenantId()) {
      throw new Conflict(
          Conflict.Reason.BUCKET_EXISTS,
          "bucket name '" + name + "' is taken; choose another",
          Map.of("bucket", name.value(), "owned", false));
    }
  }

  private NameRecord take(
      WriteTx tx, Caller owner, Attempt attempt, BucketName name, Wanted wanted) {
    NameRecord record =
        new NameRecord(
            tx.nextCursor(),
            PartitionLoads.leastLoaded(tx, services.partitions().count()),
            owner.tenantId(),
            owner.tenant(),
            tx.committedAt().truncatedTo(ChronoUnit.MILLIS),
            wanted.settings(),
            true,
            wanted.governor(),
            TenantDoor.limits(tx, owner.tenant(), owner.tenantId()).hasQuota());
    tx.append(draft("bucket.named", record.bucketId(), name, attempt));
    putName(tx, name, record);
    tx.put(NameRecord.unfinishedKey(name), record.encode());
    PartitionLoads.add(tx, record.partition(), 1);
    return record;
  }

  /** Puts it under relationships if it is to be, then its own record, then finishes the name. */
  void open(Consumer<WriteTx> fence, Attempt attempt, BucketName name, NameRecord record) {
    if (record.governor() != null) {
      services
          .access()
          .govern(
              new Relationships.Owner(record.tenantId(), record.owner()),
              name,
              TupleText.subject(record.governor()),
              new WriteRequest.By(attempt.actor(), attempt.requestId(), 0, null, null));
    }
    services
        .partitions()
        .get(record.partition())
        .write(tx -> {
          fence.accept(tx);
          byte[] key = ObjectsRecords.bucket(record.bucketId());
          if (tx.get(key) == null) {
            long cursor = tx.append(draft("bucket.created", record.bucketId(), name, attempt));
            tx.put(key, BucketCodec.encode(record.bucket(name, cursor)));
          }
          return null;
        });
    services
        .partitions()
        .directory()
        .write(tx -> {
          fence.accept(tx);
          NameRecord now = NameRecord.decode(tx.get(NameRecord.key(name)));
          if (now != null && now.bucketId() == record.bucketId() && now.creating()) {
            putName(tx, name, now.finished());
            tx.delete(NameRecord.unfinishedKey(name));
          }
          return null;
        });
  }

  /** Shuts the door; a bucket whose door is shut keeps its first receipt's cursor. */
  Receipt shut(Attempt attempt, BucketRef bucket, DeleteBucket.Command command) {
    return home(bucket)
        .write(tx -> {
          BucketRecord record = BucketTx.read(tx, bucket);
          BucketTx b = drainable(tx, bucket, record, attempt);
          if (record.state() == BucketState.CLOSING) {
            return b.receipt(null, null, false, false, null, 0, record.changed());
          }
          if (!command.force()) {
            requireEmpty(b, command.abortUploads());
          }
          requireUnlocked(b);
          long cursor = close(tx, attempt, bucket, record);
          return b.receipt(null, null, false, false, null, 0, cursor);
        })
        .value();
  }

  /** Nothing of a bucket is removed by force while any of its versions must stay. */
  private static void requireUnlocked(BucketTx b) {
    if (LockIndex.anyLocked(b.tx(), b.bucket().id(), b.lockTime())) {
      throw new Denied(
          Denied.Reason.LOCKED,
          "bucket '"
              + b.bucket().name()
              + "' holds versions that are locked; it can be deleted when their retentions and"
              + " legal holds have ended",
          Map.of("bucket", b.bucket().name().value()));
    }
  }

  /**
   * Shuts the door whatever the bucket holds; whether it was open.
   *
   * @throws Denied ObjectLocked while one of its versions must stay
   */
  boolean shutByForce(Consumer<WriteTx> fence, Attempt attempt, BucketRef bucket) {
    return home(bucket)
        .write(tx -> {
          fence.accept(tx);
          BucketRecord record = BucketTx.read(tx, bucket);
          if (record.state() == BucketState.CLOSING) {
            return false;
          }
          requireUnlocked(drainable(tx, bucket, record, attempt));
          close(tx, attempt, bucket, record);
          return true;
        })
        .value();
  }

  private static long close(WriteTx tx, Attempt attempt, BucketRef bucket, BucketRecord record) {
    long cursor = tx.append(draft("bucket.closing", bucket.id(), bucket.name(), attempt));
    tx.put(ObjectsRecords.bucket(bucket.id()), BucketCodec.encode(record.closing(cursor)));
    tx.put(ObjectsRecords.closing(bucket.id()), new byte[] {1});
    return cursor;
  }

  private static void requireEmpty(BucketTx b, boolean abortUploads) {
    BucketCounters c = b.counters();
    if (!c.isEmpty() || c.uploads() > 0 && !abortUploads) {
      throw new WrongState(
          WrongState.Reason.BUCKET_NOT_EMPTY,
          "bucket '"
              + b.bucket().name()
              + "' is not empty; delete what it holds, or delete it by force",
          Map.of(
              "versioned", b.bucket().everVersioned(),
              "versions", c.versions(),
              "markers", c.markers(),
              "uploads", c.uploads(),
              "manifests", c.manifests(),
              "streams", c.streams()));
    }
  }

  /** Removes a bounded part of what a closing bucket holds; whether more may be left. */
  boolean drain(Consumer<WriteTx> fence, Attempt attempt, BucketRef bucket) {
    return home(bucket)
        .write(
            WriteBounds.reads(ObjectLimits.DRAIN_RECORDS * 16),
            tx -> {
              fence.accept(tx);
              byte[] value = tx.get(ObjectsRecords.bucket(bucket.id()));
              if (value == null) {
                return false;
              }
              BucketRecord record = BucketCodec.decode(value);
              if (record.state() != BucketState.CLOSING) {
                throw new IllegalStateException("bucket " + bucket.id() + " is not closing");
              }
              BucketTx b = drainable(tx, bucket, record, attempt);
              boolean more = new BucketDrain(b).step();
              for (BucketContents c : contents) {
                more = more || c.drain(b);
              }
              b.finish();
              return more;
            })
        .value();
  }

  /** Drops the name, then what is left of a drained bucket. */
  void drop(
      Consumer<WriteTx> fence, Attempt attempt, BucketRef bucket, byte[] print, Receipt receipt) {
    services
        .partitions()
        .directory()
        .write(tx -> {
          fence.accept(tx);
          NameRecord there = NameRecord.decode(tx.get(NameRecord.key(bucket.name())));
          if (there != null && there.bucketId() == bucket.id()) {
            tx.append(draft("bucket.unnamed", bucket.id(), bucket.name(), attempt));
            tx.delete(NameRecord.key(bucket.name()));
            tx.delete(NameRecord.tenantKey(there.tenantId(), bucket.name()));
            tx.delete(NameRecord.unfinishedKey(bucket.name()));
            PartitionLoads.add(tx, there.partition(), -1);
            if (Grant.find(tx, bucket) != null) {
              Grant.put(tx, bucket, null);
            }
            services.buckets().changed(tx, bucket.name(), null);
          }
          rememberIn(tx, attempt, print, receipt);
          return null;
        });
    home(bucket)
        .write(tx -> {
          fence.accept(tx);
          if (tx.get(ObjectsRecords.bucket(bucket.id())) != null) {
            long cursor = tx.append(draft("bucket.deleted", bucket.id(), bucket.name(), attempt));
            new GoneBucket(bucket.name(), bucket.tenantId(), cursor).put(tx, bucket.id());
            tx.delete(ObjectsRecords.bucket(bucket.id()));
            tx.delete(ObjectsRecords.counters(bucket.id()));
            tx.delete(ObjectsRecords.closing(bucket.id()));
            BucketRuleBook.forget(tx, bucket.id());
            byte[] receipts = ObjectsRecords.receiptsOf(bucket.id());
            Garbage.leave(tx, cursor, 0, new Garbage.Keys(receipts));
          }
          return null;
        });
  }

  /** Remembers the try of a delete whose rest is left to leased work. */
  void remember(Attempt attempt, byte[] print, Receipt receipt) {
    if (attempt.keyed()) {
      services
          .partitions()
          .directory()
          .write(tx -> {
            rememberIn(tx, attempt, print, receipt);
            return null;
          });
    }
  }

  /** The finished try with the attempt's key, or null. */
  Idempotency finished(Attempt attempt) {
    return attempt.keyed()
        ? services
            .partitions()
            .directory()
            .read(tx -> Idempotency.find(tx, attempt, services.clock().instant()))
        : null;
  }

  private static void rememberIn(WriteTx tx, Attempt attempt, byte[] print, Receipt receipt) {
    if (attempt.keyed() && Idempotency.find(tx, attempt, tx.committedAt()) == null) {
      Idempotency.remember(tx, attempt, print, receipt);
    }
  }

  private BucketTx drainable(WriteTx tx, BucketRef bucket, BucketRecord record, Attempt attempt) {
    return new BucketTx(
        tx,
        record,
        BucketTx.readCounters(tx, bucket.id()),
        attempt,
        services,
        bucket.partition().number());
  }

  private void putName(WriteTx tx, BucketName name, NameRecord record) {
    tx.put(NameRecord.key(name), record.encode());
    tx.put(NameRecord.tenantKey(record.tenantId(), name), record.encode());
    services.buckets().changed(tx, name, record);
  }

  private Partition home(BucketRef bucket) {
    return services.partitions().get(bucket.partition());
  }

  private static JournalDraft draft(String kind, long bucketId, BucketName name, Attempt by) {
    return new JournalDraft(
        kind,
        bucketId,
        name.value().getBytes(StandardCharsets.US_ASCII),
        null,
        by.actor(),
        by.requestId(),
        null,
        by.hash(),
        by.authzRevision(),
        List.of());
  }
}
