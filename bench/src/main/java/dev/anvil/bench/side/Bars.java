package dev.anvil.bench.side;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * One figure of all rows as bars, in SVG: a row each, a bar for each server, on a logarithmic
 * scale, because rows differ by orders of magnitude.
 */
final class Bars {
  private static final List<String> COLOURS =
      List.of("#1f6f8b", "#58a4b0", "#c8553d", "#e0a458", "#6b7a8f", "#9a8c98");
  private static final int LEFT = 300;
  private static final int WIDTH = 620;
  private static final int BAR = 11;
  private static final int GAP = 9;
  private static final int TOP = 70;

  private Bars() {}

  /** The picture; servers without the row have no bar. */
  static String of(Findings findings, String title, ToDoubleFunction<Sample> figure) {
    List<Row> rows = findings.rows();
    List<String> servers = findings.servers();
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Row row : rows) {
      for (String server : servers) {
        double value = findings.median(row.name(), server, figure);
        if (value > 0) {
          least = Math.min(least, value);
          most = Math.max(most, value);
        }
      }
    }
    double low = Math.floor(Math.log10(Math.min(least, Math.max(most, 1))));
    double high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(most, 1))));
    int group = servers.size() * BAR + GAP;
    int height = TOP + rows.size() * group + 30;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"11\">%n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
            + "<text x=\"10\" y=\"20\" font-size=\"15\">%s</text>%n",
        LEFT + WIDTH + 90,
        height,
        title);
    for (int i = 0; i < servers.size(); i++) {
      int x = 10 + i * 130;
      add(svg, "<rect x=\"%d\" y=\"32\" width=\"10\" height=\"10\" fill=\"%s\"/>%n", x, colour(i));
      add(svg, "<text x=\"%d\" y=\"41\">%s</text>%n", x + 15, servers.get(i));
    }
    for (double power = low; power <= high; power++) {
      double x = LEFT + (power - low) / (high - low) * WIDTH;
      add(
          svg,
          "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>%n"
              + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#666\">%s</text>%n",
          x,
          x,
          TOP - 8,
          height - 25,
          x,
          TOP - 12,
          Figures.of(Math.pow(10, power)));
    }
    for (int r = 0; r < rows.size(); r++) {
      row(svg, findings, rows.get(r), TOP + r * group, figure, low, high);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void row(
      StringBuilder svg,
      Findings findings,
      Row row,
      int y,
      ToDoubleFunction<Sample> figure,
      double low,
      double high) {
    List<String> servers = findings.servers();
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s (%s)</text>%n",
        LEFT - 8,
        y + servers.size() * BAR / 2 + 4,
        row.name(),
        row.unit());
    for (int i = 0; i < servers.size(); i++) {
      double value = findings.median(row.name(), servers.get(i), figure);
      if (value > 0) {
        double length = (Math.log10(value) - low) / (high - low) * WIDTH;
        add(
            svg,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                + "<text x=\"%.1f\" y=\"%d\" font-size=\"9\">%s</text>%n",
            LEFT,
            y + i * BAR,
            Math.max(1, length),
            BAR - 1,
            colour(i),
            LEFT + length + 4,
            y + i * BAR + 9,
            Figures.of(value));
      }
    }
  }

  /** The colour of a server or a series, by its number. */
  static String colour(int i) {
    return COLOURS.get(i % COLOURS.size());
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
