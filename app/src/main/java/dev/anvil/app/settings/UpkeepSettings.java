package dev.anvil.app.settings;

import java.time.Duration;
import java.util.List;

/**
 * Background work.
 *
 * @param leaseTtl longest silence of a holder of background work
 * @param journalRetention age to which the journal is kept
 * @param journalRetentionBytes and its size in each partition
 * @param scrubRateMib MiB a second the scrubber reads
 * @param notificationAddresses private addresses and networks that notifications may go to
 */
public record UpkeepSettings(
    Duration leaseTtl,
    Duration journalRetention,
    long journalRetentionBytes,
    int scrubRateMib,
    List<String> notificationAddresses) {
  private static final int MAX_SECONDS = 315_360_000;

  static UpkeepSettings of(SettingsReader r) {
    return new UpkeepSettings(
        r.seconds(Setting.TASK_LEASE_TTL_SECS, 3, 3_600),
        r.seconds(Setting.JOURNAL_RETENTION_SECS, 60, MAX_SECONDS),
        (long) r.number(Setting.JOURNAL_RETENTION_MIB, 1, 1 << 20) << 20,
        r.number(Setting.SCRUB_RATE_MIB, 1, 10_240),
        r.list(Setting.NOTIFICATION_ADDRESSES));
  }
}
