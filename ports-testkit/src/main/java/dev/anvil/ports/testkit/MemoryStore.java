package dev.anvil.ports.testkit;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The "disk" of a {@link MemoryEngine}: outlives the engine, as a folder outlives a process. Thread
 * safe.
 */
public final class MemoryStore {
  private final String name;
  private final EngineFaults faults = new EngineFaults();

  /** States not synced yet, oldest first; the last is the newest commit. */
  private final List<ImmutableTree> unsynced = new ArrayList<>();

  private ImmutableTree synced = ImmutableTree.EMPTY;
  private Object owner;

  /** An empty store, named for messages. */
  public MemoryStore(String name) {
    this.name = name;
  }

  /** Faults that engines opened on this store obey. */
  public EngineFaults faults() {
    return faults;
  }

  /** The machine stops: unsynced commits are forgotten; an open engine may not be used again. */
  public void crash() {
    crashKeeping(0);
  }

  /** As {@link #crash()}, but the oldest {@code commits} unsynced commits reached the disk. */
  public synchronized void crashKeeping(int commits) {
    if (commits > 0 && !unsynced.isEmpty()) {
      synced = unsynced.get(Math.min(commits, unsynced.size()) - 1);
    }
    unsynced.clear();
    owner = null;
  }

  /** Commits that are not synced. */
  public synchronized int unsyncedCommits() {
    return unsynced.size();
  }

  /** The stored bytes of a key as the engine holds them, or null; the caller does not change it. */
  public synchronized byte[] stored(byte[] key) {
    return newest().get(key);
  }

  /** Flips one bit of a byte of a stored value behind the back of whoever has it open. */
  public synchronized void flip(byte[] key, int index) {
    byte[] value = newest().get(key).clone();
    value[index] ^= 1;
    plant(key, value);
  }

  /** Puts (or with a null value removes) an entry past every rule, as a broken disk would. */
  public synchronized void plant(byte[] key, byte[] value) {
    unsynced.replaceAll(t -> value == null ? t.delete(key) : t.put(key, value));
    synced = value == null ? synced.delete(key) : synced.put(key, value);
  }

  synchronized void claim(Object newOwner) {
    if (owner != null) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE,
          "the store " + name + " is in use by another engine; close that one first");
    }
    owner = newOwner;
  }

  /** The engine ends; what is committed is synced, unless a commit or sync failed before. */
  synchronized void release(Object by) {
    if (owner == by) {
      if (faults.usable()) {
        synced = newest();
      }
      unsynced.clear();
      owner = null;
    }
  }

  synchronized ImmutableTree state(Object by) {
    checkOwner(by);
    return newest();
  }

  synchronized void commit(Object by, WriteSet set) {
    checkOwner(by);
    ImmutableTree next = newest();
    for (WriteSet.Mutation m : set.mutations()) {
      next = m.isDelete() ? next.delete(m.key()) : next.put(m.key(), m.value());
    }
    unsynced.add(next);
  }

  synchronized void sync(Object by) {
    checkOwner(by);
    synced = newest();
    unsynced.clear();
  }

  private ImmutableTree newest() {
    return unsynced.isEmpty() ? synced : unsynced.getLast();
  }

  private void checkOwner(Object by) {
    if (owner != by) {
      throw new Unavailable(
          Unavailable.Reason.STORAGE, "the engine of store " + name + " is closed or crashed");
    }
  }
}
