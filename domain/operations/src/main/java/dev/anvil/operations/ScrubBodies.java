package dev.anvil.operations;

import dev.anvil.journal.Finding;
import dev.anvil.journal.FindingSink;
import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.duties.Duty;
import dev.anvil.ports.duties.Lease;
import java.time.Instant;
import java.time.InstantSource;

/** Re-reads all bodies of a node at a bounded rate: one step each second, then a rest. */
public final class ScrubBodies implements Duty {
  private final BodyUpkeep upkeep;
  private final long stepBytes;
  private final FindingSink findings;
  private final InstantSource clock;

  /** Reads so many bytes a step. */
  public ScrubBodies(BodyUpkeep upkeep, long stepBytes, FindingSink findings, InstantSource clock) {
    this.upkeep = upkeep;
    this.stepBytes = stepBytes;
    this.findings = findings;
    this.clock = clock;
  }

  @Override
  public boolean step(Lease lease) {
    lease.check();
    for (BodyFinding found : upkeep.scrubStep(stepBytes).findings()) {
      findings.file(finding(found, clock.instant()));
    }
    return false;
  }

  /** As it is filed. */
  public static Finding finding(BodyFinding found, Instant at) {
    String body = found.id() == null ? "unknown body" : "body " + found.id();
    return new Finding(
        "body-block-checksum",
        body + " in volume " + found.volume() + " at " + found.position(),
        Integer.toHexString(found.expected()),
        Integer.toHexString(found.actual()) + ": " + found.detail(),
        "needed: anvil repair",
        at);
  }
}
