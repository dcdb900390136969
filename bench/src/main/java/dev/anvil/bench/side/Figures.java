package dev.anvil.bench.side;

import java.util.Locale;

/** How figures are written. */
public final class Figures {
  private Figures() {}

  /** Three digits that matter, thousands apart; a dash for no number. */
  public static String of(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "-";
    }
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  /** The middle, and the ends in brackets. */
  static String of(Findings.Spread spread) {
    return spread == null
        ? "-"
        : of(spread.median()) + " [" + of(spread.least()) + "-" + of(spread.most()) + "]";
  }

  /** MiB of bytes. */
  public static String mib(double bytes) {
    return of(bytes / (1 << 20));
  }
}
