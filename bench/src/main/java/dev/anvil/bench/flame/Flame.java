package dev.anvil.bench.flame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Draws collapsed stacks (async-profiler, {@code collapsed,threads}) as a still SVG: {@code Flame
 * COLLAPSED TITLE}. Width is the share of all samples, callers stand below. Threads that differ by
 * number alone are one; of the kernel only the entry is shown; lambdas and what is too narrow to
 * see are left out.
 */
public final class Flame {
  private static final double WIDTH = 1_200;
  private static final int ROW = 15;
  private static final int TOP = 24;
  private static final double NARROWEST = 0.004;
  private static final double LETTER = 6.1;
  private static final String KERNEL = "_[k]";

  /** What a virtual thread and a task of Jetty stand on. */
  private static final Pattern CARRIERS =
      Pattern.compile(
          "/(ForkJoin|VirtualThread|Continuation|AdaptiveExecutionStrategy|Thread\\.|ThreadPerTask)");

  private final Map<String, Flame> callees = new TreeMap<>();
  private long samples;

  private Flame() {}

  /** Draws to the standard output. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2) {
      System.err.println("usage: bench/flame COLLAPSED TITLE > FILE.svg");
      System.exit(2);
    }
    Flame all = new Flame();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      int count = line.lastIndexOf(' ');
      all.add(
          List.of(line.substring(0, count).split(";")), Long.parseLong(line.substring(count + 1)));
    }
    int height = TOP + ROW * all.depth(all.samples);
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%d\" font-family=\"monospace\" font-size=\"10\">\n"
            .formatted(WIDTH, height));
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    svg.append("<text x=\"4\" y=\"15\" font-size=\"12\">")
        .append(escaped(args[1]))
        .append("</text>\n");
    all.draw(svg, "all", 0, height - ROW, all.samples);
    System.out.print(svg.append("</svg>\n"));
  }

  private void add(List<String> stack, long count) {
    Flame at = this;
    at.samples += count;
    for (String frame : stack) {
      boolean kernel = frame.endsWith(KERNEL);
      String name = kernel ? "kernel" : shown(frame);
      if (name.isEmpty()) {
        continue;
      }
      at = at.callees.computeIfAbsent(name, _ -> new Flame());
      at.samples += count;
      if (kernel) {
        return;
      }
    }
  }

  private static String shown(String frame) {
    if (frame.startsWith("[")) {
      return frame.replaceAll("tid=\\d+|[\\[\\]#]|-?\\d+", "").strip();
    }
    if (frame.contains("lambda$") || frame.contains("$$Lambda") || CARRIERS.matcher(frame).find()) {
      return "";
    }
    int method = frame.lastIndexOf('.');
    int type = frame.lastIndexOf('/', method < 0 ? frame.length() : method);
    return type < 0 ? frame : frame.substring(type + 1);
  }

  private int depth(long all) {
    int deepest = 0;
    for (Flame callee : callees.values()) {
      if (callee.samples >= NARROWEST * all) {
        deepest = Math.max(deepest, callee.depth(all));
      }
    }
    return deepest + 1;
  }

  private void draw(StringBuilder svg, String name, double x, int y, long all) {
    double share = (double) samples / all;
    double width = share * WIDTH;
    String hue = name.equals("kernel") ? "210,50%,75%" : hue(name);
    svg.append(
        String.format(
            Locale.ROOT,
            "<g><title>%s %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\""
                + " fill=\"hsl(%s)\"/>",
            escaped(name),
            100 * share,
            x,
            y,
            Math.max(0.5, width - 0.5),
            ROW - 1,
            hue));
    int letters = (int) (width / LETTER) - 1;
    if (letters >= 3) {
      String text = name.length() <= letters ? name : name.substring(0, letters - 1) + "~";
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\">%s</text>",
              x + 2,
              y + ROW - 4,
              escaped(text)));
    }
    svg.append("</g>\n");
    double at = x;
    for (Map.Entry<String, Flame> callee : callees.entrySet()) {
      if (callee.getValue().samples >= NARROWEST * all) {
        callee.getValue().draw(svg, callee.getKey(), at, y - ROW, all);
        at += WIDTH * callee.getValue().samples / all;
      }
    }
  }

  /** The same colour for the same class. */
  private static String hue(String name) {
    int end = name.indexOf('.');
    int hash = (end < 0 ? name : name.substring(0, end)).hashCode();
    return "%d,%d%%,%d%%".formatted(Math.floorMod(hash, 55), 75, 62 + Math.floorMod(hash >> 8, 14));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
