package dev.anvil.bench.side;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ratios, targets and both reports from planted samples. */
@Tag("fast")
class TargetTest {
  private static final String ROW = "GET 4 KiB, 16";

  @Test
  void theMedianOfTheRoundsIsJudgedAgainstThePeer() throws Exception {
    Findings findings = findings(List.of(40.0, 30.0, 999.0), List.of(300.0, 300.0, 1.0));
    assertThat(findings.median(ROW, "anvil xodus", Sample::cpu)).isEqualTo(40);
    assertThat(findings.spread(ROW, "anvil xodus", Sample::cpu))
        .isEqualTo(new Findings.Spread(30, 40, 999));
    assertThat(Target.all(findings))
        .anySatisfy(v -> {
          assertThat(v.rule()).isEqualTo("CPU at most 45.0 us");
          assertThat(v.holds()).isTrue();
        })
        .anySatisfy(v -> {
          assertThat(v.rule()).isEqualTo("CPU at most 0.17 of minio");
          assertThat(v.of("anvil xodus")).isEqualTo("0.13");
          assertThat(v.holds()).isTrue();
        })
        .noneMatch(v -> v.rule().contains("seaweedfs"));
    String markdown = Report.of(findings);
    assertThat(markdown).contains("| GET 4 KiB, 16 | request | 1,000; 40.0 us");
    assertThat(JsonReport.of(findings)).contains("\"cpuMicros\" : 999.0");
    assertThat(Bars.of(findings, "CPU", Sample::cpu)).contains("<svg").contains(">300<");
  }

  @Test
  void whatIsTooSlowDoesNotHold() {
    assertThat(Target.all(findings(List.of(60.0), List.of(300.0))))
        .filteredOn(v -> v.row().startsWith(ROW) && v.rule().startsWith("CPU"))
        .hasSize(2)
        .noneMatch(Target.Verdict::holds);
  }

  @Test
  void withoutPeersOnlyOursIsJudged() {
    Findings findings = findings(List.of(60.0), List.of());
    assertThat(Target.all(findings))
        .filteredOn(v -> v.row().startsWith(ROW))
        .singleElement()
        .satisfies(v -> assertThat(v.holds()).isFalse());
    assertThat(Report.of(findings))
        .contains("| - | - |")
        .contains("| start of 5 objects, ms | 1,500 |")
        .contains("| start of 5 objects | at most 1,000 ms | **1,500 ms** | **no** |");
  }

  @Test
  void aRowWithFewerRoundsSaysSo() {
    assertThat(Report.of(findings(List.of(60.0), List.of(300.0))))
        .contains("| GET 4 KiB, 16 (1 round) | request |")
        .contains("| GET 4 KiB, 16 (1 round) | CPU at most 45.0 us | **60.0 us** | **no** |");
    assertThat(Report.of(findings(List.of(60.0, 60.0, 60.0), List.of(1.0, 1.0, 1.0))))
        .doesNotContain("round)")
        .contains("Warm-up: 50 s of a mixture of all rows")
        .contains("3,000 MiB of free memory were touched once, in 4 s: appending a MiB took 1,800");
  }

  @Test
  void thePeakOfALoadIsJudgedAgainstMinio() {
    assertThat(Target.all(findings(List.of(60.0), List.of(300.0))))
        .filteredOn(v -> v.rule().startsWith("peak resident at most minio's, 1.00 MiB"))
        .singleElement()
        .satisfies(v -> assertThat(v.holds()).isTrue());
  }

  @Test
  void aBusyMachineIsNamed() {
    Findings calm = findings(List.of(60.0), List.of(300.0));
    Sample s = calm.samples().getFirst();
    Sample busy =
        new Sample(
            s.row(), s.unit(), s.server(), 0, 1, 1, null, 1, 0, 1, 1, 1, 1, null, 1, Map.of(), 1.5);
    assertThat(Report.of(calm)).doesNotContain("was busy");
    assertThat(Report.of(with(calm, busy))).contains("was busy").contains("1.50 of its 2");
    assertThat(busy.cpu()).as("less than the clock's step").isNaN();
  }

  @Test
  void whatWasWaitedForEachServerIsTold() {
    assertThat(Report.of(findings(List.of(60.0), List.of())))
        .contains("anvil xodus 0.5 / 4.5 (2).");
  }

  @Test
  void theMiddleOfTwoRoundsIsTheirMean() {
    Findings findings = findings(List.of(40.0, 60.0), List.of());
    assertThat(findings.median(ROW, "anvil xodus", Sample::cpu)).isEqualTo(50);
    assertThat(findings.rounds(ROW)).isEqualTo(2);
  }

  @Test
  void startsAreJudgedByTheirMiddleAndTheColdOneStandsBeside() {
    Findings findings = findings(List.of(40.0), List.of());
    assertThat(Report.of(findings))
        .contains("| start on an empty folder | ready within 1 s | 990 ms | yes |")
        .contains("| start on the full folder | ready within 1 s | **1,100 ms** | **no** |")
        .contains("| idle | at most 200 MB resident | 190 MB | yes |")
        .contains("| anvil xodus | 990 [900-1,700] | 1,900 | 181 [172-219] | 5,000 |");
    assertThat(Starts.NONE.took()).isNull();
    assertThat(Starts.NONE.medianMillis()).isNaN();
  }

  private static Findings with(Findings f, Sample only) {
    return new Findings(
        f.options(),
        f.machine(),
        f.memory(),
        f.rows(),
        f.servers(),
        f.standings(),
        List.of(only),
        f.remarks(),
        f.took(),
        f.extras(),
        f.waited());
  }

  private static Findings findings(List<Double> ours, List<Double> minio) {
    List<Sample> samples = new ArrayList<>();
    ours.forEach(cpu -> samples.add(sample("anvil xodus", cpu)));
    minio.forEach(cpu -> samples.add(sample("minio", cpu)));
    List<String> servers =
        minio.isEmpty() ? List.of("anvil xodus") : List.of("anvil xodus", "minio");
    Map<String, Standing> standings = new LinkedHashMap<>();
    for (String server : servers) {
      standings.put(
          server,
          new Standing(
              server,
              "1",
              "synced",
              1_900,
              new Starts(List.of(1_700.0, 900.0, 990.0), List.of(190e6, 230e6, 180e6)),
              5000,
              new Starts(List.of(1_300.0, 1_100.0, 600.0), List.of(190e6, 230e6, 180e6)),
              10,
              Double.NaN));
    }
    return new Findings(
        Options.parse(new String[] {"--seed", "1"}),
        new Machine("Linux", "a processor", 2, 1024, "ext4", 200, 400, 1500, 500, 80),
        new FreshMemory(3_000, 4, 1_800, 340),
        Rows.all().stream().filter(r -> r.name().equals(ROW)).toList(),
        servers,
        standings,
        samples,
        List.of("a remark"),
        Duration.ofSeconds(9),
        List.of(new Extra("start of 5 objects", "ms", "anvil xodus", 1_500, 1_000)),
        Map.of("anvil xodus", new Rest.Waited(0.5, 4.5, 7.25, 2)));
  }

  private static Sample sample(String server, double cpu) {
    return new Sample(
        ROW,
        "request",
        server,
        0,
        1000,
        1000,
        null,
        1,
        cpu * 1000,
        9_000,
        8_000,
        1.5,
        3,
        null,
        1 << 20,
        Map.of(),
        0.1);
  }
}
