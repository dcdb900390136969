package dev.anvil.ports.testkit;

import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that outlives its users and forgets, at {@link #crash}, what a real one may
 * forget. Changing operations (create, write, truncate, sync, rename, delete, folder sync) are
 * numbered from 1, so that a test can fail each of them in turn. Threads may call at once.
 */
public final class MemoryDisk implements Disk {
  private final TreeMap<String, MemoryInode> names = new TreeMap<>();
  private final TreeMap<String, MemoryInode> durableNames = new TreeMap<>();
  private final TreeSet<String> folders = new TreeSet<>();
  private final TreeSet<String> durableFolders = new TreeSet<>();
  private final Set<String> locks = new HashSet<>();
  private long operations;
  private long syncs;
  private long faultAt;
  private DiskFault fault;
  private boolean down;
  private long capacity = Long.MAX_VALUE;
  private boolean unwritable;
  private Predicate<String> failingReads = path -> false;
  private Predicate<String> failingSyncs = path -> false;
  private int life;

  /** Changing operations so far, failed ones included. */
  public synchronized long operations() {
    return operations;
  }

  /** File syncs that returned. */
  public synchronized long syncs() {
    return syncs;
  }

  /** Plans the fault for the n-th changing operation from now, 1 being the next; once. */
  public synchronized void failAfter(long n, DiskFault what) {
    faultAt = operations + n;
    fault = what;
  }

  /** Takes back the planned fault; true if it struck already. */
  public synchronized boolean clearFault() {
    boolean struck = fault == null;
    fault = null;
    return struck;
  }

  /** Bytes all files may have together; writes past it fail as on a full disk. */
  public synchronized void capacity(long bytes) {
    capacity = bytes;
  }

  /** Whether every change is refused, as on a file system mounted read-only. */
  public synchronized void unwritable(boolean value) {
    unwritable = value;
  }

  /** Reads of matching paths fail until set anew. */
  public synchronized void failReads(Predicate<String> paths) {
    failingReads = paths;
  }

  /** Syncs of matching files and folders fail until set anew. */
  public synchronized void failSyncs(Predicate<String> paths) {
    failingSyncs = paths;
  }

  /** Turns bits of a stored byte over. */
  public synchronized void flip(String path, long position, int mask) throws IOException {
    inode(path).flip(position, mask);
  }

  /** Takes the lock in the name of somebody else. */
  public synchronized void holdLock(String path) {
    locks.add(path);
  }

  /** As {@link #crash(CrashLoss, RandomGenerator)} with everything unsynced lost. */
  public void crash() {
    crash(CrashLoss.ALL_UNSYNCED, RandomGenerator.of("L64X128MixRandom"));
  }

  /** Ends every user of the disk: their files are dead, locks free, faults forgotten. */
  public synchronized void crash(CrashLoss loss, RandomGenerator random) {
    life++;
    down = false;
    fault = null;
    locks.clear();
    if (loss == CrashLoss.NOTHING) {
      copyNames();
    } else {
      if (loss == CrashLoss.SOME_UNSYNCED) {
        someNamesLive(random);
      }
      names.clear();
      names.putAll(durableNames);
      folders.clear();
      folders.addAll(durableFolders);
      names.keySet().removeIf(path -> !hasFolder(path));
    }
    names.values().forEach(inode -> inode.crash(loss, random));
    copyNames();
  }

  private void copyNames() {
    durableNames.clear();
    durableNames.putAll(names);
    durableFolders.clear();
    durableFolders.addAll(folders);
  }

  private void someNamesLive(RandomGenerator random) {
    Set<String> touched = new TreeSet<>(names.keySet());
    touched.addAll(durableNames.keySet());
    for (String path : touched) {
      if (names.get(path) != durableNames.get(path) && random.nextBoolean()) {
        settle(path);
      }
    }
  }

  @Override
  public synchronized DiskFile open(String path) throws IOException {
    alive();
    safe(path);
    if (!names.containsKey(path)) {
      if (!hasFolder(path)) {
        throw new NoSuchFileException(path, null, "its folder is absent");
      }
      change(path, 0, () -> names.put(path, new MemoryInode()));
    }
    return new MemoryDiskFile(this, path, inode(path), life);
  }

  @Override
  public synchronized DiskFile openRead(String path) throws IOException {
    alive();
    return new MemoryDiskFile(this, safe(path), inode(path), life);
  }

  @Override
  public synchronized boolean exists(String path) throws IOException {
    alive();
    return names.containsKey(safe(path)) || folders.contains(path);
  }

  @Override
  public synchronized List<String> list(String folder) throws IOException {
    alive();
    String prefix = safe(folder).isEmpty() ? "" : folder + "/";
    TreeSet<String> found = new TreeSet<>();
    for (Set<String> all : List.of(names.keySet(), folders)) {
      for (String path : all) {
        if (path.startsWith(prefix) && path.length() > prefix.length()) {
          found.add(path.substring(prefix.length()).split("/", 2)[0]);
        }
      }
    }
    return new ArrayList<>(found);
  }

  @Override
  public synchronized void createFolder(String folder) throws IOException {
    alive();
    safe(folder);
    for (int at = folder.indexOf('/'); ; at = folder.indexOf('/', at + 1)) {
      String part = at < 0 ? folder : folder.substring(0, at);
      if (!part.isEmpty() && !folders.contains(part)) {
        change(part, 0, () -> folders.add(part));
      }
      if (at < 0) {
        return;
      }
    }
  }

  @Override
  public synchronized void delete(String path) throws IOException {
    alive();
    if (folders.contains(safe(path)) && !list(path).isEmpty()) {
      throw new IOException("folder " + path + " is not empty");
    }
    if (names.containsKey(path) || folders.contains(path)) {
      change(
          path,
          0,
          () -> {
            names.remove(path);
            folders.remove(path);
          });
    }
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    alive();
    safe(to);
    MemoryInode moved = inode(safe(from));
    change(
        to,
        0,
        () -> {
          names.remove(from);
          names.put(to, moved);
        });
  }

  @Override
  public synchronized void syncFolder(String folder) throws IOException {
    alive();
    String prefix = safe(folder).isEmpty() ? "" : folder + "/";
    if (!folder.isEmpty() && !folders.contains(folder)) {
      throw new NoSuchFileException(folder);
    }
    refuseSync(folder);
    change(
        folder,
        0,
        () -> {
          Set<String> touched = new TreeSet<>(names.keySet());
          touched.addAll(durableNames.keySet());
          touched.addAll(folders);
          touched.addAll(durableFolders);
          for (String path : touched) {
            if (path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0) {
              settle(path);
            }
          }
        });
  }

  private void settle(String path) {
    if (names.containsKey(path)) {
      durableNames.put(path, names.get(path));
    } else {
      durableNames.remove(path);
    }
    if (folders.contains(path)) {
      durableFolders.add(path);
    } else {
      durableFolders.remove(path);
    }
  }

  @Override
  public synchronized AutoCloseable tryLock(String path) throws IOException {
    alive();
    if (!hasFolder(safe(path))) {
      throw new NoSuchFileException(path, null, "its folder is absent");
    }
    int mine = life;
    return locks.add(path) ? () -> unlock(path, mine) : null;
  }

  private synchronized void unlock(String path, int holder) {
    if (holder == life) {
      locks.remove(path);
    }
  }

  @Override
  public synchronized long freeBytes() throws IOException {
    alive();
    return Math.max(0, capacity - used());
  }

  long used() {
    return names.values().stream().mapToLong(MemoryInode::length).sum();
  }

  void aliveSince(int birth) throws IOException {
    alive();
    if (birth != life) {
      throw new IOException("the disk crashed after this file was opened");
    }
  }

  void mayRead(String path) throws IOException {
    if (failingReads.test(path)) {
      throw new IOException("Input/output error reading " + path);
    }
  }

  void syncFile(String path, MemoryInode inode) throws IOException {
    refuseSync(path);
    change(
        path,
        0,
        () -> {
          inode.sync();
          syncs++;
        });
  }

  private void refuseSync(String path) throws IOException {
    if (failingSyncs.test(path)) {
      operations++;
      throw new IOException("Input/output error syncing " + path);
    }
  }

  /** Counts the operation and lets the planned fault strike. */
  void change(String path, long moreBytes, Runnable action) throws IOException {
    change(path, moreBytes, action, () -> {});
  }

  void change(String path, long moreBytes, Runnable action, Runnable half) throws IOException {
    operations++;
    if (unwritable) {
      throw new IOException("Read-only file system: " + path);
    }
    if (moreBytes > 0 && moreBytes > capacity - used()) {
      half.run();
      throw new IOException("No space left on device: " + path);
    }
    if (fault == null || operations != faultAt) {
      action.run();
      return;
    }
    DiskFault strike = fault;
    fault = null;
    switch (strike) {
      case FAIL, CRASH -> {}
      case TORN, CRASH_TORN -> half.run();
      case FAIL_AFTER, CRASH_AFTER -> action.run();
    }
    down = strike.name().startsWith("CRASH");
    throw new IOException("Input/output error (planned, operation " + operations + "): " + path);
  }

  private void alive() throws IOException {
    if (down) {
      throw new IOException("the disk is down");
    }
  }

  private boolean hasFolder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 || folders.contains(path.substring(0, slash));
  }

  private MemoryInode inode(String path) throws IOException {
    MemoryInode inode = names.get(path);
    if (inode == null) {
      throw new NoSuchFileException(path);
    }
    return inode;
  }

  private static String safe(String path) {
    for (String part : path.split("/", -1)) {
      if (part.equals("..") || part.equals(".") || part.isEmpty() && !path.isEmpty()) {
        throw new IllegalArgumentException(
            "path '" + path + "' leaves the storage folder or is not plain: use a/b/c");
      }
    }
    return path;
  }
}
