package dev.anvil.authz.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.operations.MaintainClosures;
import dev.anvil.ports.duties.Lease;
import dev.anvil.ports.metrics.Meters;
import dev.anvil.ports.storage.EntryCursor;
import dev.anvil.ports.storage.KeyRange;
import dev.anvil.ports.storage.Order;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.testkit.StandingLease;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The upkeep of closures of one tenant, moved by hand. */
public final class ClosureDriver {
  /** Writes of nobody in particular. */
  private static final WriteRequest.By BY = new WriteRequest.By("test", "r", 0, null, null);

  private final Relationships relationships;
  private final Relationships.Owner owner;
  private final Partition home;
  private final Lease lease = StandingLease.FIRST;
  private MaintainClosures duty;

  /** Of this tenant. */
  public ClosureDriver(Relationships relationships, Relationships.Owner owner) {
    this.relationships = relationships;
    this.owner = owner;
    this.home = relationships.home(owner.id());
    restart();
  }

  /** As after a start of the node. */
  public void restart() {
    ClosureUpkeep upkeep = new ClosureUpkeep("closures", home, relationships);
    duty = new MaintainClosures(upkeep, home, 5, Meters.none());
  }

  /** Switches the closures of {@code a#r0}, {@code b#r0}, {@code c#r0}. */
  public void switchAll(ClosureSwitches.To to) {
    for (String type : new String[] {"a", "b", "c"}) {
      set(type, "r0", to);
    }
  }

  /** Switches one. */
  public void set(String type, String relation, ClosureSwitches.To to) {
    new ClosureSwitches(relationships).set(owner, type, relation, to, BY);
  }

  /** As if the journal were trimmed past the cursor. */
  public void rebuildAll() {
    ClosureUpkeep upkeep = new ClosureUpkeep("closures", home, relationships);
    upkeep.rebuild(home.head().cursor(), 1);
    restart();
  }

  /** One step; whether more waits. */
  public boolean step() {
    return duty.step(lease);
  }

  /** A few steps, or all, or none, or a start or a switch in between. */
  public void go(SplittableRandom random) {
    int much = random.nextInt(8);
    if (much == 0) {
      restart();
    } else if (much == 1) {
      switchAll(ClosureSwitches.To.ANEW);
    }
    for (int i = random.nextInt(12); i > 0 && much > 1; i--) {
      step();
    }
    if (much > 4) {
      settle();
    }
  }

  /** All steps there are. */
  public void settle() {
    int steps = 0;
    while (step()) {
      assertThat(++steps).isLessThan(10_000);
    }
  }

  /** Rows as stored. */
  public SortedMap<String, String> rows() {
    byte[] prefix = AuthzRecords.table(owner.id(), AuthzRecords.CLOSURE_ROWS);
    return home.read(tx -> {
      SortedMap<String, String> found = new TreeMap<>();
      try (EntryCursor c = tx.scan(KeyRange.prefix(prefix), Order.ASCENDING)) {
        while (c.next()) {
          HexFormat hex = HexFormat.of();
          found.put(hex.formatHex(c.key()), hex.formatHex(c.value()));
        }
      }
      return found;
    });
  }

  /** What upkeep left is what making all from the beginning gives, row for row. */
  public void assertRebuildIsTheSame() {
    SortedMap<String, String> before = rows();
    switchAll(ClosureSwitches.To.ANEW);
    settle();
    assertThat(rows()).isEqualTo(before);
  }
}
