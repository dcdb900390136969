package dev.anvil.objects;

import dev.anvil.identity.Call;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.failure.Conflict;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.WriteBounds;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The path of every mutation of a bucket: one commit that holds the decision, the change, its
 * journal entries and the receipt for a repeated idempotency key.
 */
public final class Mutations {
  private final ObjectServices services;
  private final TenantAllowances allowances;

  /** Works on these services. */
  public Mutations(ObjectServices services) {
    this.services = services;
    this.allowances = new TenantAllowances(services);
  }

  /**
   * What a mutation came to.
   *
   * @param receipt the receipt, or null where nothing was to be done
   * @param replayed whether an earlier try had done it
   */
  public record Outcome(Receipt receipt, boolean replayed) {}

  /**
   * Begins a try.
   *
   * @param key idempotency key or null
   * @throws dev.anvil.ports.failure.Conflict OperationInProgress if another try with the key runs
   */
  public Attempt begin(Call call, long authzRevision, BucketRef bucket, IdempotencyKey key) {
    return Attempt.begin(services.attempts(), call, authzRevision, bucket.id(), key);
  }

  /** Whether an earlier try with the key is done: then only its content needs to be compared. */
  public boolean wasDone(Attempt attempt, BucketRef bucket) {
    return attempt.keyed()
        && partition(bucket).read(tx -> Idempotency.find(tx, attempt, services.clock().instant()))
            != null;
  }

  /**
   * Commits.
   *
   * @param fingerprint what an idempotency key is bound to; not looked at without a key
   * @param change the function: reads, decides, writes, appends; may run more than once
   * @throws dev.anvil.ports.failure.Conflict IdempotencyMismatch
   */
  public Outcome commit(
      WriteBounds bounds,
      Attempt attempt,
      BucketRef bucket,
      byte[] fingerprint,
      Function<BucketTx, Receipt> change) {
    return allowances.within(
        bucket, () -> commitOnce(bounds, attempt, bucket, fingerprint, change));
  }

  /** Works out on a snapshot whether a change may be; draws on the tenant's quota where it must. */
  <T> T preflight(BucketRef bucket, Supplier<T> look) {
    return allowances.within(bucket, look);
  }

  private Outcome commitOnce(
      WriteBounds bounds,
      Attempt attempt,
      BucketRef bucket,
      byte[] fingerprint,
      Function<BucketTx, Receipt> change) {
    return partition(bucket)
        .write(
            bounds,
            tx -> {
              if (attempt.keyed()) {
                Idempotency done = Idempotency.find(tx, attempt, tx.committedAt());
                if (done != null) {
                  done.requireSame(fingerprint);
                  return new Outcome(done.receipt(), true);
                }
              }
              BucketTx b = BucketTx.open(tx, bucket, attempt, services);
              Receipt receipt = change.apply(b);
              b.finish();
              if (attempt.keyed()) {
                Idempotency.remember(tx, attempt, fingerprint, receipt);
              }
              return new Outcome(receipt, false);
            })
        .value();
  }

  /**
   * As {@link #commit}, for a change that makes new stored bodies reachable: keeps them when it is
   * durable, frees them when it certainly is not, and leaves them to the reconciliation when nobody
   * knows.
   */
  public Outcome commitBodies(
      WriteBounds bounds,
      Attempt attempt,
      BucketRef bucket,
      byte[] fingerprint,
      List<BodyId> bodies,
      Function<BucketTx, Receipt> change) {
    return commitBodies(bounds, attempt, bucket, fingerprint, () -> bodies, change);
  }

  /** The same for bodies that are stored on the way to the commit; asked when that has ended. */
  Outcome commitBodies(
      WriteBounds bounds,
      Attempt attempt,
      BucketRef bucket,
      byte[] fingerprint,
      Supplier<List<BodyId>> bodies,
      Function<BucketTx, Receipt> change) {
    Outcome outcome;
    try {
      outcome = commit(bounds, attempt, bucket, fingerprint, change);
    } catch (Unavailable e) {
      if (!e.maybeApplied()) {
        bodies.get().forEach(services.bodies()::free);
      }
      throw e;
    } catch (RuntimeException e) {
      bodies.get().forEach(services.bodies()::free);
      throw e;
    }
    bodies.get().forEach(outcome.replayed() ? services.bodies()::free : services.bodies()::keep);
    return outcome;
  }

  /** The answer when a remembered try is forgotten just while it is compared. */
  static Conflict expiredMeanwhile() {
    return new Conflict(
        Conflict.Reason.IN_PROGRESS,
        "the first try with this idempotency key was forgotten just now; send the request again");
  }

  /** Home of a bucket. */
  public Partition partition(BucketRef bucket) {
    return services.partitions().get(bucket.partition());
  }
}
