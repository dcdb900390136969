package dev.anvil.bench.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup under load, kill -9 in the next one and in the restore, and every object compared. */
class BackupRoundsTest {
  @TempDir Path folder;

  private void run(String engine, int objects) throws IOException {
    BackupRounds.Figures f = new BackupRounds(folder, engine, objects).run();
    System.err.println(engine + " " + objects + ": " + f);
    assertThat(f.wrong()).isZero();
    assertThat(f.compared()).isEqualTo(objects);
    assertThat(f.snapshotsAfterKill()).isEqualTo(1);
    assertThat(f.refusal()).contains("unfinished restore");
    long bodies = f.changes() * 4_096L;
    assertThat(f.changedBytes()).isGreaterThan(bodies).isLessThan(bodies * 4);
    assertThat(f.fullBytes()).isGreaterThan(objects * 4_096L);
  }

  @Test
  void fiveThousandObjects() throws IOException {
    run("xodus", 5_000);
  }

  @Test
  @Tag("slow")
  void aHundredThousandObjects() throws IOException {
    run("rocksdb", 100_000);
  }
}
