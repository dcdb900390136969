package dev.anvil.app.transfer;

import java.io.PrintWriter;
import java.util.Locale;

/** Bytes moved so far, and on a terminal a bar of them. Threads: any. */
public final class Progress {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 200_000_000;
  private static final double MIB = 1 << 20;

  private final PrintWriter terminal;
  private final long total;
  private final long began = System.nanoTime();
  private long moved;
  private long fresh;
  private long drawn;

  private Progress(PrintWriter terminal, long total) {
    this.terminal = terminal;
    this.total = total;
  }

  /** Draws when a person looks on, and nothing else would mix with the bar. */
  public static Progress of(PrintWriter err, long total, boolean quiet) {
    boolean watched = !quiet && System.console() != null && System.console().isTerminal();
    return new Progress(watched ? err : null, total);
  }

  /** For tests: draws here whatever is attached. */
  static Progress drawnOn(PrintWriter err, long total) {
    return new Progress(err, total);
  }

  /** Bytes that an earlier attempt moved. */
  public synchronized void already(long bytes) {
    moved += bytes;
    draw(false);
  }

  /** Bytes moved just now; negative takes back what has to be moved again. */
  public synchronized void add(long bytes) {
    moved += bytes;
    fresh += bytes;
    draw(false);
  }

  /** Ends the bar. */
  public synchronized void end() {
    draw(true);
    if (terminal != null) {
      terminal.println();
      terminal.flush();
    }
  }

  private void draw(boolean last) {
    long now = System.nanoTime();
    if (terminal == null || !last && now - drawn < REDRAW_NANOS) {
      return;
    }
    drawn = now;
    terminal.print("\r" + line((now - began) / 1e9));
    terminal.flush();
  }

  private String line(double seconds) {
    double share = total == 0 ? 1 : Math.min(1, moved / (double) total);
    int full = (int) (share * WIDTH);
    double rate = seconds <= 0 ? 0 : fresh / seconds;
    long left = rate <= 0 ? 0 : Math.round((total - moved) / rate);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3.0f %%  %.1f of %.1f MiB  %.1f MiB/s  %d s left   ",
        "#".repeat(full),
        ".".repeat(WIDTH - full),
        share * 100,
        moved / MIB,
        total / MIB,
        rate / MIB,
        left);
  }
}
