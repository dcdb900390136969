package dev.anvil.bench.scale;

import dev.anvil.bench.side.Figures;
import dev.anvil.bench.side.Machine;
import dev.anvil.bench.side.Sample;
import java.util.List;
import java.util.Locale;

/** The findings as Markdown. */
final class ScaleReport {
  private final ScaleFindings found;
  private final StringBuilder text = new StringBuilder();

  private ScaleReport(ScaleFindings found) {
    this.found = found;
  }

  static String of(ScaleFindings found) {
    ScaleReport report = new ScaleReport(found);
    report.head();
    report.cpu();
    report.growth();
    report.folders();
    report.details();
    report.clients();
    found.remarks().forEach(remark -> report.line("- %s", remark));
    return report.text.toString();
  }

  private void head() {
    Machine m = found.machine();
    line("# Cost by number of objects and of clients");
    line(
        "%s; %s, %d cores shared by server and client, %,d MiB, %s; fdatasync of 4 KiB p50 %s us."
            + " %d s in all, windows of %d ms after %d s of warm-up, seed %d.",
        m.system(),
        m.processor(),
        m.cores(),
        m.memoryMib(),
        m.fileSystem(),
        Figures.of(m.syncP50Micros()),
        found.took().toSeconds(),
        found.options().window().toMillis(),
        found.options().warmUp().toSeconds(),
        found.options().seed());
    line(
        "All objects are in one bucket, so in one of 16 partitions; up to %,d have 4 KiB, further"
            + " ones %d bytes. 16 clients in lock-step, lists one; GET reads objects of 4 KiB,"
            + " others any; a list is a page of 1,000 from a random key. PUT adds what DELETE takes"
            + " away: up to some 10,000, which shows at 1,000 objects.",
        ScaleOptions.LARGE, ScaleOptions.SMALL_BYTES);
    line("");
    line("![by objects](scale-objects.svg)");
    line("![by clients](scale-clients.svg)");
    line("");
  }

  private void cpu() {
    line("Server CPU, microseconds a request (a key of a list):");
    line("");
    line("| engine, heap | objects | GET | HEAD | LIST | PUT | DELETE |");
    line("| --- | --- | --- | --- | --- | --- | --- |");
    for (SizePoint p : found.sizes()) {
      StringBuilder cells = new StringBuilder();
      p.samples().forEach(s -> cells.append(" | ").append(s.ok() ? Figures.of(s.cpu()) : "failed"));
      line("| %s | %,d%s |", p.series(), p.objects(), cells);
    }
    line("");
  }

  /** What must not grow, at the fewest and at the most objects of each series. */
  private void growth() {
    line(
        "What must be the same whatever the number of objects (two runs of the same differ by up to"
            + " a quarter), and ready within 1 s:");
    line("");
    line(
        "| engine, heap | objects | LIST, us a key | times | at most 1.25 | ready, ms | at most"
            + " 1,000 |");
    line("| --- | --- | --- | --- | --- | --- | --- |");
    for (Growth g : Growth.of(found.sizes())) {
      line(
          "| %s | %,d and %,d | %s and %s | %s | %s | %s and %s | %s |",
          g.series(),
          g.few(),
          g.many(),
          Figures.of(g.listFew()),
          Figures.of(g.listMany()),
          Figures.of(g.listMany() / g.listFew()),
          g.sameList() ? "yes" : "**no**",
          Figures.of(g.readyFew()),
          Figures.of(g.readyMany()),
          g.ready() ? "yes" : "**no**");
    }
    line("");
  }

  private void folders() {
    line(
        "| engine, heap | objects | filled, objects/s | disk an object: bodies, index | records,"
            + " journal | ready, ms | resident then, MiB | peak, MiB |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (SizePoint p : found.sizes()) {
      line(
          "| %s | %,d | %s | %s | %s | %s | %s | %s |",
          p.series(),
          p.objects(),
          Figures.of(p.fillRate()),
          Figures.of((double) p.bodyBytes() / p.objects()),
          Figures.of((double) p.recordBytes() / p.objects()),
          Figures.of(p.readyMillis()),
          Figures.mib(p.idleBytes()),
          Figures.mib(p.samples().stream().mapToLong(Sample::peakRss).max().orElse(0)));
    }
    line("");
  }

  private void details() {
    line(
        "| engine, heap | objects | operation | units/s | p50 / p99 ms | engine writes | reads |"
            + " scanned | syncs | cores of others |");
    line("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (SizePoint p : found.sizes()) {
      for (Sample s : p.samples()) {
        if (s.ok()) {
          line("| %s | %,d | %s |", p.series(), p.objects(), detail(s));
        }
      }
    }
    line("");
  }

  private static String detail(Sample s) {
    return String.join(
        " | ",
        List.of(
            s.row(),
            Figures.of(s.rate()),
            Figures.of(s.p50()) + " / " + Figures.of(s.p99()),
            Figures.of(s.per("puts")),
            Figures.of(s.per("gets")),
            Figures.of(s.per("scanned")),
            Figures.of(s.per("syncs")),
            Figures.of(s.otherCores())));
  }

  private void clients() {
    line("By clients, %,d objects:", found.options().clientsAt());
    line("");
    line("| engine | clients | operation | requests/s | CPU us | p50 / p99 ms | puts a group |");
    line("| --- | --- | --- | --- | --- | --- | --- |");
    for (ClientsPoint p : found.clients()) {
      for (Sample s : p.samples()) {
        if (s.ok() && s.unit().equals("request")) {
          line(
              "| %s | %d | %s | %s | %s | %s / %s | %s |",
              p.engine(),
              p.clients(),
              s.row(),
              Figures.of(s.rate()),
              Figures.of(s.cpu()),
              Figures.of(s.p50()),
              Figures.of(s.p99()),
              group(s));
        }
      }
    }
    line("");
  }

  private static String group(Sample s) {
    double groups = s.per("groups");
    return groups > 0 && s.per("functions") > 0.5 ? Figures.of(s.per("functions") / groups) : "-";
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
