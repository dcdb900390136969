package dev.anvil.ports.testkit;

import dev.anvil.ports.duties.Lease;

/**
 * A lease that its holder keeps for good.
 *
 * @param token its fencing token
 */
public record StandingLease(long token) implements Lease {
  /** The first holder's. */
  public static final Lease FIRST = new StandingLease(1);

  @Override
  public boolean held() {
    return true;
  }

  @Override
  public void check() {
    // it stands
  }
}
