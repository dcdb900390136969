package dev.anvil.objects.rules;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One lifecycle rule. Ages are whole days; what falls due does so at the midnight (UTC) that
 * follows.
 *
 * @param id unique in its bucket
 * @param enabled whether it counts
 * @param oldForm whether its prefix stood outside a filter, as it is then shown again
 * @param filter what it is about
 * @param days age at which a current version ends, or 0
 * @param date when current versions end, or null; not together with days
 * @param marker whether delete markers go that hide nothing; null if nothing was said
 * @param noncurrentDays since it was replaced, after which a version goes; 0 for never
 * @param newerNoncurrent replaced versions of a key that stay whatever their age
 * @param abortDays age at which an open upload ends; 0 for never
 */
public record LifecycleRule(
    String id,
    boolean enabled,
    boolean oldForm,
    LifecycleFilter filter,
    int days,
    Instant date,
    Boolean marker,
    int noncurrentDays,
    int newerNoncurrent,
    int abortDays) {
  private static final int MAX = Integer.MAX_VALUE;

  /** The midnight at which something of this age falls due. */
  public static Instant due(Instant since, int days) {
    Instant at = since.plus(days, ChronoUnit.DAYS);
    Instant midnight = at.truncatedTo(ChronoUnit.DAYS);
    return midnight.equals(at) ? at : midnight.plus(1, ChronoUnit.DAYS);
  }

  /** When a current version ends that matches; null for never. */
  public Instant currentEnds(Instant committedAt) {
    if (date != null) {
      return date;
    }
    return days == 0 ? null : due(committedAt, days);
  }

  /** Whether a replaced version goes now, so many newer replaced ones being there. */
  public boolean endsNoncurrent(Instant replacedAt, int newer, Instant now) {
    return noncurrentDays > 0
        && newer >= newerNoncurrent
        && !due(replacedAt, noncurrentDays).isAfter(now);
  }

  /** Whether a delete marker goes that hides nothing. */
  public boolean endsMarker(Instant committedAt, Instant now) {
    if (Boolean.TRUE.equals(marker)) {
      return true;
    }
    Instant ends = currentEnds(committedAt);
    return ends != null && !ends.isAfter(now);
  }

  /** When an open upload ends; null for never. */
  public Instant uploadEnds(Instant createdAt) {
    return abortDays == 0 ? null : due(createdAt, abortDays);
  }

  void write(RecordWriter w) {
    w.text(id).flag(enabled).flag(oldForm);
    filter.write(w);
    w.varint(days).i64(date == null ? Long.MIN_VALUE : date.toEpochMilli());
    w.u8(marker == null ? 0 : marker ? 2 : 1);
    w.varint(noncurrentDays).varint(newerNoncurrent).varint(abortDays);
  }

  static LifecycleRule read(RecordReader r) {
    String id = r.text();
    boolean enabled = r.flag();
    boolean oldForm = r.flag();
    LifecycleFilter filter = LifecycleFilter.read(r);
    int days = r.count(MAX);
    long date = r.i64();
    int marker = r.u8();
    if (id == null || marker > 2) {
      throw new Corrupt("a lifecycle rule lacks its id or says " + marker + " of markers");
    }
    return new LifecycleRule(
        id,
        enabled,
        oldForm,
        filter,
        days,
        date == Long.MIN_VALUE ? null : Instant.ofEpochMilli(date),
        marker == 0 ? null : marker == 2,
        r.count(MAX),
        r.count(MAX),
        r.count(MAX));
  }
}
