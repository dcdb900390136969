package dev.anvil.bench.side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;

/**
 * What the comparison must show, of each of our engines, as ratios of medians within one run. A
 * target of a peer that did not take part is not judged.
 */
final class Target {
  /** Name of the row of multipart uploads. */
  static final String MULTIPART = "multipart 256 MiB, 4 parts of 8 MiB at once";

  private static final String MINIO = "minio";
  private static final String SEAWEED = "seaweedfs";
  private static final String GARAGE = "garage";
  private static final List<String> BEST = List.of();
  private static final List<String> UNSYNCED = List.of(SEAWEED, GARAGE);
  private static final double AT_MOST_TIMES_DIGESTS = 1.3;
  private static final double SYNCS_OF_ONE_PUT = 1.5;
  // duties sync now and then too
  private static final double ONE_SYNC = 1.1;
  private static final double IDLE_BYTES = 200e6;
  private static final double READY_MILLIS = 1_000;
  private static final int MIB = 1 << 20;

  /** What one of our engines reached. */
  record Reach(String server, String text, boolean holds) {}

  /** One judged target. */
  record Verdict(String row, String rule, List<Reach> reached) {
    /** Whether the better of our engines holds it. */
    boolean holds() {
      return reached.stream().anyMatch(Reach::holds);
    }

    /** What a server reached; a dash if it has no such figure. */
    String of(String server) {
      return reached.stream()
          .filter(r -> r.server().equals(server))
          .map(r -> r.holds() ? r.text() : "**" + r.text() + "**")
          .findFirst()
          .orElse("-");
    }
  }

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
    cpuShare("HEAD 4 KiB, 16", List.of(GARAGE), 1);
    rateTimes("HEAD 4 KiB, 16", BEST, 1);
    for (String row : List.of("GET 4 KiB, 16", "GET 4 KiB, 64")) {
      cpuAtMost(row, 45);
      cpuShare(row, List.of(MINIO), 1 / 6.0);
      cpuShare(row, List.of(SEAWEED), 1 / 5.0);
      rateTimes(row, List.of(MINIO), 4);
      rateTimes(row, BEST, 1);
    }
    cpuShare("GET 4 KiB, 1", List.of(MINIO), 1 / 3.0);
    rateTimes("GET 4 KiB, 1", List.of(MINIO), 2);
  }

  private void writes() {
    cpuAtMost("PUT 4 KiB, 16", 110);
    cpuAtMost("PUT 4 KiB, 64", 95);
    for (String row : List.of("PUT 4 KiB, 16", "PUT 4 KiB, 64")) {
      cpuShare(row, List.of(MINIO), 1 / 7.0);
      cpuShare(row, UNSYNCED, 1 / 4.0);
      rateTimes(row, List.of(MINIO), 5);
      rateTimes(row, UNSYNCED, 2.5);
    }
    String lone = "PUT 4 KiB, 1";
    rateTimes(lone, List.of(MINIO), 2);
    double bound = SYNCS_OF_ONE_PUT * findings.machine().syncP50Micros() / 1e3;
    judge(
        lone,
        "p50 beyond GET's at most 1.5 x fdatasync p50, " + Figures.of(bound) + " ms",
        " ms",
        s ->
            findings.median(lone, s, Sample::p50) - findings.median("GET 4 KiB, 1", s, Sample::p50),
        v -> v <= bound);
    judge(
        lone,
        "one sync a put",
        "",
        s -> findings.median(lone, s, x -> x.per("syncs")),
        v -> v <= ONE_SYNC);
    cpuAtMost("DELETE 4 KiB, 16", 80);
    cpuShare("DELETE 4 KiB, 16", List.of(MINIO), 1 / 6.0);
    cpuShare("mixed 4 KiB, 16", BEST, 1 / 4.0);
  }

  private void large() {
    cpuShare("PUT 64 KiB, 16", BEST, 1 / 3.0);
    rateTimes("PUT 64 KiB, 16", BEST, 1.5);
    digests("PUT 1 MiB, 8", 1);
    digests("PUT 16 MiB, 4", 16);
    digests(MULTIPART, 1);
    for (String row :
        List.of("PUT 1 MiB, 8", "PUT 16 MiB, 4", MULTIPART, "GET 1 MiB, 8", "GET 16 MiB, 4")) {
      cpuShare(row, BEST, 1);
      rateTimes(row, BEST, 1);
    }
  }

  private void lists() {
    for (String row : List.of("LIST flat", "LIST delimiter, under one prefix", "LIST versions")) {
      cpuAtMost(row, 2);
      cpuShare(row, BEST, 1 / 5.0);
      rateTimes(row, BEST, 4);
    }
  }

  private void memory() {
    Map<String, Standing> standings = findings.standings();
    judge(
        "idle",
        "at most 200 MB resident",
        " MB",
        s -> standings.get(s).empty().medianBytes() / 1e6,
        v -> v <= IDLE_BYTES / 1e6);
    judge(
        "start on an empty folder",
        "ready within 1 s",
        " ms",
        s -> standings.get(s).empty().medianMillis(),
        v -> v <= READY_MILLIS);
    judge(
        "start on the full folder",
        "ready within 1 s",
        " ms",
        s -> standings.get(s).full().medianMillis(),
        v -> v <= READY_MILLIS);
    for (Row row : findings.rows()) {
      double theirs = findings.median(row.name(), MINIO, Sample::peakRss) / MIB;
      judge(
          row.name(),
          "peak resident at most minio's, " + Figures.of(theirs) + " MiB",
          " MiB",
          s ->
              Double.isNaN(theirs)
                  ? Double.NaN
                  : findings.median(row.name(), s, Sample::peakRss) / MIB,
          v -> v <= theirs);
    }
  }

  /** What is measured once. */
  private void once() {
    Map<String, List<Extra>> judged = new LinkedHashMap<>();
    for (Extra e : findings.extras()) {
      if (e.most() > 0) {
        judged.computeIfAbsent(e.name() + "/" + e.unit(), _ -> new ArrayList<>()).add(e);
      }
    }
    for (List<Extra> each : judged.values()) {
      Extra first = each.getFirst();
      judge(
          first.name(),
          "at most " + Figures.of(first.most()) + " " + first.unit(),
          " " + first.unit(),
          s ->
              each.stream()
                  .filter(e -> e.server().equals(s))
                  .mapToDouble(Extra::value)
                  .findFirst()
                  .orElse(Double.NaN),
          v -> v <= first.most());
    }
  }

  private void cpuAtMost(String row, double micros) {
    judge(
        row,
        "CPU at most " + Figures.of(micros) + " us",
        " us",
        s -> findings.median(row, s, Sample::cpu),
        v -> v <= micros);
  }

  /** At most that share of the best of these peers' CPU. */
  private void cpuShare(String row, List<String> peers, double share) {
    double theirs = best(row, peers, Sample::cpu, false);
    judge(
        row,
        "CPU at most " + Figures.of(share) + " of " + named(peers),
        "",
        s -> findings.median(row, s, Sample::cpu) / theirs,
        v -> v <= share);
  }

  private void rateTimes(String row, List<String> peers, double times) {
    double theirs = best(row, peers, Sample::rate, true);
    judge(
        row,
        "rate at least " + Figures.of(times) + " x " + named(peers),
        " x",
        s -> findings.median(row, s, Sample::rate) / theirs,
        v -> v >= times);
  }

  private void digests(String row, int mib) {
    Machine m = findings.machine();
    double least = mib * (m.md5Micros() + m.sha256Micros() + 2 * m.copyMicros());
    judge(
        row,
        "CPU at most 1.3 x (MD5 + SHA-256 + copy in and out)",
        " x",
        s -> findings.median(row, s, Sample::cpu) / least,
        v -> v <= AT_MOST_TIMES_DIGESTS);
  }

  private double best(
      String row, List<String> peers, ToDoubleFunction<Sample> figure, boolean largest) {
    if (peers.isEmpty()) {
      return findings.best(false, row, figure, largest);
    }
    double[] medians =
        peers.stream()
            .mapToDouble(p -> findings.median(row, p, figure))
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    return medians.length == 0 ? Double.NaN : medians[largest ? medians.length - 1 : 0];
  }

  private static String named(List<String> peers) {
    return peers.isEmpty() ? "the best peer" : String.join(" or ", peers);
  }

  private void judge(
      String row,
      String rule,
      String unit,
      ToDoubleFunction<String> figure,
      DoublePredicate holds) {
    List<Reach> reached = new ArrayList<>();
    for (String server : findings.servers()) {
      double value = Findings.ours(server) ? figure.applyAsDouble(server) : Double.NaN;
      if (!Double.isNaN(value)) {
        reached.add(new Reach(server, Figures.of(value) + unit, holds.test(value)));
      }
    }
    if (!reached.isEmpty()) {
      verdicts.add(new Verdict(findings.titled(row), rule, reached));
    }
  }
}
