package dev.anvil.objects.notify;

import dev.anvil.journal.ConsumerEffect;
import dev.anvil.objects.BucketRecord;
import dev.anvil.objects.BucketRuleBook;
import dev.anvil.objects.rules.NotificationRule;
import dev.anvil.objects.rules.NotificationRules;
import dev.anvil.ports.duties.Fences;
import dev.anvil.ports.journal.JournalEntry;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.ReadTx;
import dev.anvil.ports.storage.WriteBounds;
import dev.anvil.ports.storage.WriteTx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes changes that rules name from a partition's journal into its queue, with the place in the
 * journal in one commit, so that each is queued once. Quiet stretches cost no commit; after a
 * restart they are read again. A full queue takes nothing more: the journal waits.
 */
public final class TellChanges implements ConsumerEffect {
  /** Kind of the duty; its name is this, a slash and the partition. */
  public static final String DUTY = "notifications";

  /** Counts stretches of the journal that were trimmed before they could be told. */
  private static final String LOST = "anvil_notifications_skipped_total";

  private final Partition partition;
  private final InstantSource clock;
  private final Meters.Counter lost;
  private volatile NotifyRecords.Counts latest = new NotifyRecords.Counts(0, 0);
  private long seen = -1;
  private long kept = -1;

  /** Of one partition. */
  public TellChanges(Partition partition, InstantSource clock, Meters meters) {
    this.partition = partition;
    this.clock = clock;
    this.lost =
        meters.counter(
            LOST, "Times that changes were trimmed from the journal before they were told");
    meters.gauge(
        "anvil_notifications_waiting",
        "Notifications that wait to be delivered",
        () -> latest.waiting(),
        "partition",
        partition.id().toString());
    meters.gauge(
        "anvil_notifications_dead",
        "Notifications that were given up",
        () -> latest.dead(),
        "partition",
        partition.id().toString());
  }

  /**
   * Notes in the commit of a bucket's first rules that the journal is told from here on, so that
   * nothing after them is missed whenever this is read first.
   */
  public static void begin(WriteTx tx) {
    if (NotifyRecords.cursor(tx) < 0) {
      NotifyRecords.cursor(tx, tx.nextCursor() - 1);
    }
  }

  /** Whether more may be queued; looks, which the metrics follow. */
  public boolean hasRoom() {
    latest = partition.read(NotifyRecords::counts);
    return latest.waiting() < NotifyLimits.MAX_WAITING;
  }

  @Override
  public synchronized long cursor() {
    if (seen < 0) {
      kept = partition.read(NotifyRecords::cursor);
      // a partition that never told anything starts with what comes
      seen = kept < 0 ? partition.head().cursor() : kept;
    }
    return seen;
  }

  /** What the journal may forget as far as this is concerned. */
  public long neededAfter() {
    return cursor();
  }

  private record Queued(Message message) {}

  @Override
  public synchronized void apply(List<JournalEntry> entries, long through, long token) {
    List<Queued> queue = new ArrayList<>();
    long covered = collect(entries, through, queue);
    if (queue.isEmpty() && kept >= 0 && covered - kept < NotifyLimits.QUIET_ENTRIES) {
      seen = covered;
      return;
    }
    long now = clock.instant().toEpochMilli();
    partition.write(
        new WriteBounds(WriteBounds.DEFAULT.reads(), 2 * NotifyLimits.COMMIT_BYTES),
        tx -> {
          Fences.check(tx, DUTY + "/" + partition.id(), token);
          for (Queued q : queue) {
            Message m = q.message();
            tx.put(NotifyRecords.waiting(now, m.cursor(), m.rule()), m.toBytes());
          }
          if (!queue.isEmpty()) {
            NotifyRecords.counts(tx, NotifyRecords.counts(tx).plus(queue.size(), 0));
          }
          NotifyRecords.cursor(tx, covered);
          return null;
        });
    seen = covered;
    kept = covered;
  }

  /** Messages of the entries, up to a bound; gives the cursor up to which they are complete. */
  private long collect(List<JournalEntry> entries, long through, List<Queued> queue) {
    return partition.read(tx -> {
      Map<Long, Told> buckets = new HashMap<>();
      int bytes = 0;
      for (JournalEntry entry : entries) {
        if (bytes > NotifyLimits.COMMIT_BYTES) {
          return entry.cursor() - 1;
        }
        String event = Event.name(entry.change());
        Told told =
            event == null
                ? Told.NOTHING
                : buckets.computeIfAbsent(entry.change().space(), id -> Told.of(tx, id));
        for (int i = 0; i < told.rules().rules().size(); i++) {
          NotificationRule rule = told.rules().rules().get(i);
          if (rule.tells(event, entry.change().subject())) {
            byte[] body = Event.document(entry, told.bucket(), event, rule.id());
            bytes += body.length;
            queue.add(
                new Queued(
                    new Message(
                        entry.cursor(), i, rule.arn(), 0, entry.committedAt(), null, body)));
          }
        }
      }
      return through;
    });
  }

  private record Told(BucketRecord bucket, NotificationRules rules) {
    static final Told NOTHING = new Told(null, NotificationRules.NONE);

    static Told of(ReadTx tx, long bucketId) {
      BucketRecord bucket = BucketRuleBook.bucket(tx, bucketId);
      return bucket == null ? NOTHING : new Told(bucket, BucketRuleBook.notifications(tx, bucket));
    }
  }

  @Override
  public synchronized void rebuild(long head, long token) {
    lost.add(1);
    partition.write(tx -> {
      Fences.check(tx, DUTY + "/" + partition.id(), token);
      NotifyRecords.cursor(tx, head);
      return null;
    });
    seen = head;
    kept = head;
  }
}
