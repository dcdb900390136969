package dev.anvil.operations.backup;

import dev.anvil.ports.failure.Corrupt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The snapshots at the target, the schedule, and what goes on. */
public final class ListBackups {
  private final BackupStore store;
  private final BackupPlan plan;
  private final BackupRecords records;
  private final BackupBoard board;
  private final InstantSource clock;

  /** Of this node; the records may be null where only the target is looked at. */
  public ListBackups(
      BackupStore store,
      BackupPlan plan,
      BackupRecords records,
      BackupBoard board,
      InstantSource clock) {
    this.store = store;
    this.plan = plan;
    this.records = records;
    this.board = board;
    this.clock = clock;
  }

  /** The newest so many. */
  public record Command(int limit) {}

  /**
   * A snapshot.
   *
   * @param facts what it says of itself; null when its manifest is damaged
   * @param encrypted whether its files are sealed
   * @param movedBytes put at the target for it
   * @param problem why its manifest is not to be trusted; null if it is
   */
  public record Listed(
      String id, SnapshotReader.Facts facts, boolean encrypted, long movedBytes, String problem) {}

  /**
   * What there is.
   *
   * @param snapshots newest first
   * @param schedule in force
   * @param next run; null for none
   */
  public record Result(
      String target,
      List<Listed> snapshots,
      String schedule,
      Instant next,
      BackupBoard.Running running,
      BackupBoard.Ended ended) {}

  /** Lists. */
  public Result execute(Command command) {
    List<Listed> listed = new ArrayList<>();
    for (String id : store.ids().reversed()) {
      if (listed.size() == command.limit()) {
        break;
      }
      listed.add(listed(id));
    }
    BackupSchedule schedule = BackupDuty.schedule(records, plan);
    BackupRecords.Last last = records.last();
    return new Result(
        store.target().describe(),
        listed,
        schedule.text(),
        schedule.next(last == null ? null : last.at(), clock.instant()),
        board.running(),
        board.ended());
  }

  private Listed listed(String id) {
    try {
      Manifest m = store.manifest(id);
      return new Listed(
          id, SnapshotReader.open(store, id).facts(), m.sealKeyId() != null, m.movedBytes(), null);
    } catch (Corrupt e) {
      return new Listed(id, null, false, 0, e.getMessage());
    }
  }
}
