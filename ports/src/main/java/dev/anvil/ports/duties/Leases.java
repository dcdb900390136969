package dev.anvil.ports.duties;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Gives the right to a duty to one seeker at a time. Tokens of a duty only grow, over every restart
 * of whoever gives them; a clock decides when a silent holder is replaced, and the tokens in the
 * writes decide who may write.
 */
public interface Leases {
  /** Silence after which a holder is replaced; a step lasts less than a third of it. */
  Duration ttl();

  /**
   * Takes the lease if nobody's stands.
   *
   * @return empty while somebody's stands, and while the giver cannot be asked
   */
  Optional<HeldLease> take(DutyName duty);

  /** Every lease taken here and not ended, by name. */
  List<LeaseView> view();
}
