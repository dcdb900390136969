package dev.anvil.ports.testkit;

import dev.anvil.ports.backup.BackupTarget;
import dev.anvil.ports.failure.NotFound;
import dev.anvil.ports.failure.Unavailable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A backup target in memory, whose files a test may damage and whose writes may fail. */
public final class MemoryBackupTarget implements BackupTarget {
  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();
  private final AtomicLong putBytes = new AtomicLong();
  private final AtomicInteger putsLeft = new AtomicInteger(Integer.MAX_VALUE);

  /** All files, to be looked at and damaged. */
  public Map<String, byte[]> files() {
    return files;
  }

  /** Bytes put so far. */
  public long putBytes() {
    return putBytes.get();
  }

  /** After so many more puts the target cannot be reached. */
  public void failAfterPuts(int puts) {
    putsLeft.set(puts);
  }

  @Override
  public String describe() {
    return "memory";
  }

  @Override
  public void put(String name, byte[] bytes) {
    if (putsLeft.getAndDecrement() <= 0) {
      throw new Unavailable(Unavailable.Reason.UNAVAILABLE, "the target cannot be reached");
    }
    files.put(name, bytes.clone());
    putBytes.addAndGet(bytes.length);
  }

  @Override
  public byte[] get(String name) {
    byte[] file = files.get(name);
    if (file == null) {
      throw new NotFound(NotFound.Reason.BACKUP, "no file " + name, Map.of("file", name));
    }
    return file.clone();
  }

  @Override
  public byte[] read(String name, long offset, int length) {
    byte[] file = get(name);
    int from = (int) Math.min(offset, file.length);
    return Arrays.copyOfRange(file, from, (int) Math.min((long) from + length, file.length));
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    return files.keySet().stream()
        .filter(n -> n.startsWith(prefix) && n.compareTo(after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public void delete(String name) {
    files.remove(name);
  }
}
