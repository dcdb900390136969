package dev.anvil.bench.ageing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that changes much and holds the same takes the same: disk, memory, files, journal. */
class AgeingTest {
  private static final long MIB = 1L << 20;

  /** Garbage that a node may hold while it is never idle, and most of a volume that fills. */
  private static final long VOLUMES = 1_200 * MIB;

  /** Entries that a retention of 1 MiB keeps in two partitions, at 256 bytes, and a step more. */
  private static final long JOURNAL = 2 * 4_096 * 5 / 4;

  @ParameterizedTest
  @ValueSource(strings = {"xodus", "rocksdb"})
  @Tag("slow")
  void whatANodeTakesLevelsOff(String engine, @TempDir Path folder) throws IOException {
    int seconds = Integer.getInteger("anvil.ageing.seconds", 180);
    long seed = Long.getLong("anvil.seed", 20_260_101L);
    Ageing.Report report =
        Ageing.run(engine, Duration.ofSeconds(seconds), 3 * VOLUMES, seed, folder, System.out);
    System.out.println(report);
    Ageing.Sample first = report.first();
    Ageing.Sample second = report.second();
    assertThat(report.bytes()).as("enough for several volumes").isGreaterThan(3 * VOLUMES);
    assertThat(report.days()).isGreaterThan(10);
    assertThat(report.left()).as("left to lifecycles").isGreaterThan(300);
    assertThat(report.ended()).as("all that lifecycles govern ended by itself").isTrue();
    assertThat(second.diskBytes()).isLessThan(VOLUMES + first.diskBytes() / 4);
    assertThat(second.rssBytes()).isLessThan(first.rssBytes() * 5 / 4);
    assertThat(second.openFiles()).isLessThan(first.openFiles() + 20);
    // trimming rests for 5 s, half of a day here: at most so many entries come in between
    long journal = JOURNAL + report.changes() / report.days();
    assertThat(report.changes()).as("many times the journal").isGreaterThan(4 * journal);
    assertThat(Math.max(first.journalEntries(), second.journalEntries())).isLessThan(journal);
  }
}
