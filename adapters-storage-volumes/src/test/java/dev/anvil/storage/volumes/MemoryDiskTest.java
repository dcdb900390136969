package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import dev.anvil.ports.testkit.CrashLoss;
import dev.anvil.ports.testkit.DiskContract;
import dev.anvil.ports.testkit.DiskFault;
import dev.anvil.ports.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk the store's crash tests rest on keeps the contract and forgets what it should. */
@Tag("fast")
class MemoryDiskTest extends DiskContract {
  private final MemoryDisk disk = new MemoryDisk();

  @Override
  protected Disk disk() {
    return disk;
  }

  private DiskFile file(String path, int bytes) throws IOException {
    DiskFile f = disk.open(path);
    f.write(ByteBuffer.allocate(bytes), 0);
    return f;
  }

  @Test
  void aCrashTakesWhatWasNotSynced() throws IOException {
    DiskFile kept = file("kept", 10);
    kept.sync();
    file("unnamed", 10).sync();
    disk.delete("unnamed");
    disk.syncFolder("");
    file("unnamed", 10).sync();
    kept.write(ByteBuffer.allocate(10), 5);
    disk.crash();
    assertThat(disk.list("")).containsExactly("kept");
    assertThat(disk.openRead("kept").size()).isEqualTo(10);
    assertThatThrownBy(() -> kept.read(ByteBuffer.allocate(1), 0)).isInstanceOf(IOException.class);
  }

  @Test
  void unsyncedRenamesAndDeletionsComeBack() throws IOException {
    file("a", 1).sync();
    file("b", 2).sync();
    disk.syncFolder("");
    disk.rename("a", "b");
    disk.crash();
    assertThat(disk.list("")).containsExactly("a", "b");
    assertThat(disk.openRead("b").size()).isEqualTo(2);
    disk.delete("a");
    disk.crash(CrashLoss.NOTHING, new SplittableRandom(1));
    assertThat(disk.list("")).containsExactly("b");
  }

  @Test
  void aKilledProcessLosesNothingButItsFilesAndLocks() throws Exception {
    file("a", 1);
    assertThat(disk.tryLock("lock")).isNotNull();
    disk.crash(CrashLoss.NOTHING, new SplittableRandom(1));
    disk.crash();
    assertThat(disk.openRead("a").size()).isEqualTo(1);
    assertThat(disk.tryLock("lock")).isNotNull();
    disk.holdLock("other");
    assertThat(disk.tryLock("other")).isNull();
  }

  @Test
  void plannedFaultsStrikeOnceAndInTheirOwnWay() throws IOException {
    DiskFile f = file("a", 10);
    disk.failAfter(1, DiskFault.TORN);
    assertThatThrownBy(() -> f.write(ByteBuffer.allocate(10), 10)).isInstanceOf(IOException.class);
    assertThat(f.size()).isEqualTo(15);
    disk.failAfter(2, DiskFault.FAIL_AFTER);
    f.sync();
    assertThatThrownBy(() -> f.truncate(3)).isInstanceOf(IOException.class);
    assertThat(f.size()).isEqualTo(3);
    disk.failAfter(1, DiskFault.CRASH);
    assertThatThrownBy(f::sync).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk.exists("a")).hasMessageContaining("down");
    disk.crash(CrashLoss.NOTHING, new SplittableRandom(1));
    assertThat(disk.openRead("a").size()).isEqualTo(3);
  }

  @Test
  void fullUnwritableFlippedAndUnreadable() throws IOException {
    DiskFile f = file("a", 10);
    disk.capacity(12);
    assertThat(disk.freeBytes()).isEqualTo(2);
    f.write(ByteBuffer.allocate(10), 2);
    assertThatThrownBy(() -> f.write(ByteBuffer.allocate(10), 10))
        .hasMessageContaining("No space left");
    disk.capacity(Long.MAX_VALUE);
    disk.unwritable(true);
    assertThatThrownBy(() -> disk.open("b")).hasMessageContaining("Read-only");
    disk.unwritable(false);
    disk.flip("a", 3, 0x10);
    ByteBuffer b = ByteBuffer.allocate(1);
    f.read(b, 3);
    assertThat(b.get(0)).isEqualTo((byte) 0x10);
    disk.failReads(path -> path.equals("a"));
    assertThatThrownBy(() -> f.read(ByteBuffer.allocate(1), 0)).isInstanceOf(IOException.class);
    disk.failSyncs(path -> path.equals("a"));
    assertThatThrownBy(f::sync).isInstanceOf(IOException.class);
  }
}
