package dev.anvil.storage.volumes;

import dev.anvil.ports.failure.Unavailable;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One volume file: how far it is written, how far it is on the disk, who uses it. */
final class Volume {
  private static final Logger LOG = LoggerFactory.getLogger(Volume.class);

  private final int number;
  private final long salt;

  /** Bodies and copies with frames here that no index entry names yet. */
  private final AtomicInteger openBodies = new AtomicInteger();

  /** Bytes of their frames here: no garbage yet, although no index entry counts them. */
  private final AtomicLong openBytes = new AtomicLong();

  /** Written by the lane's holder only. */
  private volatile long written;

  private volatile boolean appending;

  /** Bytes of frames that the index names, as of its last commit. */
  private volatile long live;

  /** How far it was written when the last checkpoint began, which counted what lives there. */
  private volatile long counted = VolumeFormat.VOLUME_HEADER;

  /** Of the thread that compacts. */
  private final Fading fading = new Fading();

  private final ReentrantLock syncLock = new ReentrantLock();
  private final Condition syncEnded = syncLock.newCondition();
  private long synced;
  private boolean syncing;
  private volatile IOException failure;

  /** Guarded by {@link Volumes}. */
  DiskFile file;

  /** Guarded by {@link Volumes}. */
  int pins;

  /** Changed by {@link Volumes}: no reader may begin; the file goes with the last one. */
  volatile boolean doomed;

  /** A volume of an earlier time, never written again. */
  static Volume closed(int number, long written, long live) {
    Volume v = new Volume(number, 0);
    v.written = written;
    v.live = live;
    v.counted = written;
    return v;
  }

  /** A new volume whose header is on the disk. */
  static Volume active(int number, long salt, DiskFile file) {
    Volume v = new Volume(number, salt);
    v.file = file;
    v.appending = true;
    v.written = VolumeFormat.VOLUME_HEADER;
    v.synced = VolumeFormat.VOLUME_HEADER;
    return v;
  }

  private Volume(int number, long salt) {
    this.number = number;
    this.salt = salt;
  }

  int number() {
    return number;
  }

  long salt() {
    return salt;
  }

  long written() {
    return written;
  }

  void written(long bytes) {
    written = bytes;
  }

  boolean appending() {
    return appending;
  }

  void stopAppending() {
    appending = false;
  }

  long live() {
    return live;
  }

  void live(long bytes) {
    live = bytes;
  }

  /** Bytes that a checkpoint counted and no body uses. */
  long garbage() {
    return Math.max(0, counted - live - openBytes.get());
  }

  void counted(long bytes) {
    counted = bytes;
  }

  Fading fading() {
    return fading;
  }

  AtomicInteger openBodies() {
    return openBodies;
  }

  AtomicLong openBytes() {
    return openBytes;
  }

  boolean failed() {
    return failure != null;
  }

  /** After a failed write: what is not on the disk yet never will be. */
  void fail(IOException cause) {
    syncLock.lock();
    try {
      if (failure == null) {
        failure = cause;
      }
      syncEnded.signalAll();
    } finally {
      syncLock.unlock();
    }
  }

  /**
   * Returns when the file is on the disk up to the position. Callers that wait share syncs: one of
   * them syncs for all that had written before it began.
   *
   * @return whether this caller did a sync
   * @throws Unavailable if a write or sync failed before that
   */
  boolean syncThrough(long position) {
    syncLock.lock();
    try {
      while (synced < position) {
        if (failure != null) {
          throw Failures.of(failure, "syncing volume " + number);
        }
        if (!syncing) {
          syncNow();
          return true;
        }
        syncEnded.awaitUninterruptibly();
      }
      return false;
    } finally {
      syncLock.unlock();
    }
  }

  /**
   * Syncs a volume that was cut to what is written, after any sync that runs: the system tells a
   * fault of the disk to one of two that sync at once, and it may be the other.
   */
  void syncCut() {
    syncLock.lock();
    try {
      while (syncing) {
        syncEnded.awaitUninterruptibly();
      }
      if (failure == null) {
        syncNow();
      }
    } catch (Unavailable e) {
      // kept as the volume's failure, which whoever waits for a frame of it is told
      LOG.warn("volume {} was cut to its length, not synced: {}", number, e.getMessage());
    } finally {
      syncLock.unlock();
    }
  }

  private void syncNow() {
    syncing = true;
    long target = written;
    IOException failed = null;
    syncLock.unlock();
    try {
      DiskFile open = file;
      if (open == null) {
        // pinned, so only the end of the store can have closed it
        throw new IOException("the body store is closed");
      }
      open.sync();
    } catch (IOException e) {
      failed = e;
    } finally {
      syncLock.lock();
      syncing = false;
      syncEnded.signalAll();
    }
    // a write that failed meanwhile does not spoil what this sync covered
    if (failed == null) {
      synced = Math.max(synced, target);
      return;
    }
    if (failure == null) {
      failure = failed;
    }
    throw Failures.of(failed, "syncing volume " + number);
  }
}
