package dev.anvil.bench.side;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures of one client in lock-step, and what was measured once, as tables. */
final class OnceTable {
  private static final List<String> ALONE = List.of("HEAD", "GET", "PUT", "DELETE");

  private OnceTable() {}

  static List<String> lines(Findings findings) {
    List<String> lines = new ArrayList<>();
    List<String> servers = findings.servers();
    List<String> alone = new ArrayList<>();
    for (String operation : ALONE) {
      row(
          alone,
          operation + " 4 KiB, p50 ms",
          servers,
          s -> findings.median(operation + " 4 KiB, 1", s, Sample::p50));
    }
    if (!alone.isEmpty()) {
      lines.add(
          "One client in lock-step, the next request when the last is answered; fdatasync p50 "
              + Figures.of(findings.machine().syncP50Micros() / 1e3)
              + " ms:");
      lines.add("");
      table(lines, servers, alone);
    }
    List<String> once = new ArrayList<>();
    findings.extras().stream()
        .map(e -> e.name() + ", " + e.unit())
        .distinct()
        .forEach(name -> row(once, name, servers, s -> value(findings, name, s)));
    if (!once.isEmpty()) {
      lines.add("Measured once:");
      lines.add("");
      table(lines, servers, once);
    }
    return lines;
  }

  private static double value(Findings findings, String name, String server) {
    return findings.extras().stream()
        .filter(e -> e.server().equals(server) && name.equals(e.name() + ", " + e.unit()))
        .mapToDouble(Extra::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Adds a row unless no server has the figure. */
  private static void row(
      List<String> rows, String name, List<String> servers, ToDoubleFunction<String> figure) {
    if (servers.stream().allMatch(s -> Double.isNaN(figure.applyAsDouble(s)))) {
      return;
    }
    StringBuilder cells = new StringBuilder("| " + name + " |");
    servers.forEach(
        s -> cells.append(' ').append(Figures.of(figure.applyAsDouble(s))).append(" |"));
    rows.add(cells.toString());
  }

  private static void table(List<String> lines, List<String> servers, List<String> rows) {
    lines.add("| | " + String.join(" | ", servers) + " |");
    lines.add("| --- |" + " --- |".repeat(servers.size()));
    lines.addAll(rows);
    lines.add("");
  }
}
