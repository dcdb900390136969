package dev.anvil.bench.side;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Curves in SVG, a panel for each figure: both axes logarithmic, every point with its value. */
public final class Curves {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 230;
  private static final int COLUMNS = 2;
  private static final int TOP = 60;
  private static final int LEFT = 55;
  // values that differ by a few percent are not to look like a cliff
  private static final double LEAST_RANGE = 5;
  private static final double ROOM = 1.3;

  private Curves() {}

  /** One point of a curve; both coordinates greater than 0. */
  public record Point(double x, double y) {}

  /**
   * One picture of several curves.
   *
   * @param title above it
   * @param axis below it
   * @param series points in the order of x by name
   */
  public record Panel(String title, String axis, Map<String, List<Point>> series) {}

  /** The picture. */
  public static String of(String title, List<Panel> panels) {
    int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"11\">%n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
            + "<text x=\"10\" y=\"20\" font-size=\"15\">%s</text>%n",
        COLUMNS * WIDTH,
        TOP + rows * HEIGHT,
        title);
    List<String> names =
        panels.stream().flatMap(p -> p.series().keySet().stream()).distinct().toList();
    for (int i = 0; i < names.size(); i++) {
      int x = 10 + i * 130;
      add(
          svg,
          "<rect x=\"%d\" y=\"32\" width=\"10\" height=\"10\" fill=\"%s\"/>%n",
          x,
          Bars.colour(i));
      add(svg, "<text x=\"%d\" y=\"41\">%s</text>%n", x + 15, names.get(i));
    }
    for (int i = 0; i < panels.size(); i++) {
      panel(svg, panels.get(i), names, i % COLUMNS * WIDTH, TOP + i / COLUMNS * HEIGHT);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void panel(StringBuilder svg, Panel panel, List<String> names, int x, int y) {
    List<Point> all = panel.series().values().stream().flatMap(List::stream).toList();
    add(svg, "<text x=\"%d\" y=\"%d\" font-size=\"13\">%s</text>%n", x + 10, y + 14, panel.title());
    if (all.isEmpty()) {
      return;
    }
    Scale across = Scale.of(all.stream().mapToDouble(Point::x).toArray(), x + LEFT, WIDTH - 90, 1);
    Scale up =
        Scale.of(all.stream().mapToDouble(Point::y).toArray(), y + HEIGHT - 40, 70 - HEIGHT, ROOM);
    for (double value : new TreeSet<>(all.stream().map(Point::x).toList())) {
      add(
          svg,
          "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#eee\"/>%n"
              + "<text x=\"%1$.1f\" y=\"%4$d\" text-anchor=\"middle\" fill=\"#666\">%5$s</text>%n",
          across.at(value),
          y + 25,
          y + HEIGHT - 35,
          y + HEIGHT - 22,
          brief(value));
    }
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#666\">%s</text>%n",
        x + WIDTH - 12,
        y + HEIGHT - 8,
        panel.axis());
    for (int i = 0; i < names.size(); i++) {
      List<Point> points = panel.series().get(names.get(i));
      if (points != null) {
        curve(svg, points, across, up, Bars.colour(i), i);
      }
    }
  }

  private static void curve(
      StringBuilder svg, List<Point> points, Scale across, Scale up, String colour, int number) {
    StringBuilder line = new StringBuilder();
    for (Point p : points) {
      add(line, "%.1f,%.1f ", across.at(p.x()), up.at(p.y()));
      // curves that run together have their values above and below
      add(
          svg,
          "<circle cx=\"%1$.1f\" cy=\"%2$.1f\" r=\"2.5\" fill=\"%3$s\"/>"
              + "<text x=\"%1$.1f\" y=\"%4$.1f\" font-size=\"9\" text-anchor=\"middle\""
              + " fill=\"%3$s\">%5$s</text>%n",
          across.at(p.x()),
          up.at(p.y()),
          colour,
          up.at(p.y()) + (number % 2 == 0 ? -6 : 13),
          Figures.of(p.y()));
    }
    add(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n",
        line.toString().strip(),
        colour);
  }

  private static String brief(double value) {
    if (value >= 1e6) {
      return Figures.of(value / 1e6).replaceAll("\\.0+$", "") + "M";
    }
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** Where values lie on a logarithmic axis from a pixel over a length, which may be negative. */
  private record Scale(double low, double high, double from, double length) {
    static Scale of(double[] values, double from, double length, double room) {
      double low = Double.MAX_VALUE;
      double high = 0;
      for (double value : values) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      double most = Math.max(high * room, low / room * LEAST_RANGE);
      return new Scale(Math.log(low / room), Math.log(most), from, length);
    }

    double at(double value) {
      return from + (Math.log(value) - low) / (high - low) * length;
    }
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
