package dev.anvil.bench.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.anvil.bench.side.Machine;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
class FindingsTest {
  private static final Machine MACHINE =
      new Machine("Linux", "some", 2, 1_000, "ext4", 100, 200, 1, 1, 1);

  private static Sample sample(String server, int round, double units, double micros) {
    return new Sample(
        Row.DIRECT, server, round, null, units, 1, micros, micros, 1, 1, 2, 1 << 20, 0);
  }

  private static Findings of(Sample... samples) {
    Map<String, Findings.Standing> standings = new LinkedHashMap<>();
    for (Sample s : samples) {
      standings.put(s.server(), new Findings.Standing("1", "none", 10, 1, 2_000, 0, null, 1, 1));
    }
    return new Findings(
        Options.parse(new String[0]),
        MACHINE,
        "all",
        List.of(new Row(Row.DIRECT, "check", 16, new Row.Writes(1))),
        standings,
        List.of(samples),
        List.of("a remark"),
        1);
  }

  @Test
  void theMedianOfTheRoundsIsJudgedAgainstTheBetterPeer() {
    Findings findings =
        of(
            sample("anvil xodus", 0, 900, 900),
            sample("anvil xodus", 1, 3_100, 3_100),
            sample("anvil xodus", 2, 3_200, 3_200),
            sample("spicedb", 0, 1_000, 20_000),
            sample("openfga", 0, 500, 5_000));
    assertThat(Aim.all(findings))
        .filteredOn(v -> v.row().equals(Row.DIRECT))
        .extracting(Aim.Verdict::reached, Aim.Verdict::holds)
        .containsExactly(tuple("3.10 x", true), tuple("0.10", true));
    assertThat(Aim.all(findings))
        .filteredOn(v -> v.row().equals("disk of a tuple"))
        .extracting(Aim.Verdict::holds)
        .containsExactly(false);
  }

  @Test
  void withoutPeersNoRatioIsJudged() {
    Findings findings = of(sample("anvil rocksdb", 0, 1_000, 1_000));
    assertThat(Aim.all(findings)).noneMatch(v -> v.row().equals(Row.DIRECT));
    assertThat(Report.of(findings))
        .contains("a remark")
        .contains("anvil rocksdb")
        .contains("Warm-up: 15 s of all rows")
        .contains("| " + Row.DIRECT + " (1 round) | check |");
  }

  @Test
  void bothReportsHaveEveryServer() throws IOException {
    Findings findings =
        of(sample("anvil xodus", 0, 1_000, 1_000), sample("openfga", 0, 500, 5_000));
    assertThat(Report.of(findings)).contains("| openfga |").contains("10.0 + 10.0 us");
    assertThat(JsonReport.of(findings)).contains("\"openfga\"").contains("\"anvil xodus\"");
  }

  @Test
  void aBusyMachineIsNamed() {
    Sample calm = sample("anvil xodus", 0, 1_000, 1_000);
    Sample busy = new Sample(Row.DIRECT, "openfga", 0, null, 1, 1, 1, 1, 1, 1, 2, 1, 1.5);
    assertThat(Report.of(of(calm))).doesNotContain("was busy");
    assertThat(Report.of(of(busy))).contains("was busy").contains("1.50 of its 2 cores");
  }

  @Test
  void theMiddleOfTwoRoundsIsBetweenThem() {
    Findings findings =
        of(sample("anvil xodus", 0, 1_000, 1_000), sample("anvil xodus", 1, 2_000, 1_000));
    assertThat(findings.median(Row.DIRECT, "anvil xodus", Sample::rate)).isEqualTo(1_500);
  }
}
