package dev.anvil.bench.scale;

import dev.anvil.bench.side.Curves;
import dev.anvil.bench.side.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The findings as curves. */
final class ScalePlots {
  private ScalePlots() {}

  static String objects(ScaleFindings found) {
    List<Curves.Panel> panels = new ArrayList<>();
    for (String operation : ScaleRows.OPERATIONS) {
      Map<String, List<Curves.Point>> series = new LinkedHashMap<>();
      for (SizePoint p : found.sizes()) {
        add(series, p.series(), p.objects(), p.samples(), operation);
      }
      panels.add(new Curves.Panel(operation, "objects", series));
    }
    return Curves.of("Server CPU, microseconds a request (a key of a list), 16 clients", panels);
  }

  static String clients(ScaleFindings found) {
    List<Curves.Panel> panels = new ArrayList<>();
    for (String operation : ScaleRows.OPERATIONS) {
      if (operation.equals(ScaleRows.LIST)) {
        continue;
      }
      Map<String, List<Curves.Point>> series = new LinkedHashMap<>();
      for (ClientsPoint p : found.clients()) {
        add(series, p.engine(), p.clients(), p.samples(), operation);
      }
      panels.add(new Curves.Panel(operation, "clients", series));
    }
    return Curves.of(
        String.format(
            java.util.Locale.ROOT,
            "Server CPU, microseconds a request, %,d objects",
            found.options().clientsAt()),
        panels);
  }

  private static void add(
      Map<String, List<Curves.Point>> series,
      String name,
      double x,
      List<Sample> samples,
      String operation) {
    for (Sample s : samples) {
      if (s.ok() && s.row().equals(operation) && !Double.isNaN(s.cpu())) {
        series.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Curves.Point(x, s.cpu()));
      }
    }
  }
}
