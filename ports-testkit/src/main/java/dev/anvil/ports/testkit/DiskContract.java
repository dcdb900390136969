package dev.anvil.ports.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.storage.Disk;
import dev.anvil.ports.storage.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Disk} promises while nothing crashes. */
public abstract class DiskContract {
  /** An empty disk; the same one for the whole test. */
  protected abstract Disk disk();

  private void write(String path, String text) throws IOException {
    try (DiskFile f = disk().open(path)) {
      f.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
      f.sync();
    }
  }

  private String read(String path) throws IOException {
    try (DiskFile f = disk().openRead(path)) {
      ByteBuffer b = ByteBuffer.allocate((int) f.size());
      f.read(b, 0);
      return new String(b.array(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void filesHoldWhatIsWrittenWherever() throws IOException {
    disk().createFolder("a/b");
    disk().createFolder("a/b");
    try (DiskFile f = disk().open("a/b/x")) {
      f.write(ByteBuffer.wrap("tail".getBytes(StandardCharsets.UTF_8)), 100_000);
      f.write(ByteBuffer.wrap("head".getBytes(StandardCharsets.UTF_8)), 0);
      assertThat(f.size()).isEqualTo(100_004);
      ByteBuffer b = ByteBuffer.allocate(10);
      assertThat(f.read(b, 99_998)).isEqualTo(6);
      assertThat(b.array()).startsWith(0, 0, 't', 'a', 'i', 'l');
      assertThat(f.read(ByteBuffer.allocate(1), 100_004)).isEqualTo(-1);
      f.truncate(4);
      f.truncate(50);
      assertThat(f.size()).isEqualTo(4);
      f.sync();
    }
    disk().syncFolder("a/b");
    assertThat(read("a/b/x")).isEqualTo("head");
  }

  @Test
  void namesAreListedSortedAndRenamedOverOthers() throws IOException {
    disk().createFolder("f/sub");
    write("f/b", "1");
    write("f/a", "2");
    assertThat(disk().list("f")).containsExactly("a", "b", "sub");
    assertThat(disk().list("")).containsExactly("f");
    assertThat(disk().list("absent")).isEmpty();
    disk().rename("f/b", "f/a");
    disk().syncFolder("f");
    assertThat(read("f/a")).isEqualTo("1");
    assertThat(disk().exists("f/b")).isFalse();
    assertThat(disk().exists("f/sub")).isTrue();
    assertThatThrownBy(() -> disk().delete("f")).isInstanceOf(IOException.class);
    disk().delete("f/a");
    disk().delete("f/a");
    disk().delete("f/sub");
    disk().delete("f");
    assertThat(disk().list("")).isEmpty();
  }

  @Test
  void whatIsAbsentCannotBeRead() {
    assertThatThrownBy(() -> disk().openRead("absent")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk().open("no/folder")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk().syncFolder("absent")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> disk().rename("absent", "x")).isInstanceOf(IOException.class);
  }

  @Test
  void pathsThatLeaveTheFolderAreRefused() {
    for (String path : List.of("../x", "a/../../x", "/etc/x", "a//b", "./a", "a/")) {
      assertThatThrownBy(() -> disk().open(path))
          .as(path)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> disk().delete(path)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aLockHasOneHolder() throws Exception {
    AutoCloseable first = disk().tryLock("lock");
    assertThat(first).isNotNull();
    assertThat(disk().tryLock("lock")).isNull();
    first.close();
    AutoCloseable second = disk().tryLock("lock");
    assertThat(second).isNotNull();
    second.close();
  }

  @Test
  void aClosedFileIsDeadAndADeletedOneLivesForItsReaders() throws IOException {
    write("x", "text");
    DiskFile open = disk().openRead("x");
    disk().delete("x");
    ByteBuffer b = ByteBuffer.allocate(4);
    assertThat(open.read(b, 0)).isEqualTo(4);
    open.close();
    open.close();
    assertThatThrownBy(() -> open.read(ByteBuffer.allocate(1), 0)).isInstanceOf(IOException.class);
  }

  @Test
  void interruptsNeitherFailNorCloseAFile() throws IOException {
    try (DiskFile f = disk().open("x")) {
      for (int i = 0; i < 3; i++) {
        Thread.currentThread().interrupt();
        f.write(ByteBuffer.wrap(new byte[] {(byte) i}), i);
        f.sync();
        assertThat(f.read(ByteBuffer.allocate(1), i)).isEqualTo(1);
        disk().syncFolder("");
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(f.size()).isEqualTo(3);
    }
  }

  @Test
  void thereIsRoom() throws IOException {
    assertThat(disk().freeBytes()).isPositive();
  }
}
