package dev.anvil.bench.relations;

import dev.anvil.bench.side.Figures;
import dev.anvil.bench.side.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The findings as Markdown. */
final class Report {
  private static final double QUIET = 0.3;

  private final Findings findings;
  private final StringBuilder text = new StringBuilder();

  private Report(Findings findings) {
    this.findings = findings;
  }

  static String of(Findings findings) {
    Report report = new Report(findings);
    report.head();
    report.comparison();
    report.aims();
    report.standings();
    report.details();
    return report.text.toString();
  }

  private void head() {
    Machine machine = findings.machine();
    Options options = findings.options();
    line("# Relationship checks side by side");
    line(
        "%s; %s, %d cores shared by server, database and client, %,d MiB, %s; append of 4 KiB"
            + " with fdatasync p50 %s us, p99 %s us.",
        machine.system(),
        machine.processor(),
        machine.cores(),
        machine.memoryMib(),
        machine.fileSystem(),
        Figures.of(machine.syncP50Micros()),
        Figures.of(machine.syncP99Micros()));
    line(
        "%d rounds in turns, windows of %d ms, share %s of the data; seed %d; %d s in all.",
        options.rounds(),
        options.window().toMillis(),
        Figures.of(options.scale()),
        options.seed(),
        findings.seconds());
    line(
        "Warm-up: %d s of all rows in turns on each server, ours and peers alike, and %d ms of a"
            + " row before each of its windows. A row with fewer rounds says so.",
        options.warmUp().toSeconds(), Trial.WARM_UP.toMillis());
    line(
        "All are asked over HTTP with JSON by the same client, one thread, closed loop. Before:"
            + " %s.",
        findings.agreed());
    if (findings.otherCores() > QUIET) {
      line(
          "**The machine was busy**: others kept %s of its %d cores in the middle of all windows."
              + " The figures are those of starved servers and judge nothing.",
          Figures.of(findings.otherCores()), machine.cores());
    }
    line("");
  }

  private void comparison() {
    line(
        "Units a second; CPU microseconds a unit, of server + database; p50 / p99 ms of a request;"
            + " medians of the rounds. Ratios: each of ours to the best peer.");
    line("");
    List<String> servers = findings.servers();
    line(
        "| row | unit | %s | rate | CPU |\n| --- | --- |%s --- | --- |",
        String.join(" | ", servers), " --- |".repeat(servers.size()));
    for (Row row : findings.rows()) {
      List<String> cells = new ArrayList<>(List.of(findings.titled(row.name()), row.unit()));
      servers.forEach(server -> cells.add(cell(row.name(), server)));
      cells.add(ratio(row.name(), Sample::rate, true));
      cells.add(ratio(row.name(), Sample::cpu, false));
      line("| %s |", String.join(" | ", cells));
    }
    line("");
  }

  private String cell(String row, String server) {
    double rate = findings.median(row, server, Sample::rate);
    if (Double.isNaN(rate)) {
      return "-";
    }
    double database = findings.median(row, server, Sample::databaseCpu);
    return Figures.of(rate)
        + "; "
        + Figures.of(findings.median(row, server, Sample::serverCpu))
        + (Findings.ours(server) ? "" : " + " + Figures.of(database))
        + " us; "
        + Figures.of(findings.median(row, server, Sample::p50))
        + " / "
        + Figures.of(findings.median(row, server, Sample::p99));
  }

  private String ratio(String row, ToDoubleFunction<Sample> figure, boolean largest) {
    double peer = findings.best(false, row, figure, largest);
    if (Double.isNaN(peer)) {
      return "-";
    }
    List<String> each = new ArrayList<>();
    for (String server : findings.servers()) {
      if (Findings.ours(server)) {
        each.add(Figures.of(findings.median(row, server, figure) / peer));
      }
    }
    return each.isEmpty() ? "-" : String.join(", ", each);
  }

  private void aims() {
    line("What should hold (the better of our engines, medians):");
    line("");
    line("| row | aim | reached | holds |\n| --- | --- | --- | --- |");
    for (Aim.Verdict v : Aim.all(findings)) {
      line("| %s | %s | %s | %s |", v.row(), v.rule(), v.reached(), v.holds() ? "yes" : "**no**");
    }
    line("");
  }

  private void standings() {
    line(
        "| server | tuples | loaded a second | disk bytes a tuple, right after | log beside, MiB |"
            + " write to event p50 / p99 ms | peak of the rows, MiB | at the end, MiB | its"
            + " database then, MiB |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    findings
        .standings()
        .forEach((server, s) ->
            line(
                "| %s | %,d | %s | %s | %s | %s | %s | %s | %s |",
                server,
                s.tuples(),
                Figures.of(s.tuples() / s.loadSeconds()),
                Figures.of(s.bytesEach()),
                Figures.mib(s.logBytes()),
                s.watch() == null
                    ? "-"
                    : Figures.of(s.watch().p50()) + " / " + Figures.of(s.watch().p99()),
                Figures.mib(peak(server)),
                Figures.mib(s.memory()),
                Figures.mib(s.databaseMemory())));
    line("");
    findings
        .standings()
        .forEach((server, s) -> line("- %s: %s; %s", server, s.version(), s.settings()));
    findings.remarks().forEach(remark -> line("- %s", remark));
    line("");
  }

  private double peak(String server) {
    return findings.samples().stream()
        .filter(s -> s.server().equals(server))
        .mapToDouble(Sample::peakBytes)
        .max()
        .orElse(Double.NaN);
  }

  private void details() {
    line("## Least, middle and most of the rounds");
    line("");
    line(
        "| row | server | units a second | CPU us a unit | client thread us a unit | cores of"
            + " others |");
    line("| --- | --- | --- | --- | --- | --- |");
    for (Row row : findings.rows()) {
      for (String server : findings.servers()) {
        if (findings.spread(row.name(), server, Sample::rate) != null) {
          line(
              "| %s | %s | %s | %s | %s | %s |",
              row.name(),
              server,
              spread(row.name(), server, Sample::rate),
              spread(row.name(), server, Sample::cpu),
              Figures.of(findings.median(row.name(), server, s -> s.clientMicros() / s.units())),
              Figures.of(findings.median(row.name(), server, Sample::otherCores)));
        }
      }
    }
  }

  private String spread(String row, String server, ToDoubleFunction<Sample> figure) {
    Findings.Spread s = findings.spread(row, server, figure);
    return Figures.of(s.least()) + " - " + Figures.of(s.median()) + " - " + Figures.of(s.most());
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
