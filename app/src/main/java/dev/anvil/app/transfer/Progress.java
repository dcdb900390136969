package dev.anvil.app.transfer;

import dev.anvil.client.transfer.TransferOptions;
import dev.anvil.client.transfer.TransferProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Bytes moved so far, and on a terminal a bar of them. Threads: any. */
public final class Progress implements TransferProgress {
  private static final int WIDTH = 30;
  private static final long REDRAW_NANOS = 200_000_000;
  private static final double MIB = 1 << 20;

  private final PrintWriter terminal;
  private final long began = System.nanoTime();
  private long total;
  private long moved;
  private long fresh;
  private long drawn;

  private Progress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Draws when a person looks on, and nothing else would mix with the bar. */
  public static Progress of(PrintWriter err, boolean quiet) {
    boolean watched = !quiet && System.console() != null && System.console().isTerminal();
    return new Progress(watched ? err : null);
  }

  /** For tests: draws here whatever is attached. */
  static Progress drawnOn(PrintWriter err) {
    return new Progress(err);
  }

  @Override
  public synchronized void begin(long bytes) {
    total = bytes;
  }

  @Override
  public synchronized void already(long bytes) {
    moved += bytes;
    draw(false);
  }

  @Override
  public synchronized void add(long bytes) {
    moved += bytes;
    fresh += bytes;
    draw(false);
  }

  /** What is small is there before a bar is drawn. */
  private boolean watched() {
    return terminal != null && total >= TransferOptions.LARGE;
  }

  /** Ends the bar. */
  public synchronized void end() {
    draw(true);
    if (watched()) {
      terminal.println();
      terminal.flush();
    }
  }

  /** Ends the bar of a transfer that broke off, and says what then helps. */
  public synchronized void brokeOff(PrintWriter err) {
    if (watched()) {
      terminal.println();
      terminal.flush();
    }
    if (total >= TransferOptions.LARGE) {
      err.println("anvil: what was moved is kept; run it again to go on");
      err.flush();
    }
  }

  private void draw(boolean last) {
    long now = System.nanoTime();
    if (!watched() || !last && now - drawn < REDRAW_NANOS) {
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
