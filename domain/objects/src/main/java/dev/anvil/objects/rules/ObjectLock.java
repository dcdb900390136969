package dev.anvil.objects.rules;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.failure.Invalid;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Object lock of a bucket. Once enabled it stays.
 *
 * @param enabled whether versions of the bucket can be locked
 * @param mode of versions whose writer names none; null for no default
 * @param days length of the default in days, or 0
 * @param years length of the default in years, or 0; exactly one of the two with a mode
 */
public record ObjectLock(boolean enabled, LockMode mode, int days, int years) {
  /** Not enabled. */
  public static final ObjectLock OFF = new ObjectLock(false, null, 0, 0);

  /** Enabled, without a default. */
  public static final ObjectLock ON = new ObjectLock(true, null, 0, 0);

  /** Longest default in days. */
  public static final int MAX_DAYS = 36_500;

  /** Longest default in years. */
  public static final int MAX_YEARS = 100;

  /** Refuses defaults that are too long, too short or none. */
  public ObjectLock {
    boolean both = days != 0 && years != 0;
    boolean fits = days >= 0 && days <= MAX_DAYS && years >= 0 && years <= MAX_YEARS;
    if (mode == null ? days != 0 || years != 0 : both || !fits || days + years == 0) {
      throw new Invalid(
          Invalid.Reason.RETENTION_PERIOD,
          "a default retention has 1 to " + MAX_DAYS + " days or 1 to " + MAX_YEARS + " years",
          Map.of("days", days, "years", years));
    }
  }

  /** Lock of a version whose writer names none. */
  public Retention retention(Instant committedAt) {
    if (mode == null) {
      return null;
    }
    Instant until =
        committedAt.atOffset(ZoneOffset.UTC).plusDays(days).plusYears(years).toInstant();
    return new Retention(mode, until);
  }

  void write(RecordWriter w) {
    w.flag(enabled).u8(mode == null ? 0 : 1 + mode.ordinal()).varint(days).varint(years);
  }

  static ObjectLock read(RecordReader r) {
    boolean enabled = r.flag();
    int mode = r.u8();
    LockMode byDefault = mode == 0 ? null : VersionLock.mode(mode - 1);
    int days = r.count(MAX_DAYS);
    int years = r.count(MAX_YEARS);
    try {
      return new ObjectLock(enabled, byDefault, days, years);
    } catch (Invalid e) {
      throw new Corrupt("object lock of a bucket holds what no writer wrote: " + e.getMessage());
    }
  }
}
