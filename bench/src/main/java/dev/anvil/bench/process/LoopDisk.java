package dev.anvil.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ext4 file system in a file, mounted through a loop device, whose power can fail. Needs root,
 * loop devices, mkfs.ext4 and python3.
 */
public final class LoopDisk implements AutoCloseable {
  // EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32), with EXT4_GOING_FLAGS_NOLOGFLUSH: what is neither
  // synced nor in the journal on disk is gone, as when the power fails
  private static final String POWER_OFF =
      "import fcntl,os,struct,sys\n"
          + "fd=os.open(sys.argv[1],os.O_RDONLY)\n"
          + "fcntl.ioctl(fd,0x8004587D,struct.pack('I',2))\n";

  private final Path image;
  private final Path mountPoint;
  private boolean mounted;

  private LoopDisk(Path image, Path mountPoint) {
    this.image = image;
    this.mountPoint = mountPoint;
  }

  /** Makes a file system of that many bytes below a folder and mounts it. */
  public static LoopDisk create(Path folder, long bytes) throws IOException {
    Path image = folder.resolve("disk.img");
    Path mountPoint = Files.createDirectories(folder.resolve("disk"));
    Shell.run(List.of("truncate", "-s", Long.toString(bytes), image.toString()));
    Shell.run(List.of("mkfs.ext4", "-q", "-F", image.toString()));
    LoopDisk disk = new LoopDisk(image, mountPoint);
    disk.mount();
    return disk;
  }

  /** Why such a disk cannot be had here; null if it can. */
  public static String unavailable(Path folder) {
    if (!System.getProperty("user.name").equals("root")) {
      return "it needs root";
    }
    try (LoopDisk disk = create(Files.createDirectories(folder.resolve("probe")), 16 << 20)) {
      disk.powerOff();
      return null;
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** Where it is mounted. */
  public Path root() {
    return mountPoint;
  }

  /** Cuts the power: nothing reaches the disk any more, and every use of it fails. */
  public void powerOff() throws IOException {
    Shell.run(List.of("python3", "-c", POWER_OFF, mountPoint.toString()));
  }

  /** Comes back after the power did: unmounts what is left and mounts anew, with recovery. */
  public void remount() throws IOException {
    unmount();
    mount();
  }

  private void mount() throws IOException {
    Shell.run(List.of("mount", "-o", "loop", image.toString(), mountPoint.toString()));
    mounted = true;
  }

  private void unmount() throws IOException {
    if (mounted) {
      Shell.run(List.of("umount", mountPoint.toString()));
      mounted = false;
    }
  }

  @Override
  public void close() throws IOException {
    unmount();
    Files.deleteIfExists(image);
  }
}
