package dev.anvil.operations.backup;

import dev.anvil.journal.BodyReferences;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Entry;
import dev.anvil.ports.storage.HeldState;
import dev.anvil.ports.storage.PartitionId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One snapshot being taken, in steps. It begins by holding a state of every partition, the
 * directory's first, and sweeps back; its manifest is the last file it writes, so a run that ends
 * early leaves no snapshot. One thread; closed whatever happens.
 */
final class SnapshotRun implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int BODY_STEP_BYTES = 16 << 20;

  private final BackupSource source;
  private final BackupStore store;
  private final Manifest before;
  private final Blobs blobs;
  private final String sealKeyId;
  private final PackWriter packs;
  private final Map<String, Segment> present = new HashMap<>();
  private final Instant at;
  private final String id;
  private final SweepHold.Hold hold;
  private final List<HeldState> states = new ArrayList<>();
  private final List<Manifest.PartitionPart> parts = new ArrayList<>();
  private BodySet named = new BodySet(null, BackupLimits.BODIES_IN_MEMORY);
  private PartitionCopying copying;
  private ListWriter<ChunkEntry> chunkList;
  private PartitionWalk again;
  private int walked;
  private BodiesCopying bodies;
  private ListWriter<BodyEntry> bodyList;
  private int nextBody;
  private long listBytes;
  private Manifest done;

  /**
   * Takes hold of everything.
   *
   * @param before the snapshot to share files with; null for none
   */
  SnapshotRun(BackupSource source, BackupStore store, Manifest before, boolean encrypt) {
    this.source = source;
    this.store = store;
    this.before = before;
    this.sealKeyId = encrypt ? store.sealer().currentKeyId() : null;
    this.blobs = store.blobs(sealKeyId);
    this.packs = new PackWriter(store.target(), blobs, source.random());
    if (before != null) {
      before.partitions().forEach(p -> p.segments().forEach(this::isPresent));
      before.bodies().segments().forEach(this::isPresent);
    }
    this.at = source.clock().instant();
    this.id = STAMP.format(at) + "-" + "%08x".formatted(source.random().nextInt());
    this.hold = source.sweeps().hold();
    boolean begun = false;
    try {
      for (int n = 0; n < source.partitions().count(); n++) {
        states.add(source.partitions().get(new PartitionId(n)).hold());
      }
      begun = true;
    } finally {
      if (!begun) {
        close();
      }
    }
  }

  /** Whether files can be shared with it: same deployment, same way of sealing. */
  static boolean sharable(Manifest before, BackupSource source, String sealKeyId) {
    return before.deploymentId().equals(source.deployment().id())
        && before.partitions().size() == source.partitions().count()
        && Objects.equals(before.sealKeyId(), sealKeyId);
  }

  private void isPresent(Segment s) {
    present.put(HexFormat.of().formatHex(s.hash()), s);
  }

  String id() {
    return id;
  }

  /** The manifest once it is written; null before. */
  Manifest done() {
    return done;
  }

  /** A bounded part of the work; false when all is done. */
  boolean step() {
    if (source.clock().instant().isAfter(at.plus(BackupLimits.MAX_HOLD))) {
      throw new Unavailable(
          Unavailable.Reason.TIMEOUT,
          "snapshot "
              + id
              + " took longer than "
              + BackupLimits.MAX_HOLD.toHours()
              + " h, for which sweeps stand still: use a faster target");
    }
    if (parts.size() < states.size()) {
      records();
    } else if (bodies == null) {
      beginBodies();
    } else if (again != null) {
      walkAgain();
    } else if (bodies.busy() || nextBody < named.size()) {
      copyBodies();
    } else if (named.ceiling() != null) {
      named = new BodySet(named.ceiling(), BackupLimits.BODIES_IN_MEMORY);
      walked = 0;
      again = new PartitionWalk(states.getFirst());
    } else {
      finish();
      return false;
    }
    return true;
  }

  private void records() {
    int n = parts.size();
    if (copying == null) {
      Iterator<ChunkEntry> old =
          before == null
              ? Collections.emptyIterator()
              : new ListReader<>(
                  store.target(), blobs, before.partitions().get(n).segments(), ChunkEntry::read);
      HeldState state = states.get(n);
      chunkList = new ListWriter<>(store.target(), blobs, ChunkEntry::write, present);
      copying =
          new PartitionCopying(
              state.head(), new PartitionWalk(state), old, packs, chunkList, this::note);
    }
    if (!copying.step()) {
      parts.add(copying.part());
      listBytes += chunkList.stored();
      copying = null;
    }
  }

  private void note(Entry e) {
    for (BodyReferences subject : source.references()) {
      subject.of(e.key(), e.value(), named::add);
    }
  }

  private void beginBodies() {
    named.sort();
    Iterator<BodyEntry> old =
        before == null
            ? Collections.emptyIterator()
            : new ListReader<>(store.target(), blobs, before.bodies().segments(), BodyEntry::read);
    bodyList = new ListWriter<>(store.target(), blobs, BodyEntry::write, present);
    bodies = new BodiesCopying(source.bodies(), old, packs, bodyList);
  }

  private void walkAgain() {
    List<Entry> slice = again.next();
    slice.forEach(this::note);
    if (slice.isEmpty()) {
      walked++;
      again = walked < states.size() ? new PartitionWalk(states.get(walked)) : null;
      if (again == null) {
        named.sort();
        nextBody = 0;
      }
    }
  }

  private void copyBodies() {
    long read = 0;
    for (int i = 0; i < BackupLimits.BODIES_A_STEP && read < BODY_STEP_BYTES; i++) {
      if (!bodies.busy()) {
        if (nextBody == named.size()) {
          return;
        }
        bodies.begin(named.get(nextBody++));
      }
      if (bodies.busy()) {
        read += bodies.step(BODY_STEP_BYTES - read);
      }
    }
  }

  private void finish() {
    packs.flush();
    Manifest.BodiesPart part = bodies.part();
    BackupSource.Deployment d = source.deployment();
    Manifest manifest =
        new Manifest(
            id,
            d.id(),
            d.incarnation(),
            d.boot(),
            at,
            before == null ? null : before.id(),
            sealKeyId,
            List.copyOf(parts),
            part,
            packs.stored() + listBytes + bodyList.stored());
    store.target().put(BackupFiles.snapshot(id), ManifestCodec.encode(manifest, store.signer()));
    done = manifest;
  }

  @Override
  public void close() {
    if (bodies != null) {
      bodies.close();
    }
    states.forEach(HeldState::close);
    hold.close();
  }
}
