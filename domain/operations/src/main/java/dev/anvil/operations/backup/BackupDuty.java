package dev.anvil.operations.backup;

import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.failure.AnvilException;
import dev.anvil.ports.failure.StaleFence;
import java.time.Instant;
import java.util.List;

/**
 * Takes snapshots when the schedule or an operator says so, and prunes after each. One run at a
 * time, under one lease; a lost lease or a failure ends the run, and no snapshot appears.
 */
public final class BackupDuty implements Duty, AutoCloseable {
  /** Name of the duty. */
  public static final String NAME = "backup";

  private final BackupSource source;
  private final BackupStore store;
  private final BackupPlan plan;
  private final BackupRecords records;
  private final BackupBoard board;
  private SnapshotRun run;
  private Instant began;

  /** Of one node. */
  public BackupDuty(
      BackupSource source,
      BackupStore store,
      BackupPlan plan,
      BackupRecords records,
      BackupBoard board) {
    this.source = source;
    this.store = store;
    this.plan = plan;
    this.records = records;
    this.board = board;
  }

  @Override
  public synchronized boolean step(Lease lease) {
    try {
      lease.check();
      if (run != null) {
        return goOn(lease);
      }
      int keep = board.takePrune();
      if (keep >= 0) {
        new Pruning(store).keepNewest(keep);
      }
      if (board.isAsked() || due()) {
        begin();
        return true;
      }
      return false;
    } catch (StaleFence e) {
      fail(e);
      throw e;
    } catch (AnvilException e) {
      fail(e);
      return false;
    }
  }

  private boolean due() {
    Instant now = source.clock().instant();
    BackupRecords.Last last = records.last();
    Instant next = schedule(records, plan).next(last == null ? null : last.at(), now);
    BackupBoard.Ended ended = board.ended();
    // a failed run is tried again after a while, not at once and for ever
    boolean resting =
        ended != null
            && ended.failure() != null
            && now.isBefore(ended.at().plus(BackupLimits.RETRY_AFTER));
    return next != null && !next.isAfter(now) && !resting;
  }

  /** The schedule in force. */
  static BackupSchedule schedule(BackupRecords records, BackupPlan plan) {
    String set = records.schedule();
    return set == null ? plan.schedule() : BackupSchedule.parse(set);
  }

  private void begin() {
    began = source.clock().instant();
    try {
      run = new SnapshotRun(source, store, previous(), plan.encrypt());
    } catch (AnvilException e) {
      board.failedToBegin(e.getMessage(), began);
      throw e;
    }
    board.begin(run.id(), began);
  }

  /** The newest snapshot that this one can share files with. */
  private Manifest previous() {
    String key = plan.encrypt() ? store.sealer().currentKeyId() : null;
    List<String> ids = store.ids();
    if (ids.isEmpty()) {
      return null;
    }
    Manifest newest = store.manifest(ids.getLast());
    return SnapshotRun.sharable(newest, source, key) ? newest : null;
  }

  private boolean goOn(Lease lease) {
    if (run.step()) {
      return true;
    }
    Manifest done = run.done();
    run.close();
    run = null;
    records.last(NAME, lease.token(), new BackupRecords.Last(done.id(), began));
    new Pruning(store).keepNewest(plan.keep());
    board.end(done.id(), null, source.clock().instant());
    return false;
  }

  private void fail(AnvilException e) {
    if (run != null || board.running() != null) {
      String id = board.running() == null ? null : board.running().snapshot();
      close();
      board.end(id, e.getMessage(), source.clock().instant());
    }
  }

  @Override
  public synchronized void close() {
    if (run != null) {
      run.close();
      run = null;
    }
  }
}
