package dev.anvil.app.settings;

import java.time.Duration;

/**
 * Background work.
 *
 * @param leaseTtl longest silence of a holder of background work
 * @param journalRetention age to which the journal is kept
 * @param journalRetentionBytes and its size in each partition
 * @param scrubRateMib MiB a second the scrubber reads
 */
public record UpkeepSettings(
    Duration leaseTtl, Duration journalRetention, long journalRetentionBytes, int scrubRateMib) {
  private static final int MAX_SECONDS = 315_360_000;

  static UpkeepSettings of(SettingsReader r) {
    return new UpkeepSettings(
        r.seconds(Setting.TASK_LEASE_TTL_SECS, 3, 3_600),
        r.seconds(Setting.JOURNAL_RETENTION_SECS, 60, MAX_SECONDS),
        (long) r.number(Setting.JOURNAL_RETENTION_MIB, 1, 1 << 20) << 20,
        r.number(Setting.SCRUB_RATE_MIB, 1, 10_240));
  }
}
