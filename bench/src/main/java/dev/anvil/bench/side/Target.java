package dev.anvil.bench.side;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the comparison must show, as ratios of medians within one run. A target of a peer that did
 * not take part is not judged.
 */
final class Target {
  private static final String MINIO = "minio";
  private static final String SEAWEED = "seaweedfs";
  private static final String GARAGE = "garage";
  private static final double AT_MOST_TIMES_DIGESTS = 1.3;
  private static final double SYNCS_OF_ONE_PUT = 1.5;
  // duties sync now and then too
  private static final double ONE_SYNC = 1.1;

  /** One judged target. */
  record Verdict(String row, String rule, String reached, boolean holds) {}

  private final Findings findings;
  private final List<Verdict> verdicts = new ArrayList<>();

  private Target(Findings findings) {
    this.findings = findings;
  }

  static List<Verdict> all(Findings findings) {
    Target target = new Target(findings);
    target.small();
    target.writes();
    target.large();
    target.lists();
    target.memory();
    target.once();
    return target.verdicts;
  }

  private void small() {
    cpuAtMost("HEAD 4 KiB, 16", 40);
    cpuShare("HEAD 4 KiB, 16", GARAGE, 1);
    rateTimes("HEAD 4 KiB, 16", null, 1);
    for (String row : List.of("GET 4 KiB, 16", "GET 4 KiB, 64")) {
      cpuAtMost(row, 45);
      cpuShare(row, MINIO, 1 / 6.0);
      cpuShare(row, SEAWEED, 1 / 5.0);
      rateTimes(row, MINIO, 4);
    }
    cpuShare("GET 4 KiB, 1", MINIO, 1 / 3.0);
    rateTimes("GET 4 KiB, 1", MINIO, 2);
  }

  private void writes() {
    cpuAtMost("PUT 4 KiB, 16", 110);
    cpuAtMost("PUT 4 KiB, 64", 95);
    for (String row : List.of("PUT 4 KiB, 16", "PUT 4 KiB, 64")) {
      cpuShare(row, MINIO, 1 / 7.0);
      cpuShare(row, SEAWEED, 1 / 4.0);
      rateTimes(row, MINIO, 5);
      rateTimes(row, SEAWEED, 2.5);
    }
    rateTimes("PUT 4 KiB, 1", MINIO, 2);
    double get = findings.best(true, "GET 4 KiB, 1", Sample::p50, false);
    double put = findings.best(true, "PUT 4 KiB, 1", Sample::p50, false);
    double bound = get + SYNCS_OF_ONE_PUT * findings.machine().syncP50Micros() / 1e3;
    judge(
        "PUT 4 KiB, 1",
        "p50 at most GET's + 1.5 x fdatasync p50, " + Figures.of(bound) + " ms",
        Double.isNaN(bound) ? bound : put,
        " ms",
        put <= bound);
    double syncs = findings.best(true, "PUT 4 KiB, 1", s -> s.per("syncs"), false);
    judge("PUT 4 KiB, 1", "one sync a put", syncs, "", syncs <= ONE_SYNC);
    cpuAtMost("DELETE 4 KiB, 16", 80);
    cpuShare("DELETE 4 KiB, 16", MINIO, 1 / 6.0);
    cpuShare("mixed 4 KiB, 16", null, 1 / 4.0);
  }

  private void large() {
    cpuShare("PUT 64 KiB, 16", null, 1 / 3.0);
    rateTimes("PUT 64 KiB, 16", null, 1.5);
    digests("PUT 1 MiB, 8", 1);
    digests("PUT 16 MiB, 4", 16);
    digests("multipart 256 MiB, 4 parts of 8 MiB at once", 1);
    for (String row :
        List.of(
            "PUT 1 MiB, 8",
            "PUT 16 MiB, 4",
            "multipart 256 MiB, 4 parts of 8 MiB at once",
            "GET 1 MiB, 8",
            "GET 16 MiB, 4")) {
      cpuShare(row, null, 1);
      rateTimes(row, null, 1);
    }
  }

  private void lists() {
    for (String row : List.of("LIST flat", "LIST delimiter, under one prefix", "LIST versions")) {
      cpuAtMost(row, 2);
      cpuShare(row, null, 1 / 5.0);
      rateTimes(row, null, 4);
    }
  }

  private void memory() {
    for (Standing s : findings.standings().values()) {
      if (Findings.ours(s.server())) {
        double mib = s.idleBytes() / (double) (1 << 20);
        judge(s.server(), "at most 200 MB resident idle", mib, " MiB", s.idleBytes() <= 200e6);
        judge(
            s.server(),
            "ready within 1 s on the full folder",
            s.againMillis(),
            " ms",
            s.againMillis() <= 1000);
      }
    }
  }

  /** What is measured once. */
  private void once() {
    for (Extra e : findings.extras()) {
      if (e.most() > 0) {
        String rule = e.name() + ", at most " + Figures.of(e.most()) + " " + e.unit();
        judge(e.server(), rule, e.value(), " " + e.unit(), e.value() <= e.most());
      }
    }
  }

  private void cpuAtMost(String row, double micros) {
    double ours = findings.best(true, row, Sample::cpu, false);
    judge(row, "CPU at most " + Figures.of(micros) + " us", ours, " us", ours <= micros);
  }

  /** At most that share of a peer's CPU; of the best peer's without a name. */
  private void cpuShare(String row, String peer, double share) {
    double theirs = of(row, peer, Sample::cpu, false);
    double ratio = findings.best(true, row, Sample::cpu, false) / theirs;
    judge(
        row,
        "CPU at most " + Figures.of(share) + " of " + (peer == null ? "the best peer" : peer),
        ratio,
        "",
        ratio <= share);
  }

  private void rateTimes(String row, String peer, double times) {
    double ratio = findings.best(true, row, Sample::rate, true) / of(row, peer, Sample::rate, true);
    judge(
        row,
        "rate at least " + Figures.of(times) + " x " + (peer == null ? "the best peer" : peer),
        ratio,
        " x",
        ratio >= times);
  }

  private void digests(String row, int mib) {
    Machine m = findings.machine();
    double least = mib * (m.md5Micros() + m.sha256Micros() + 2 * m.copyMicros());
    double ratio = findings.best(true, row, Sample::cpu, false) / least;
    judge(
        row,
        "CPU at most 1.3 x (MD5 + SHA-256 + copy in and out)",
        ratio,
        " x",
        ratio <= AT_MOST_TIMES_DIGESTS);
  }

  private double of(String row, String peer, ToDoubleFunction<Sample> figure, boolean largest) {
    return peer == null
        ? findings.best(false, row, figure, largest)
        : findings.median(row, peer, figure);
  }

  private void judge(String row, String rule, double reached, String unit, boolean holds) {
    if (!Double.isNaN(reached)) {
      verdicts.add(new Verdict(row, rule, Figures.of(reached) + unit, holds));
    }
  }
}
