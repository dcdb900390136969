package dev.anvil.waist;

import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.time.Ticker;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/**
 * What the waist needs of the process around it.
 *
 * @param threads makes the writer's thread of each partition, unstarted
 * @param ticker elapsed time, for the bound on reads and for durations
 * @param clock wall time, for the time of a commit
 * @param meters where the figures go
 * @param incidents where accidents go
 * @param capture whether every write set is kept beside the records until it is archived
 * @param records memory for records that were read lately
 */
public record WaistRuntime(
    ThreadFactory threads,
    Ticker ticker,
    InstantSource clock,
    Meters meters,
    Incidents incidents,
    boolean capture,
    RecordRoom records) {
  /** With little room for records. */
  public WaistRuntime(
      ThreadFactory threads,
      Ticker ticker,
      InstantSource clock,
      Meters meters,
      Incidents incidents,
      boolean capture) {
    this(threads, ticker, clock, meters, incidents, capture, RecordRoom.small());
  }

  /** Without capturing. */
  public WaistRuntime(
      ThreadFactory threads,
      Ticker ticker,
      InstantSource clock,
      Meters meters,
      Incidents incidents) {
    this(threads, ticker, clock, meters, incidents, false);
  }
}
