package dev.anvil.bench.process;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A page of Prometheus text at one moment.
 *
 * @param samples value by full sample name, labels included
 */
public record MetricsPage(Map<String, Double> samples) {
  /** Reads a page. */
  public static MetricsPage parse(String text) {
    Map<String, Double> samples = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          int close = line.lastIndexOf('}');
          int blank = line.indexOf(' ', Math.max(0, close));
          String value = line.substring(blank + 1).strip().split(" ")[0];
          samples.put(line.substring(0, blank), number(value));
        });
    return new MetricsPage(samples);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** Sum over all labels of one sample name; 0 when the page does not have it. */
  public double sum(String name) {
    return samples.entrySet().stream()
        .filter(e -> e.getKey().equals(name) || e.getKey().startsWith(name + "{"))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** Whether any sample has that name. */
  public boolean has(String name) {
    return samples.keySet().stream().anyMatch(k -> k.equals(name) || k.startsWith(name + "{"));
  }
}
