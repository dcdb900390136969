package dev.anvil.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.ports.storage.DiskFile;
import dev.anvil.ports.testkit.MemoryDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class StorageHomeTest {
  private static final StorageHome.Wish WISH = new StorageHome.Wish(16, "xodus");

  private final MemoryDisk disk = new MemoryDisk();

  private StorageHome open(StorageHome.Wish wish) {
    return StorageHome.open(disk, "/srv/x", wish, InstantSource.system(), new Random(1));
  }

  private void overwrite(String path, String content) throws IOException {
    try (DiskFile file = disk.open(path)) {
      file.truncate(0);
      file.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)), 0);
    }
  }

  @Test
  void identityIsMadeOnceAndBootsAreCounted() {
    Identity first;
    try (StorageHome home = open(WISH)) {
      first = home.identity();
      assertThat(first.partitions()).isEqualTo(16);
      assertThat(home.boot().count()).isEqualTo(1);
    }
    try (StorageHome home = open(new StorageHome.Wish(4, "xodus"))) {
      assertThat(home.identity()).isEqualTo(first);
      assertThat(home.boot().count()).isEqualTo(2);
    }
  }

  @Test
  void bootsOnlyGrowOverCrashes() {
    StorageHome home = open(WISH);
    disk.crash();
    try (StorageHome again = open(WISH)) {
      assertThat(again.boot().count()).isGreaterThan(home.boot().count());
      assertThat(again.identity()).isEqualTo(home.identity());
    }
  }

  @Test
  void aSecondProcessIsRefused() {
    try (StorageHome home = open(WISH)) {
      assertThat(home.boot().count()).isEqualTo(1);
      assertThatThrownBy(() -> open(WISH))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("/srv/x")
          .hasMessageContaining("in use by another process");
    }
    open(WISH).close();
  }

  @Test
  void anotherEngineIsRefusedWithTheCure() {
    open(WISH).close();
    assertThatThrownBy(() -> open(new StorageHome.Wish(16, "rocksdb")))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("written by engine xodus")
        .hasMessageContaining("anvil engine migrate --to rocksdb");
  }

  @Test
  void unknownFormatsAndDamageStopTheStartAndWriteNothing() throws IOException {
    open(WISH).close();
    String before = SmallFiles.read(disk, "identity.json");
    overwrite("identity.json", before.replace("\"format\":1", "\"format\":9"));
    assertThatThrownBy(() -> open(WISH)).hasMessageContaining("format 9");
    overwrite("identity.json", before.substring(0, before.length() / 2));
    assertThatThrownBy(() -> open(WISH)).hasMessageContaining("identity.json is damaged");
    overwrite("identity.json", before);
    overwrite("boot.json", "{");
    assertThatThrownBy(() -> open(WISH)).hasMessageContaining("boot.json is damaged");
  }

  @Test
  void dataWithoutIdentityIsNeverInitialisedAnew() throws IOException {
    disk.createFolder("partitions");
    assertThatThrownBy(() -> open(WISH))
        .hasMessageContaining("holds data but no identity.json")
        .hasMessageContaining("nothing was written");
    assertThat(disk.exists("identity.json")).isFalse();
  }

  @Test
  void dataWithoutACountOfBootsIsNotCountedFromOneAgain() throws IOException {
    open(WISH).close();
    disk.createFolder("partitions");
    String before = SmallFiles.read(disk, "boot.json");
    disk.delete("boot.json");
    assertThatThrownBy(() -> open(WISH)).hasMessageContaining("holds data but no boot.json");
    assertThat(disk.exists("boot.json")).isFalse();
    for (String damaged : List.of("null", "{\"count\":0}", "{\"count\":2147483647}")) {
      overwrite("boot.json", damaged);
      assertThatThrownBy(() -> open(WISH)).hasMessageContaining("boot.json is damaged");
    }
    overwrite("boot.json", before);
    open(WISH).close();
  }

  @Test
  void partitionsBeyondTheIdentityAreNotForgotten() throws IOException {
    open(WISH).close();
    disk.createFolder("partitions/000");
    disk.createFolder("partitions/015");
    String before = SmallFiles.read(disk, "identity.json");
    overwrite("identity.json", before.replace("\"partitions\":16", "\"partitions\":14"));
    assertThatThrownBy(() -> open(WISH))
        .hasMessageContaining("identity.json names 14 partitions, but partitions/015 is there");
    for (String damaged : List.of("null", before.replace("\"xodus\"", "null"))) {
      overwrite("identity.json", damaged);
      assertThatThrownBy(() -> open(WISH)).hasMessageContaining("identity.json is damaged");
    }
    overwrite("identity.json", before);
    open(WISH).close();
  }
}
