package dev.anvil.bench.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is overwritten and deleted is given back to the disk, with nobody writing any more. */
class SpaceBackTest {
  private static final long MIB = 1L << 20;

  /** Logs and tables that an engine holds whatever is stored: three engines of a node. */
  private static final long ENGINES = 40 * MIB;

  private static final Duration BOUND = Duration.ofMinutes(3);

  @TestFactory
  Stream<DynamicTest> onXodus(@TempDir Path folder) throws IOException {
    return on("xodus", folder);
  }

  @TestFactory
  Stream<DynamicTest> onRocksDb(@TempDir Path folder) throws IOException {
    return on("rocksdb", folder);
  }

  private static Stream<DynamicTest> on(String engine, Path folder) throws IOException {
    SpaceBack space = new SpaceBack(folder, engine, 400, 200_000);
    return Stream.of(
            dynamicTest("written and overwritten", () -> overwrite(space, 3)),
            dynamicTest("garbage goes", () -> settles(space, space.held() * 16 / 10)),
            dynamicTest("all of it reads", () -> assertThat(space.wrong()).isZero()),
            dynamicTest("all deleted", space::deleteAll),
            dynamicTest("the disk is free", () -> settles(space, 0)))
        .onClose(() -> close(space));
  }

  private static void overwrite(SpaceBack space, int rounds) throws IOException {
    for (int round = 0; round < rounds; round++) {
      space.writeAll();
    }
  }

  private static void settles(SpaceBack space, long most) throws IOException {
    SpaceBack.Disk disk = space.awaitAtMost(most + ENGINES, BOUND);
    assertThat(disk.all()).as(disk.toString()).isLessThanOrEqualTo(most + ENGINES);
  }

  private static void close(SpaceBack space) {
    try {
      space.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Small bodies, so that the records count: bodies and records at most 1.6 times the bodies. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  void tenRoundsOfSmallBodies(String engine, @TempDir Path folder) throws IOException {
    try (SpaceBack space = new SpaceBack(folder, engine, 30_000, 4_096)) {
      overwrite(space, 11);
      long most = space.held() * 16 / 10;
      SpaceBack.Disk disk = space.awaitAtMost(most, Duration.ofMinutes(5));
      System.out.println(engine + " after ten rounds: " + disk);
      assertThat(disk.all()).as(disk.toString()).isLessThanOrEqualTo(most);
      assertThat(space.wrong()).isZero();
    }
  }
}
