package dev.anvil.objects.rules;

import dev.anvil.ports.failure.Corrupt;
import dev.anvil.ports.record.RecordReader;
import dev.anvil.ports.record.RecordWriter;
import java.time.Instant;

/**
 * What keeps a version from being removed.
 *
 * @param retention until when, or null
 * @param hold whether it is held until further notice; null if nobody ever said
 */
public record VersionLock(Retention retention, Boolean hold) {
  /** Nothing. */
  public static final VersionLock NONE = new VersionLock(null, null);

  /** Whether nothing was ever said. */
  public boolean isNone() {
    return retention == null && hold == null;
  }

  /** Whether it is held until further notice. */
  public boolean held() {
    return Boolean.TRUE.equals(hold);
  }

  /** The same with another retention. */
  public VersionLock with(Retention other) {
    return new VersionLock(other, hold);
  }

  /** The same, held or not. */
  public VersionLock with(boolean held) {
    return new VersionLock(retention, held);
  }

  /**
   * Whether the version must stay.
   *
   * @param bypass whether the caller may bypass governance
   */
  public boolean keeps(Instant now, boolean bypass) {
    if (held()) {
      return true;
    }
    return retention != null
        && retention.holds(now)
        && !(bypass && retention.mode() == LockMode.GOVERNANCE);
  }

  void write(RecordWriter w) {
    w.u8(hold == null ? 0 : hold ? 2 : 1);
    w.flag(retention != null);
    if (retention != null) {
      w.u8(retention.mode().ordinal()).i64(retention.until().toEpochMilli());
    }
  }

  static VersionLock read(RecordReader r) {
    int hold = r.u8();
    if (hold > 2) {
      throw new Corrupt("a version's legal hold is " + hold);
    }
    Retention retention =
        r.flag() ? new Retention(mode(r.u8()), Instant.ofEpochMilli(r.i64())) : null;
    return new VersionLock(retention, hold == 0 ? null : hold == 2);
  }

  static LockMode mode(int code) {
    LockMode[] all = LockMode.values();
    if (code >= all.length) {
      throw new Corrupt("lock mode " + code + " is not known");
    }
    return all[code];
  }
}
