package dev.anvil.bench.relations;

import dev.anvil.bench.authz.PeerShape;
import dev.anvil.bench.side.Figures;
import java.util.ArrayList;
import java.util.List;

/** What the comparison should show for the better of our engines, medians of one run. */
final class Aim {
  private static final int LARGEST = PeerShape.LISTS[PeerShape.LISTS.length - 1];

  /** One judged aim. */
  record Verdict(String row, String rule, String reached, boolean holds) {}

  private final Findings findings;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Aim(Findings findings) {
    this.findings = findings;
  }

  static List<Verdict> all(Findings findings) {
    Aim aim = new Aim(findings);
    aim.times(Row.DIRECT, 3);
    double cpu = aim.ours(Row.DIRECT) / findings.best(false, Row.DIRECT, Sample::cpu, false);
    aim.judge(
        Row.DIRECT, "CPU at most 1/5 of the best peer's", cpu, Figures.of(cpu), cpu <= 1 / 5.0);
    aim.rate(Row.RANDOM, 5_000);
    double micros = aim.ours(Row.RANDOM);
    aim.judge(Row.RANDOM, "CPU at most 100 us", micros, Figures.of(micros) + " us", micros <= 100);
    aim.rate(Row.NESTED, 10_000);
    aim.rate(Row.CONDITION, 5_000);
    aim.within(Row.BATCH, 5);
    aim.within(Row.list(LARGEST), 150);
    aim.within(Row.SUBJECTS, 10);
    aim.times(Row.WRITE_1, 2);
    aim.times(Row.WRITE_16, 5);
    aim.times(Row.WRITES, 1);
    aim.beside();
    return aim.verdicts;
  }

  private double ours(String row) {
    return findings.best(true, row, Sample::cpu, false);
  }

  private void times(String row, double times) {
    double ratio =
        findings.best(true, row, Sample::rate, true)
            / findings.best(false, row, Sample::rate, true);
    judge(
        row,
        "rate at least " + Figures.of(times) + " x the best peer's",
        ratio,
        Figures.of(ratio) + " x",
        ratio >= times);
  }

  private void rate(String row, double least) {
    double rate = findings.best(true, row, Sample::rate, true);
    judge(
        row,
        "at least " + Figures.of(least) + " a second",
        rate,
        Figures.of(rate) + "/s",
        rate >= least);
  }

  private void within(String row, double millis) {
    double p50 = findings.best(true, row, Sample::p50, false);
    judge(
        row,
        "p50 at most " + Figures.of(millis) + " ms",
        p50,
        Figures.of(p50) + " ms",
        p50 <= millis);
  }

  private void beside() {
    double bytes = findings.least(Findings.Standing::bytesEach);
    judge(
        "disk of a tuple",
        "at most 1,024 bytes, both directions and journal",
        bytes,
        Figures.of(bytes) + " bytes",
        bytes <= 1_024);
    double event = findings.least(s -> s.watch() == null ? Double.NaN : s.watch().p50());
    judge("write to event", "p50 below 5 ms", event, Figures.of(event) + " ms", event < 5);
  }

  private void judge(String row, String rule, double value, String reached, boolean holds) {
    if (!Double.isNaN(value)) {
      verdicts.add(new Verdict(row, rule, reached, holds));
    }
  }
}
