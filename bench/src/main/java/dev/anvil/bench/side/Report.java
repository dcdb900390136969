package dev.anvil.bench.side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The findings as Markdown. */
final class Report {
  // the kernel's own and what the servers leave behind take a quarter of a core
  private static final double QUIET = 0.7;

  private final Findings findings;
  private final StringBuilder text = new StringBuilder();

  private Report(Findings findings) {
    this.findings = findings;
  }

  /** All of it. */
  static String of(Findings findings) {
    Report report = new Report(findings);
    report.head();
    report.comparison();
    report.targets();
    report.standings();
    OnceTable.lines(findings).forEach(text -> report.line("%s", text));
    report.details();
    report.remarks();
    return report.text.toString();
  }

  /** The one table that a terminal shows. */
  static String table(Findings findings) {
    Report report = new Report(findings);
    report.comparison();
    report.standings();
    OnceTable.lines(findings).forEach(text -> report.line("%s", text));
    report.targets();
    report.remarks();
    return report.text.toString();
  }

  private void head() {
    Machine machine = findings.machine();
    Options options = findings.options();
    line("# Side by side");
    line(
        "%s; %s, %d cores shared by server and client, %,d MiB, %s.",
        machine.system(),
        machine.processor(),
        machine.cores(),
        machine.memoryMib(),
        machine.fileSystem());
    line(
        "%d rounds in turns, windows of %d ms, %,d objects of 4 KiB before, every body another;"
            + " seed %d; %d s in all.",
        options.rounds(),
        options.window().toMillis(),
        options.objects(),
        options.seed(),
        findings.took().toSeconds());
    line(
        "In the same run: append of 4 KiB with fdatasync p50 %s us, p99 %s us; of a MiB MD5 %s us,"
            + " SHA-256 %s us, copy %s us. The load client: %s us of CPU a request of 4 KiB on"
            + " its thread, %s us with compiler and collector.",
        Figures.of(machine.syncP50Micros()),
        Figures.of(machine.syncP99Micros()),
        Figures.of(machine.md5Micros()),
        Figures.of(machine.sha256Micros()),
        Figures.of(machine.copyMicros()),
        Figures.of(findings.client(Sample::thread)),
        Figures.of(findings.client(Sample::client)));
    line(
        "Warm-up: %d s of a mixture of all rows on each server, ours and peers alike, by up to 16"
            + " clients, on ours in both APIs; %d ms of a row before each of its windows. %s",
        options.warmUp().toSeconds(), Measuring.WARM_UP.toMillis(), findings.memory().words());
    line("%s", rests());
    if (findings.otherCores() > QUIET) {
      line(
          "**The machine was busy**: others kept %s of its %d cores in the middle of all windows."
              + " The figures judge nothing.",
          Figures.of(findings.otherCores()), machine.cores());
    }
    line(
        "Figures are medians of the rounds, in brackets the least and the most; a row with fewer"
            + " rounds says so.");
    line("");
  }

  private String rests() {
    List<String> each = new ArrayList<>();
    findings
        .waited()
        .forEach((server, w) ->
            each.add(
                String.format(
                    Locale.ROOT,
                    "%s %.1f / %.1f (%d)",
                    server,
                    w.median(),
                    w.most(),
                    w.unrested())));
    return String.format(
        Locale.ROOT,
        "Before each window its server rests: less than %.0f %% of a core over %.1f s, waited for"
            + " %d s at most, and %d s in a run beyond the first looks. Waited, median / most s, in"
            + " brackets windows that began without rest: %s.",
        100 * Rest.STILL,
        Rest.LOOK.toMillis() / 1e3,
        findings.options().further().rest().toSeconds(),
        Rest.IN_ALL.toSeconds(),
        each.isEmpty() ? "none" : String.join(", ", each));
  }

  private void comparison() {
    line("Units a second, server CPU microseconds a unit, p50 / p99 ms, syncs a unit:");
    line("");
    StringBuilder head = new StringBuilder("| operation | unit |");
    StringBuilder rule = new StringBuilder("| --- | --- |");
    for (String server : findings.servers()) {
      head.append(' ').append(server).append(" |");
      rule.append(" --- |");
    }
    line("%s", head + " rate of ours to the best peer's | CPU of ours to the best peer's |");
    line("%s", rule + " --- | --- |");
    for (Row row : findings.rows()) {
      StringBuilder cells =
          new StringBuilder("| " + findings.titled(row.name()) + " | " + row.unit() + " |");
      for (String server : findings.servers()) {
        cells.append(' ').append(cell(row, server)).append(" |");
      }
      cells.append(' ').append(ratio(row, Sample::rate, true)).append(" |");
      cells.append(' ').append(ratio(row, Sample::cpu, false)).append(" |");
      line("%s", cells);
    }
    line("");
  }

  private String cell(Row row, String server) {
    if (findings.of(row.name(), server).isEmpty()) {
      return "-";
    }
    double p50 = findings.median(row.name(), server, Report::p50);
    double p99 = findings.median(row.name(), server, Report::p99);
    String cell =
        String.join(
            "; ",
            Figures.of(findings.median(row.name(), server, Sample::rate)),
            Figures.of(findings.median(row.name(), server, Sample::cpu)) + " us",
            Figures.of(p50) + " / " + Figures.of(p99));
    double syncs = findings.median(row.name(), server, s -> s.per("syncs"));
    return Double.isNaN(syncs) || syncs == 0 ? cell : cell + "; " + Figures.of(syncs);
  }

  /** At half the rate where it was measured, at full load elsewhere. */
  private static double p50(Sample s) {
    return s.open() == null ? s.p50() : s.open().p50();
  }

  private static double p99(Sample s) {
    return s.open() == null ? s.p99() : s.open().p99();
  }

  private String ratio(Row row, ToDoubleFunction<Sample> figure, boolean largest) {
    double peer = findings.best(false, row.name(), figure, largest);
    List<String> each = new ArrayList<>();
    for (String server : findings.servers()) {
      if (Findings.ours(server)) {
        each.add(Figures.of(findings.median(row.name(), server, figure) / peer));
      }
    }
    return Double.isNaN(peer) ? "-" : String.join(", ", each);
  }

  private void targets() {
    List<Target.Verdict> verdicts = Target.all(findings);
    if (verdicts.isEmpty()) {
      return;
    }
    List<String> ours = findings.servers().stream().filter(Findings::ours).toList();
    line(
        "What must hold, medians; what does not reach it is bold, the last column is of the better"
            + " engine. %d of %d hold.",
        verdicts.stream().filter(Target.Verdict::holds).count(), verdicts.size());
    line("");
    line("| row | must reach | %s | holds |", String.join(" | ", ours));
    line("| --- | --- |%s --- |", " --- |".repeat(ours.size()));
    for (Target.Verdict v : verdicts) {
      String reached = String.join(" | ", ours.stream().map(v::of).toList());
      line("| %s | %s | %s | %s |", v.row(), v.rule(), reached, v.holds() ? "yes" : "**no**");
    }
    line("");
  }

  private void standings() {
    line(
        "| server | first answer after a start on an empty folder, ms | the run's very first, cold,"
            + " ms | resident when idle, MiB | disk bytes an object of 4 KiB | start on the full"
            + " folder, ms | resident when idle, MiB | objects then | syncs a PUT at 16 clients,"
            + " traced | peak of the rows, MiB |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (String server : findings.servers()) {
      Standing s = findings.standings().get(server);
      double peak =
          findings.samples().stream()
              .filter(x -> x.server().equals(server))
              .mapToDouble(Sample::peakRss)
              .max()
              .orElse(Double.NaN);
      line(
          "| %s | %s | %s | %s | %s | %s | %s | %,d | %s | %s |",
          server,
          Figures.of(s.empty().took()),
          Figures.of(s.coldMillis()),
          Figures.of(s.empty().resident()),
          Figures.of(s.objectBytes()),
          Figures.of(s.full().took()),
          Figures.of(s.full().resident()),
          s.objects(),
          Figures.of(s.tracedSyncs()),
          Figures.mib(peak));
    }
    line("");
    for (String server : findings.servers()) {
      Standing s = findings.standings().get(server);
      line("- %s: %s; %s", server, s.version(), s.settings());
    }
    line("");
  }

  private void details() {
    line("## Each row on each server");
    line(
        "Latencies in ms, first with all clients waiting for the last answer, then at half that"
            + " rate from when a request was due. Engine puts, syncs and group from our metrics.");
    line("");
    line(
        "| operation | server | units a second | server CPU us a unit | p50 / p99 | half rate: p50"
            + " / p99 | engine puts | syncs | group | peak MiB | client thread us a request | cores"
            + " of others |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Row row : findings.rows()) {
      for (String server : findings.servers()) {
        if (!findings.of(row.name(), server).isEmpty()) {
          detail(row.name(), server);
        }
      }
    }
    line("");
  }

  private void detail(String row, String server) {
    boolean open = findings.of(row, server).stream().anyMatch(s -> s.open() != null);
    line(
        "| %s | %s | %s | %s | %s / %s | %s | %s | %s | %s | %s | %s | %s |",
        row,
        server,
        Figures.of(findings.spread(row, server, Sample::rate)),
        Figures.of(findings.spread(row, server, Sample::cpu)),
        Figures.of(findings.median(row, server, Sample::p50)),
        Figures.of(findings.median(row, server, Sample::p99)),
        open
            ? Figures.of(findings.median(row, server, Report::p50))
                + " / "
                + Figures.of(findings.median(row, server, Report::p99))
            : "-",
        Figures.of(findings.median(row, server, s -> s.per("puts"))),
        Figures.of(findings.median(row, server, s -> s.per("syncs"))),
        Figures.of(
            findings.median(
                row,
                server,
                s ->
                    s.counters().containsKey("groups")
                        ? s.counters().get("functions") / s.counters().get("groups")
                        : Double.NaN)),
        Figures.mib(findings.median(row, server, Sample::peakRss)),
        Figures.of(
            findings.median(row, server, s -> s.threadMicros() > 0 ? s.thread() : Double.NaN)),
        Figures.of(findings.median(row, server, Sample::otherCores)));
  }

  private void remarks() {
    findings.remarks().forEach(remark -> line("- %s", remark));
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
