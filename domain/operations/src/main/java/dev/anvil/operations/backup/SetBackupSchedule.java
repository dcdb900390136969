package dev.anvil.operations.backup;

import java.time.Instant;
import java.time.InstantSource;

/** Sets when snapshots are taken by themselves, or tells what a schedule would mean. */
public final class SetBackupSchedule {
  private final BackupRecords records;
  private final InstantSource clock;

  /** In these records. */
  public SetBackupSchedule(BackupRecords records, InstantSource clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * The schedule.
   *
   * @param schedule as {@link BackupSchedule} reads it
   * @param dryRun only tell, change nothing
   */
  public record Command(String schedule, boolean dryRun) {}

  /** When it would run next; null for never. */
  public record Result(String schedule, Instant next, boolean applied) {}

  /**
   * Sets it.
   *
   * @throws dev.anvil.ports.failure.Invalid InvalidArgument if it is none
   */
  public Result execute(Command command) {
    BackupSchedule schedule = BackupSchedule.parse(command.schedule());
    if (!command.dryRun()) {
      records.schedule(schedule.text());
    }
    BackupRecords.Last last = records.last();
    return new Result(
        schedule.text(),
        schedule.next(last == null ? null : last.at(), clock.instant()),
        !command.dryRun());
  }
}
