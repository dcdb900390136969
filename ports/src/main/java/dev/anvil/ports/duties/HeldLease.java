package dev.anvil.ports.duties;

/** A lease in the hand of its holder, who keeps it alive; for one thread, besides the questions. */
public interface HeldLease extends Lease {
  /** What became of the lease. */
  enum Renewal {
    /** It stands: the next step may begin. */
    HELD,
    /** Whoever gives it cannot be asked now: begin no step, ask again soon. */
    PAUSED,
    /** It is over. */
    LOST
  }

  /** Called before each step, and at least every third of the lease's life while at rest. */
  Renewal renew();

  /** Gives it back, so that another may take it at once; nothing happens if it is over. */
  void release();
}
