package dev.anvil.objects.lifecycle;

import dev.anvil.objects.BucketRuleBook;
import dev.anvil.objects.BucketTx;
import dev.anvil.objects.BucketWork;
import dev.anvil.objects.KeyState;
import dev.anvil.objects.ObjectServices;
import dev.anvil.objects.VersionRecord;
import dev.anvil.objects.VersionScan;
import dev.anvil.objects.Versioning;
import dev.anvil.objects.Versions;
import dev.anvil.objects.multipart.StaleUploads;
import dev.anvil.objects.rules.LifecycleRules;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.WriteBounds;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Ends what the lifecycle of buckets ends, in rounds: one a day, since whatever falls due does so
 * at midnight, and one after each change of the rules. A round walks a bucket in bounded steps;
 * each commits what it ended together with how far it came, so that it resumes after any crash.
 * What is ended is looked at again in the commit; what is locked is passed over.
 */
public final class RunLifecycle {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "lifecycle";

  private final ObjectServices services;
  private final BucketWork work;

  /** By partition, the bucket after which the next step looks for work. */
  private final Map<PartitionId, Long> after = new ConcurrentHashMap<>();

  /** Works on these services; days are those of their wall clock. */
  public RunLifecycle(ObjectServices services) {
    this.services = services;
    this.work = new BucketWork(services);
  }

  private record Bucket(BucketRuleBook.Stored rules, Progress progress) {}

  /**
   * One step.
   *
   * @param token fencing token of the holder
   * @return whether more may wait
   * @throws dev.anvil.ports.failure.StaleFence if a newer holder has written
   */
  public boolean step(PartitionId id, long token) {
    Instant now = services.clock().instant();
    long from = after.getOrDefault(id, 0L);
    List<Bucket> buckets = buckets(id, from, now);
    for (Bucket bucket : buckets) {
      if (bucket.progress().phase() != Progress.Phase.DONE) {
        // one that is being deleted stays as it is: its rest is removed by other work
        boolean serves = new Round(id, token, bucket, now).step();
        after.put(id, bucket.rules().bucketId() - (serves ? 1 : 0));
        return true;
      }
    }
    boolean end = buckets.size() < LifecycleLimits.BUCKETS;
    after.put(id, end ? 0L : buckets.getLast().rules().bucketId());
    return !end;
  }

  private List<Bucket> buckets(PartitionId id, long from, Instant now) {
    long day = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    return services
        .partitions()
        .get(id)
        .read(tx ->
            BucketRuleBook.after(tx, LifecycleRules.KIND, from, LifecycleLimits.BUCKETS).stream()
                .map(rules -> {
                  BucketRuleBook.Stored kept =
                      BucketRuleBook.find(tx, BucketRuleBook.LIFECYCLE_PROGRESS, rules.bucketId());
                  Progress progress = kept == null ? null : Progress.of(kept.bytes());
                  boolean stands =
                      progress != null
                          && progress.rules() == rules.cursor()
                          && (progress.day() >= day || progress.phase() != Progress.Phase.DONE);
                  return new Bucket(rules, stands ? progress : Progress.begin(rules.cursor(), day));
                })
                .toList());
  }

  /** A step of one bucket's round. */
  private final class Round {
    private final PartitionId id;
    private final long token;
    private final long bucketId;
    private final LifecycleRules rules;
    private final Progress from;
    private final Instant now;

    Round(PartitionId id, long token, Bucket bucket, Instant now) {
      this.id = id;
      this.token = token;
      this.bucketId = bucket.rules().bucketId();
      this.rules = LifecycleRules.of(bucket.rules().bytes());
      this.from = bucket.progress();
      this.now = now;
    }

    /** Whether the bucket serves. */
    boolean step() {
      return from.phase() == Progress.Phase.VERSIONS ? versions() : uploads();
    }

    private boolean versions() {
      VersionScan.Page page =
          services
              .partitions()
              .get(id)
              .read(tx -> VersionScan.page(tx, bucketId, from.place(), LifecycleLimits.LOOKS));
      Candidates candidates = new Candidates(rules, now, from);
      int passed = candidates.pass(page.found());
      Progress next;
      if (passed < page.found().size()) {
        VersionScan.Found last = page.found().get(passed - 1);
        VersionScan.Place place = new VersionScan.Place(last.key().utf8(), last.version().cursor());
        next = from.at(place, candidates.replacedAt(), candidates.newer());
      } else if (page.next() != null) {
        next = from.at(page.next(), candidates.replacedAt(), candidates.newer());
      } else {
        next = from.uploads(null);
      }
      return commit(next, b -> candidates.found().forEach(c -> end(b, c)));
    }

    private boolean uploads() {
      StaleUploads.Step step =
          services
              .partitions()
              .get(id)
              .read(tx -> StaleUploads.look(tx, bucketId, from.upload(), this::endsUpload));
      Progress next = step.next() == null ? from.done() : from.uploads(step.next());
      return commit(next, b -> step.uploads().forEach(number -> StaleUploads.end(b, number)));
    }

    private boolean endsUpload(dev.anvil.kernel.ObjectKey key, Instant createdAt) {
      LifecycleRules.Expiry end = rules.uploadExpiry(key.utf8(), createdAt);
      return end != null && !end.at().isAfter(now);
    }

    private boolean commit(Progress next, Consumer<BucketTx> ends) {
      WriteBounds bounds = WriteBounds.reads(LifecycleLimits.ENDS * LifecycleLimits.READS);
      return work.runDuty(
          id,
          DUTY,
          token,
          bucketId,
          bounds,
          b -> {
            BucketRuleBook.Stored now = BucketRuleBook.find(b.tx(), LifecycleRules.KIND, bucketId);
            if (now == null || now.cursor() != from.rules()) {
              return;
            }
            ends.accept(b);
            BucketRuleBook.put(b, BucketRuleBook.LIFECYCLE_PROGRESS, next.toBytes());
          });
    }

    private void end(BucketTx b, Candidates.Candidate c) {
      KeyState state = b.key(c.key());
      VersionRecord there = state.find(b.tx(), c.version().id().text());
      boolean newest = there != null && state.newest().id().equals(there.id());
      boolean same = there != null && there.tags().equals(c.version().tags());
      if (!same || newest == (c.end() == Candidates.End.NONCURRENT)) {
        return;
      }
      switch (c.end()) {
        case CURRENT -> current(b, state, there);
        case NONCURRENT -> remove(b, state, there);
        case MARKER -> {
          if (state.alone(b.tx())) {
            remove(b, state, there);
          }
        }
      }
    }

    /** Where deletes remove versions a locked one stays; elsewhere a marker only hides it. */
    private void current(BucketTx b, KeyState state, VersionRecord version) {
      boolean hides = b.bucket().settings().versioning() == Versioning.ENABLED;
      if (hides || !version.lock().keeps(b.lockTime(), false)) {
        new Versions(b).delete(state);
      }
    }

    private void remove(BucketTx b, KeyState state, VersionRecord version) {
      if (!version.lock().keeps(b.lockTime(), false)) {
        new Versions(b).remove(state, version);
      }
    }
  }
}
