package dev.anvil.storage.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import dev.anvil.ports.testkit.DiskContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fast")
class FileDiskTest extends DiskContract {
  @TempDir Path folder;

  @Override
  protected Disk disk() {
    try {
      return new FileDisk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsRestrictedIsForItsOwnerAlone() throws Exception {
    Disk disk = disk();
    disk.createFolder("secrets");
    disk.open("secrets/key").close();
    disk.restrict("secrets");
    disk.restrict("secrets/key");
    assertThat(rights("secrets")).isEqualTo("rwx------");
    assertThat(rights("secrets/key")).isEqualTo("rw-------");
  }

  @Test
  void whatIsNotNeededSoonIsReadAllTheSame() throws Exception {
    byte[] content = new byte[3 << 20];
    new java.util.Random(3).nextBytes(content);
    try (DiskFile f = disk().open("large")) {
      f.write(ByteBuffer.wrap(content), 5);
      f.sync();
      f.notSoon(5, content.length);
      f.notSoon(0, 1L << 40);
      ByteBuffer read = ByteBuffer.allocate(content.length);
      for (int n = 0; n >= 0 && read.hasRemaining(); ) {
        n = f.read(read, 5L + read.position());
      }
      assertThat(read.array()).isEqualTo(content);
    }
    assertThat(PageCache.known()).isEqualTo(System.getProperty("os.name").equals("Linux"));
  }

  private String rights(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
  }

  @Test
  void anInterruptInTheMiddleOfAWriteOrSyncIsNotNoticed() throws Exception {
    try (DiskFile f = disk().open("x")) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread worker =
          Thread.ofPlatform()
              .start(() -> {
                ByteBuffer b = ByteBuffer.allocateDirect(1 << 20);
                try {
                  for (int i = 0; i < 40; i++) {
                    f.write(b.clear(), (long) i << 20);
                    f.sync();
                    f.read(b.clear(), 0);
                  }
                } catch (IOException e) {
                  failure.set(e);
                }
              });
      while (worker.isAlive()) {
        worker.interrupt();
        Thread.onSpinWait();
      }
      assertThat(failure.get()).isNull();
      assertThat(f.size()).isEqualTo(40L << 20);
    }
  }
}
