package dev.anvil.bench.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A backup under load, kill -9 in the next one and in the restore, and every object compared. */
class BackupRoundsTest {
  private static void judge(String engine, int objects, BackupRounds.Figures f) {
    System.err.println(engine + " " + objects + ": " + f);
    assertThat(f.wrong()).isZero();
    assertThat(f.compared()).isEqualTo(objects);
    assertThat(f.snapshotsAfterKill()).isEqualTo(1);
    assertThat(f.refusal()).contains("unfinished restore");
    long bodies = f.changes() * 4_096L;
    assertThat(f.changedBytes()).isGreaterThan(bodies).isLessThan(bodies * 4);
    assertThat(f.fullBytes()).isGreaterThan(objects * 4_096L);
  }

  @TestFactory
  Stream<DynamicTest> fiveThousandObjects(@TempDir Path folder) {
    BackupRounds rounds = new BackupRounds(folder, "xodus", 5_000);
    return Stream.of(
        dynamicTest("filled", rounds::fill),
        dynamicTest("backed up under load, killed in the next", rounds::backUpUnderLoad),
        dynamicTest("backed up after changes", rounds::backUpChanges),
        dynamicTest(
            "killed in a restore",
            () -> assertThat(rounds.killARestore()).contains("unfinished restore")),
        dynamicTest("restored", rounds::restoreAll),
        dynamicTest("every object compared", () -> judge("xodus", 5_000, rounds.compareAll())));
  }

  @Test
  @Tag("slow")
  void aHundredThousandObjects(@TempDir Path folder) throws IOException {
    judge("rocksdb", 100_000, new BackupRounds(folder, "rocksdb", 100_000).run());
  }
}
