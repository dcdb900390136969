package dev.anvil.ports.testkit;

import dev.anvil.ports.duties.Leases;
import dev.anvil.waist.EmbeddedLeases;
import org.junit.jupiter.api.Tag;

@Tag("fast")
final class EmbeddedLeasesTest extends LeasesContract {
  private final Leases table = new EmbeddedLeases(7, EmbeddedLeases.TASK_LEASE_TTL, ticker);

  @Override
  protected Leases seeker(int number) {
    return table;
  }

  @Override
  protected Leases restarted() {
    return new EmbeddedLeases(8, EmbeddedLeases.TASK_LEASE_TTL, ticker);
  }
}
