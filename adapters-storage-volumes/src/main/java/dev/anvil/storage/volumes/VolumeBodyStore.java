package dev.anvil.storage.volumes;

import dev.anvil.ports.bodies.BodyFinding;
import dev.anvil.ports.bodies.BodyId;
import dev.anvil.ports.bodies.BodyReader;
import dev.anvil.ports.bodies.BodyReceipt;
import dev.anvil.ports.bodies.BodyStats;
import dev.anvil.ports.bodies.BodyStore;
import dev.anvil.ports.bodies.BodyUpkeep;
import dev.anvil.ports.bodies.BodyWriter;
import dev.anvil.ports.bodies.CompactionTerms;
import dev.anvil.ports.bodies.ScrubResult;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bodies in append-only volumes shared by many of them, with an index of their places in an engine
 * of its own. One process at a time: it holds a lock on the disk.
 */
public final class VolumeBodyStore implements BodyStore, BodyUpkeep {
  /** Folder of the engine that holds the index. */
  public static final String INDEX_FOLDER = "bodies/index";

  private static final String LOCK = "bodies/lock";
  private static final Logger LOG = LoggerFactory.getLogger(VolumeBodyStore.class);

  private final VolumeLimits limits;
  private final AutoCloseable lock;
  private final Volumes volumes;
  private final BodyIndex index;
  private final Buffers buffers = new Buffers();
  private final List<AppendLane> lanes = new ArrayList<>();
  private final OpenBodies open;
  private final Checkpoints checkpoints;
  private final CheckpointThread thread;
  private final Consumer<BodyFinding> findings;
  private final Ticker ticker;
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong framesAtCheckpoint = new AtomicLong();
  private final AtomicLong framesAtScrub = new AtomicLong();
  private final AtomicBoolean closed = new AtomicBoolean();
  private BodyIds ids;
  private SmallBodies small;
  private Compaction compaction;
  private Scrub scrub;

  /**
   * Opens the store of a backend with {@link VolumeLimits#DEFAULT}.
   *
   * @throws Unavailable if another process has the store, or the disk or engine cannot be used
   */
  public static VolumeBodyStore open(
      Backend backend, RandomGenerator random, Consumer<BodyFinding> findings) {
    Supplier<Engine> engine = () -> backend.openEngine(INDEX_FOLDER);
    return open(backend.disk(), engine, random, VolumeLimits.DEFAULT, findings);
  }

  /**
   * Opens the store, or begins one on an empty disk; reads what was written after the last
   * checkpoint.
   *
   * @param engine opens the engine of {@link #INDEX_FOLDER}; called again after the engine failed
   * @param random for the random half of names; its use is synchronized
   * @param findings told of damage a reader or the compaction meets; must not block
   * @throws Unavailable if another process has the store, or the disk or engine cannot be used
   */
  public static VolumeBodyStore open(
      Disk disk,
      Supplier<Engine> engine,
      RandomGenerator random,
      VolumeLimits limits,
      Consumer<BodyFinding> findings) {
    return open(disk, engine, random, limits, findings, System::nanoTime);
  }

  /** The same with a clock of its own. */
  static VolumeBodyStore open(
      Disk disk,
      Supplier<Engine> engine,
      RandomGenerator random,
      VolumeLimits limits,
      Consumer<BodyFinding> findings,
      Ticker ticker) {
    try {
      disk.createFolder(Volumes.FOLDER);
      disk.syncFolder("");
      disk.syncFolder("bodies");
      AutoCloseable lock = disk.tryLock(LOCK);
      if (lock == null) {
        throw new Unavailable(
            Unavailable.Reason.STORAGE, "another process uses the bodies: stop it first");
      }
      VolumeBodyStore store = new VolumeBodyStore(disk, engine, limits, findings, lock, ticker);
      boolean done = false;
      try {
        store.start(disk, random);
        done = true;
      } finally {
        if (!done) {
          store.release();
        }
      }
      return store;
    } catch (IOException e) {
      throw Failures.of(e, "opening the bodies");
    }
  }

  private VolumeBodyStore(
      Disk disk,
      Supplier<Engine> engine,
      VolumeLimits limits,
      Consumer<BodyFinding> findings,
      AutoCloseable lock,
      Ticker ticker) {
    this.ticker = ticker;
    this.limits = limits;
    this.findings = findings;
    this.lock = lock;
    this.volumes = new Volumes(disk, limits.openFiles());
    this.index = new BodyIndex(new IndexEngine(engine));
    this.open = new OpenBodies(limits, volumes, index, buffers);
    this.checkpoints = new Checkpoints(index, volumes, lanes, open.all());
    this.thread = new CheckpointThread(this::runCheckpoint);
  }

  private void start(Disk disk, RandomGenerator random) {
    Recovery recovery = new Recovery(disk, volumes, index, checkpoints, limits);
    thread.run(() -> {
      try {
        ids = new BodyIds(recovery.run(), random);
      } catch (IOException e) {
        throw Failures.of(e, "reading the volumes");
      }
    });
    small = new SmallBodies(open, buffers, ids);
    for (int i = 0; i < limits.lanes(); i++) {
      lanes.add(new AppendLane(disk, volumes, limits, ids, frames));
    }
    compaction =
        new Compaction(
            volumes,
            index,
            checkpoints,
            thread,
            lanes,
            buffers,
            findings,
            new VolumeChoice(volumes, lanes, ticker, limits.volumeBytes()));
    scrub = new Scrub(volumes, index, buffers, ids.boot());
    if (automatic()) {
      thread.every(limits.checkpointEvery().toNanos());
    }
  }

  private boolean automatic() {
    return !limits.checkpointEvery().isZero();
  }

  private void runCheckpoint() {
    framesAtCheckpoint.set(frames.get());
    checkpoints.run();
  }

  @Override
  public BodyWriter create() {
    admit();
    return open.begin(ids.next(), lanes);
  }

  @Override
  public List<BodyReceipt> putAll(List<ByteBuffer> contents) {
    admit();
    return small.putAll(open.lane(lanes), contents);
  }

  private void admit() {
    usable();
    if (automatic() && index.overlay().size() >= limits.maxPendingChanges()) {
      thread.runNow();
    }
    sinkSoon();
  }

  @Override
  public BodyWriter importing(BodyId id) {
    checkpoints.bootAtLeast(BodyIds.bootOf(id));
    admit();
    return open.begin(id, lanes);
  }

  private void sinkSoon() {
    boolean many =
        index.overlay().size() >= limits.checkpointChanges()
            || frames.get() - framesAtCheckpoint.get() >= limits.checkpointFrames();
    if (many && automatic()) {
      thread.request();
    }
  }

  @Override
  public BodyReader open(BodyId id, long offset, long length) {
    usable();
    while (true) {
      BodyPlace place = place(id);
      if (offset < 0 || length < 0 || length > place.size() - offset) {
        throw new IllegalArgumentException(
            "range " + offset + "+" + length + " is not inside a body of " + place.size());
      }
      Set<Integer> needed = volumesOf(place, offset, length);
      if (pinAll(needed)) {
        return new VolumeBodyReader(id, place, offset, length, volumes, needed, buffers, findings);
      }
      // compacted between the look-up and the pin: the body has a new place or is gone
    }
  }

  private BodyPlace place(BodyId id) {
    BodyPlace place = index.find(id);
    if (place == null) {
      throw new NotFound(
          NotFound.Reason.BODY, "body " + id + " is not here", Map.of("body", id.toString()));
    }
    return place;
  }

  private static Set<Integer> volumesOf(BodyPlace place, long offset, long length) {
    Set<Integer> needed = new TreeSet<>();
    List<Extent> extents = place.extents();
    for (int i = place.extentOf(offset); i < extents.size(); i++) {
      if (extents.get(i).offset() >= offset + length) {
        break;
      }
      needed.add(extents.get(i).volume());
    }
    return needed;
  }

  private boolean pinAll(Set<Integer> needed) {
    List<Integer> pinned = new ArrayList<>();
    for (int number : needed) {
      if (!volumes.pin(number)) {
        pinned.forEach(volumes::unpin);
        return false;
      }
      pinned.add(number);
    }
    return true;
  }

  @Override
  public long size(BodyId id) {
    usable();
    BodyPlace place = index.find(id);
    return place == null ? -1 : place.size();
  }

  @Override
  public void keep(BodyId id) {
    // a closed store does not turn a write that is durable into a failed one: its next start
    // learns of the body from the journal
    index.keep(id);
    sinkSoon();
  }

  @Override
  public void free(BodyId id) {
    usable();
    index.free(id);
    sinkSoon();
  }

  @Override
  public void checkpoint() {
    usable();
    thread.runNow();
  }

  @Override
  public List<BodyId> unkeptOfEarlierBoots(int limit) {
    usable();
    return index.unkeptBefore(ids.boot(), limit);
  }

  @Override
  public List<BodyId> keptAfter(BodyId after, int limit) {
    usable();
    return index.keptAfter(after, limit);
  }

  @Override
  public long reconciledThrough(int partition) {
    usable();
    return index.reconciledThrough(partition);
  }

  @Override
  public void reconciled(int partition, long cursor) {
    usable();
    index.reconciled(partition, cursor);
  }

  @Override
  public boolean compactStep(CompactionTerms terms) {
    usable();
    return compaction.step(terms);
  }

  @Override
  public ScrubResult scrubStep(long maxBytes) {
    usable();
    long written = frames.get();
    boolean busy = written - framesAtScrub.getAndSet(written) >= VolumeLimits.SCRUB_BUSY_FRAMES;
    return scrub.step(busy ? maxBytes / VolumeLimits.SCRUB_BUSY_PART : maxBytes);
  }

  @Override
  public BodyStats stats() {
    long live = 0;
    long garbage = 0;
    List<Volume> all = volumes.list();
    for (Volume v : all) {
      live += v.live();
      garbage += v.garbage();
    }
    return new BodyStats(
        checkpoints.meta().bodies(),
        checkpoints.meta().unkept(),
        live,
        garbage,
        all.size(),
        open.count(),
        index.overlay().size(),
        open.sealedCount(),
        open.syncCount());
  }

  /** For audits: bodies that are neither sealed nor abandoned, those of a group too. */
  int begun() {
    return open.all().size();
  }

  /** For audits. */
  BodyIndex index() {
    return index;
  }

  private void usable() {
    if (closed.get()) {
      throw new Unavailable(Unavailable.Reason.UNAVAILABLE, "the body store is closed");
    }
  }

  /** Ends the store after a last checkpoint; open bodies are lost, open readers fail. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    lanes.forEach(AppendLane::end);
    try {
      thread.runNow();
    } catch (RuntimeException e) {
      LOG.warn("the last checkpoint failed: the next start reads the volumes' ends", e);
    }
    release();
  }

  private void release() {
    thread.close();
    index.engine().close();
    volumes.close();
    try {
      lock.close();
    } catch (Exception e) {
      LOG.warn("giving back the lock of the bodies failed", e);
    }
  }
}
