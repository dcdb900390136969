package dev.anvil.app.node;

import dev.anvil.app.settings.Settings;
import dev.anvil.authz.store.Relationships;
import dev.anvil.ports.identity.TokenClaims;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Partition;
import dev.anvil.ports.storage.PartitionHead;
import dev.anvil.ports.storage.PartitionId;
import dev.anvil.ports.storage.PartitionState;
import dev.anvil.ports.storage.Partitions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/** What this node must be able to do to be ready, each proved by doing it. */
final class NodeProbes {
  private static final Instant BEFORE_THIS_SERVER = Instant.parse("2025-09-16T00:00:00Z");
  private static final Duration CLOCK_BEHIND = Duration.ofSeconds(60);
  private static final Duration TOKEN_LIFE = Duration.ofMinutes(1);

  private NodeProbes() {}

  static NodeHealth over(
      Settings settings, Disk disk, NodeStores stores, NodeParts parts, NodeTime time) {
    NodeHealth health = new NodeHealth(time.ticker());
    StoreProbes store = new StoreProbes(stores.partitions(), stores.bodies(), time);
    Partition directory = stores.partitions().directory();
    health.probe("persist", store::persist);
    health.probe("bodies", store::bodies);
    health.probe("partitions", () -> serving(stores.partitions()));
    AtomicBoolean running = new AtomicBoolean();
    health.probe(
        "authorise", () -> authorise(parts, directory, time.clock(), running.getAndSet(true)));
    health.probe("journal", () -> journals(stores.partitions()));
    health.probe("watch", () -> watch(parts, directory));
    health.probe("lease", health::lease);
    health.probe("disk", () -> room(disk, settings.storage().reserveMib()));
    health.probe("clock", () -> clock(directory, time.clock()));
    health.proveAll();
    return health;
  }

  private static String serving(Partitions partitions) {
    for (int n = 0; n < partitions.count(); n++) {
      PartitionState state = partitions.get(new PartitionId(n)).state();
      if (state != PartitionState.SERVING) {
        throw new IllegalStateException("partition " + n + " is " + state);
      }
    }
    return partitions.count() + " partitions serve";
  }

  /** The newest entry of every journal, read from its place. */
  private static String journals(Partitions partitions) {
    for (int n = 0; n < partitions.count(); n++) {
      Partition p = partitions.get(new PartitionId(n));
      PartitionHead head = p.head();
      long before = head.cursor() - (head.oldest() <= head.cursor() ? 1 : 0);
      if (p.journal(before, 1).through() < head.cursor()) {
        throw new IllegalStateException("the journal of partition " + n + " ends before its head");
      }
    }
    return partitions.count() + " journals read at their heads";
  }

  /** What a client does that comes back: its cursor is opened, and the journal goes on there. */
  private static String watch(NodeParts parts, Partition directory) throws InterruptedException {
    long head = directory.head().cursor();
    if (parts.watches().cursors().reopened(head) != head) {
      throw new IllegalStateException("a cursor sealed here does not open here");
    }
    directory.awaitPast(head, 0);
    return "a cursor was sealed, opened and resumed from";
  }

  /**
   * A token signed and verified, and the store behind the view of grants answers. A node that runs
   * also looks at more schemas of relationships; a start waits for none.
   */
  private static String authorise(
      NodeParts parts, Partition directory, InstantSource clock, boolean running) {
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
    IdentityParts identity = parts.identity();
    TokenClaims claims =
        new TokenClaims(
            identity.settings().issuer(),
            "readiness probe",
            "none",
            "none",
            0,
            "",
            "probe",
            "none",
            now,
            now,
            now.plus(TOKEN_LIFE));
    if (!identity.tokens().verify(identity.tokens().sign(claims)).equals(claims)) {
      throw new IllegalStateException("a token signed here does not verify here");
    }
    directory.read(tx -> tx.get(StoreProbes.KEY));
    Relationships relationships = parts.relations().services().relationships();
    if (running) {
      relationships.lookAhead();
    }
    int undecided = relationships.undecided();
    if (undecided > 0) {
      throw new IllegalStateException(
          "schemas of relationships of "
              + undecided
              + " tenants cannot be compiled by this version, so that nothing is decided for them:"
              + " run the version that stored them");
    }
    return "a token was signed and verified; grants are known as of cursor "
        + identity.directory().revision();
  }

  private static String room(Disk disk, int reserveMib) throws IOException {
    long free = disk.freeBytes() >> 20;
    if (free < reserveMib) {
      throw new IllegalStateException(
          free
              + " MiB are free on the storage path, DISK_RESERVE_MIB asks for "
              + reserveMib
              + ": delete data, add room or lower it");
    }
    return free + " MiB free";
  }

  /** Tokens, signatures and retention rest on wall time. */
  private static String clock(Partition directory, InstantSource clock) {
    Instant now = clock.instant();
    if (now.isBefore(BEFORE_THIS_SERVER)) {
      throw new IllegalStateException("the clock says " + now + ": set it");
    }
    Instant newest = directory.head().committedAt();
    if (now.plus(CLOCK_BEHIND).isBefore(newest)) {
      throw new IllegalStateException(
          "the clock says "
              + now
              + ", the newest commit was made at "
              + newest
              + ": set the clock");
    }
    return "at or after the newest commit";
  }
}
