package dev.anvil.app.home;

import dev.anvil.ports.storage.Disk;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A storage path held by this process: locked, identified, and with this boot counted before
 * anything else is touched.
 */
public final class StorageHome implements AutoCloseable {
  /**
   * A start of the folder, fsynced before it is used or told.
   *
   * @param count generation of leases, from 1, which only grows
   * @param nonce random, tells two copies of a folder apart; null in folders of older versions
   * @param previous the start before, without its own previous; null at the first
   */
  public record Boot(int count, String nonce, Boot previous) {}

  private static final String IDENTITY = "identity.json";
  private static final String BOOT = "boot.json";
  private static final String LOCK = "lock";

  /** Stands in a folder from the first byte of a restore to its last. */
  public static final String RESTORE = "restore.json";

  private final Disk disk;
  private final Identity identity;
  private final Boot boot;
  private final AutoCloseable lock;

  private StorageHome(Disk disk, Identity identity, Boot boot, AutoCloseable lock) {
    this.disk = disk;
    this.identity = identity;
    this.boot = boot;
    this.lock = lock;
  }

  /** Identity wanted of a folder that has none yet. */
  public record Wish(int partitions, String engine) {}

  /**
   * Takes the folder, initialising it when it is empty.
   *
   * @throws HomeException if another process has it, or its identity is unknown or another's
   */
  public static StorageHome open(
      Disk disk, String label, Wish wish, InstantSource clock, RandomGenerator random) {
    AutoCloseable lock = lock(disk, label);
    try {
      refuseHalfMigrated(disk, label);
      return open(disk, label, wish, clock, random, lock);
    } catch (IOException e) {
      release(lock, e);
      throw new HomeException(
          "storage path " + label + " cannot be used: " + e.getMessage() + "; check its rights", e);
    } catch (RuntimeException e) {
      release(lock, e);
      throw e;
    }
  }

  /** The same for a migration, which also takes a folder that a migration left half done. */
  public static StorageHome openForMigration(
      Disk disk, String label, Wish wish, InstantSource clock, RandomGenerator random) {
    AutoCloseable lock = lock(disk, label);
    try {
      return open(disk, label, wish, clock, random, lock);
    } catch (IOException e) {
      release(lock, e);
      throw new HomeException(
          "storage path " + label + " cannot be used: " + e.getMessage() + "; check its rights", e);
    } catch (RuntimeException e) {
      release(lock, e);
      throw e;
    }
  }

  /** The engine that wrote the folder. */
  public static String engineOf(Disk disk, String label) throws IOException {
    return parse(SmallFiles.read(disk, IDENTITY), label).engine();
  }

  private static void refuseHalfMigrated(Disk disk, String label) throws IOException {
    if (disk.exists(RESTORE)) {
      throw new HomeException(
          "storage path "
              + label
              + " is an unfinished restore: run the same anvil restore again until it ends, or"
              + " empty the folder");
    }
    for (String engine : disk.list("migrate")) {
      throw new HomeException(
          "storage path "
              + label
              + " is being moved to another engine: finish it with: anvil engine migrate --to "
              + engine
              + " --data "
              + label);
    }
  }

  private static StorageHome open(
      Disk disk,
      String label,
      Wish wish,
      InstantSource clock,
      RandomGenerator random,
      AutoCloseable lock)
      throws IOException {
    Identity identity = identity(disk, label, wish, clock, random);
    Boot boot = nextBoot(disk, label, random);
    return new StorageHome(disk, identity, boot, lock);
  }

  private static AutoCloseable lock(Disk disk, String label) {
    try {
      AutoCloseable lock = disk.tryLock(LOCK);
      if (lock == null) {
        throw new HomeException(
            "storage path "
                + label
                + " is in use by another process: stop that one, or name another with --data");
      }
      return lock;
    } catch (IOException e) {
      throw new HomeException(
          "storage path " + label + " cannot be locked: " + e.getMessage() + "; check its rights",
          e);
    }
  }

  private static Identity identity(
      Disk disk, String label, Wish wish, InstantSource clock, RandomGenerator random)
      throws IOException {
    if (disk.exists(IDENTITY)) {
      Identity found = known(parse(SmallFiles.read(disk, IDENTITY), label), label, wish);
      refuseForgottenPartitions(disk, label, found);
      return found;
    }
    if (holdsData(disk)) {
      throw new HomeException(
          "storage path "
              + label
              + " holds data but no identity.json: restore that file from a backup of the folder;"
              + " nothing was written");
    }
    byte[] id = new byte[16];
    random.nextBytes(id);
    Identity fresh =
        new Identity(
            Identity.FORMAT,
            HexFormat.of().formatHex(id),
            1,
            wish.partitions(),
            wish.engine(),
            clock.instant().toString());
    SmallFiles.replace(disk, "", IDENTITY, HomeJson.text(fresh));
    return fresh;
  }

  private static boolean holdsData(Disk disk) throws IOException {
    return disk.exists("partitions") || disk.exists("bodies");
  }

  /** A smaller number than the folder was made with would hide whole buckets. */
  private static void refuseForgottenPartitions(Disk disk, String label, Identity found)
      throws IOException {
    for (String name : disk.list("partitions")) {
      if (name.matches("[0-9]{3}") && Integer.parseInt(name) >= found.partitions()) {
        throw new HomeException(
            "storage path "
                + label
                + ": identity.json names "
                + found.partitions()
                + " partitions, but partitions/"
                + name
                + " is there; restore identity.json from a backup of the folder; nothing was"
                + " written");
      }
    }
  }

  private static Identity parse(String json, String label) {
    try {
      return HomeJson.identity(json);
    } catch (HomeJson.Damaged e) {
      throw damaged(label, e.getMessage());
    }
  }

  private static HomeException damaged(String label, String why) {
    return new HomeException(
        "storage path "
            + label
            + ": identity.json is damaged or of a newer version ("
            + why
            + "); restore it from a backup of the folder; nothing was written");
  }

  private static Identity known(Identity found, String label, Wish wish) {
    if (found.format() != Identity.FORMAT) {
      throw new HomeException(
          "storage path "
              + label
              + " has format "
              + found.format()
              + ", this server knows "
              + Identity.FORMAT
              + ": use the version that wrote it; nothing was written");
    }
    if (!found.engine().equals(wish.engine())) {
      throw new HomeException(
          "storage path "
              + label
              + " was written by engine "
              + found.engine()
              + " and STORAGE_ENGINE is "
              + wish.engine()
              + ": set STORAGE_ENGINE="
              + found.engine()
              + ", or move it with: anvil engine migrate --to "
              + wish.engine()
              + " --data "
              + label);
    }
    return found;
  }

  private static Boot nextBoot(Disk disk, String label, RandomGenerator random) throws IOException {
    Boot before = lastBoot(disk, label);
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    int count = before == null ? 1 : before.count() + 1;
    Boot boot = new Boot(count, HexFormat.of().formatHex(nonce), before);
    SmallFiles.replace(disk, "", BOOT, HomeJson.text(boot));
    return boot;
  }

  /**
   * The start before this one, or null before the first. A count that began anew would give duties
   * tokens below those the partitions have seen, and none of them could write again.
   */
  private static Boot lastBoot(Disk disk, String label) throws IOException {
    String cure =
        "; restore it from a backup of the folder, or write {\"count\":N} into it, N above every"
            + " earlier start; nothing was written";
    if (!disk.exists(BOOT)) {
      if (holdsData(disk)) {
        throw new HomeException("storage path " + label + " holds data but no boot.json" + cure);
      }
      return null;
    }
    try {
      Boot last = HomeJson.boot(SmallFiles.read(disk, BOOT));
      if (last.count() < 1 || last.count() == Integer.MAX_VALUE) {
        throw new HomeException("storage path " + label + ": boot.json is damaged" + cure);
      }
      return last;
    } catch (HomeJson.Damaged e) {
      throw new HomeException("storage path " + label + ": boot.json is damaged" + cure, e);
    }
  }

  /** What the folder is. */
  public Identity identity() {
    return identity;
  }

  /** Which start of the folder this is, from 1. */
  public Boot boot() {
    return boot;
  }

  /** Records that the folder now belongs to another engine; the last step of a migration. */
  public void changeEngine(String engine) throws IOException {
    SmallFiles.replace(disk, "", IDENTITY, HomeJson.text(identity.withEngine(engine)));
  }

  /**
   * Makes a restored folder a storage path: its boots go on after the given one. The last step but
   * the removal of {@link #RESTORE}.
   */
  public static void found(Disk disk, Identity identity, int boot) throws IOException {
    SmallFiles.replace(disk, "", BOOT, HomeJson.text(new Boot(boot, null, null)));
    SmallFiles.replace(disk, "", IDENTITY, HomeJson.text(identity));
  }

  /** Takes the lock of a folder that is being restored. */
  public static AutoCloseable lockForRestore(Disk disk, String label) {
    return lock(disk, label);
  }

  private static void release(AutoCloseable lock, Exception because) {
    try {
      lock.close();
    } catch (Exception e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (Exception e) {
      throw new HomeException("the lock of the storage path could not be released", e);
    }
  }
}
