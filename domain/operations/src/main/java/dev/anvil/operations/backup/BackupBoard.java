package dev.anvil.operations.backup;

import java.time.Instant;

/** What is asked of the backup duty and what it is doing; in memory, of one node. Any thread. */
public final class BackupBoard {
  /** A run that ended: with a snapshot, or with a failure. */
  public record Ended(long ticket, String snapshot, String failure, Instant at) {}

  /** A run that is going on. */
  public record Running(String snapshot, Instant since) {}

  private long asked;
  private long begun;
  private int pruneTo = -1;
  private Running running;
  private Ended ended;

  /** Asks for a snapshot; the ticket is met by a run that begins later. */
  synchronized long ask() {
    return asked < begun + 1 ? ++asked : asked;
  }

  /** Asks to prune to so many snapshots. */
  synchronized void askPrune(int keep) {
    pruneTo = keep;
  }

  /** What pruning is asked for; -1 for none. Taken once. */
  synchronized int takePrune() {
    int keep = pruneTo;
    pruneTo = -1;
    return keep;
  }

  synchronized boolean isAsked() {
    return asked > begun;
  }

  synchronized void begin(String snapshot, Instant at) {
    begun++;
    asked = Math.max(asked, begun);
    running = new Running(snapshot, at);
  }

  /** A run that could not even begin counts as one. */
  synchronized void failedToBegin(String failure, Instant at) {
    begun++;
    asked = Math.max(asked, begun);
    running = null;
    ended = new Ended(begun, null, failure, at);
  }

  synchronized void end(String snapshot, String failure, Instant at) {
    running = null;
    ended = new Ended(begun, snapshot, failure, at);
  }

  /** What goes on now; null for nothing. */
  public synchronized Running running() {
    return running;
  }

  /** The last run that ended since the node started; null before. */
  public synchronized Ended ended() {
    return ended;
  }
}
