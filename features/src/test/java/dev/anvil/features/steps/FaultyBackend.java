package dev.anvil.features.steps;

import dev.anvil.ports.storage.Backend;
import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.Engine;
import dev.anvil.ports.testkit.EngineFaults;
import dev.anvil.ports.testkit.FaultyEngine;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Any backend, with one switch for the faults of all its engines. */
final class FaultyBackend implements Backend {
  private final Backend below;
  private final List<EngineFaults> all = new CopyOnWriteArrayList<>();
  private volatile boolean full;

  FaultyBackend(Backend below) {
    this.below = below;
  }

  /** While full, no engine takes a write. */
  void full(boolean nowFull) {
    full = nowFull;
    all.forEach(faults -> faults.full(nowFull));
  }

  @Override
  public String engineName() {
    return below.engineName();
  }

  @Override
  public Engine openEngine(String folder) {
    EngineFaults own = new EngineFaults();
    own.full(full);
    all.add(own);
    return new FaultyEngine(below.openEngine(folder), own);
  }

  @Override
  public Disk disk() {
    return below.disk();
  }
}
