package dev.anvil.ports.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Content of one file of a {@link MemoryDisk}: what is there now and how to lose what is not
 * synced.
 */
final class MemoryInode {
  /** One unsynced change: before and after of a place, and of the length. */
  private record Change(long position, byte[] before, byte[] after, long lengthBefore) {}

  private static final int CHUNK = 32 << 10;

  private final List<byte[]> chunks = new ArrayList<>();
  private final List<Change> unsynced = new ArrayList<>();
  private long length;

  long length() {
    return length;
  }

  int read(ByteBuffer into, long position) {
    if (position >= length) {
      return into.hasRemaining() ? -1 : 0;
    }
    int n = (int) Math.min(into.remaining(), length - position);
    for (int done = 0; done < n; ) {
      long at = position + done;
      int inChunk = (int) (at % CHUNK);
      int m = Math.min(n - done, CHUNK - inChunk);
      into.put(chunks.get((int) (at / CHUNK)), inChunk, m);
      done += m;
    }
    return n;
  }

  void write(byte[] bytes, long position) {
    int overlap = (int) Math.max(0, Math.min(bytes.length, length - position));
    ByteBuffer before = ByteBuffer.allocate(overlap);
    if (overlap > 0) {
      read(before, position);
    }
    unsynced.add(new Change(position, before.array(), bytes, length));
    put(bytes, position);
  }

  void truncate(long newLength) {
    if (newLength >= length) {
      return;
    }
    ByteBuffer before = ByteBuffer.allocate((int) (length - newLength));
    read(before, newLength);
    unsynced.add(new Change(newLength, before.array(), null, length));
    cut(newLength);
  }

  void sync() {
    unsynced.clear();
  }

  /** Changes one byte for good, synced or not. */
  void flip(long position, int mask) {
    if (position < 0 || position >= length) {
      throw new IllegalArgumentException("byte " + position + " is outside 0.." + (length - 1));
    }
    chunks.get((int) (position / CHUNK))[(int) (position % CHUNK)] ^= (byte) mask;
  }

  /** Goes back to what was synced, then does again what the choice lets live. */
  void crash(CrashLoss loss, RandomGenerator random) {
    if (loss == CrashLoss.NOTHING) {
      unsynced.clear();
      return;
    }
    List<Change> lost = List.copyOf(unsynced);
    unsynced.clear();
    for (Change c : lost.reversed()) {
      if (c.before.length > 0) {
        put(c.before, c.position);
      }
      cut(c.lengthBefore);
      length = c.lengthBefore;
    }
    if (loss == CrashLoss.SOME_UNSYNCED) {
      for (Change c : lost) {
        redo(c, random.nextInt(3), random);
      }
    }
  }

  private void redo(Change c, int fate, RandomGenerator random) {
    if (fate == 0) {
      return;
    }
    if (c.after == null) {
      cut(Math.min(length, c.position));
    } else if (fate == 1) {
      put(c.after, c.position);
    } else {
      put(Arrays.copyOf(c.after, random.nextInt(c.after.length + 1)), c.position);
    }
  }

  private void put(byte[] bytes, long position) {
    long end = position + bytes.length;
    while ((long) chunks.size() * CHUNK < end) {
      chunks.add(new byte[CHUNK]);
    }
    for (int done = 0; done < bytes.length; ) {
      long at = position + done;
      int inChunk = (int) (at % CHUNK);
      int m = Math.min(bytes.length - done, CHUNK - inChunk);
      System.arraycopy(bytes, done, chunks.get((int) (at / CHUNK)), inChunk, m);
      done += m;
    }
    length = Math.max(length, end);
  }

  private void cut(long newLength) {
    if (newLength >= length) {
      return;
    }
    int keep = (int) ((newLength + CHUNK - 1) / CHUNK);
    chunks.subList(keep, chunks.size()).clear();
    if (newLength % CHUNK != 0) {
      Arrays.fill(chunks.getLast(), (int) (newLength % CHUNK), CHUNK, (byte) 0);
    }
    length = newLength;
  }
}
