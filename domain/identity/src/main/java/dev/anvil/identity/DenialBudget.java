package dev.anvil.identity;

import dev.anvil.ports.time.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many refusals of a second get entries of their own, and the sums of the others. */
final class DenialBudget {
  private static final long SECOND = 1_000_000_000L;

  /** Sum of what came from sources beyond those that are kept apart. */
  static final String OTHERS = "others";

  /** Refusals that share an entry. */
  record Sum(String source, long count) {}

  private static final class Window {
    private long began;
    private int entries;
    private long summed;
    private long summing;
  }

  private final Ticker ticker;
  private final Map<String, Window> sources = new LinkedHashMap<>();
  private final Window all = new Window();

  DenialBudget(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Whether this refusal gets an entry; it is counted either way. */
  synchronized boolean admits(String source) {
    long now = ticker.nanos();
    Window window = window(source, now);
    renew(all, now);
    renew(window, now);
    if (window.entries >= IdentityLimits.MAX_DENIALS_A_SECOND
        || all.entries >= IdentityLimits.MAX_DENIALS_OF_NODE) {
      if (window.summed++ == 0) {
        window.summing = now;
      }
      return false;
    }
    window.entries++;
    all.entries++;
    return true;
  }

  private Window window(String source, long now) {
    Window known = sources.get(source);
    if (known != null) {
      return known;
    }
    String kept = sources.size() < IdentityLimits.MAX_DENIAL_SOURCES ? source : OTHERS;
    return sources.computeIfAbsent(
        kept,
        _ -> {
          Window fresh = new Window();
          fresh.began = now;
          return fresh;
        });
  }

  private static void renew(Window window, long now) {
    if (now - window.began >= SECOND) {
      window.began = now;
      window.entries = 0;
    }
  }

  /** Sums of the seconds that are over, a bounded number; forgets sources that are quiet. */
  synchronized List<Sum> over() {
    long now = ticker.nanos();
    List<Sum> sums = new ArrayList<>();
    var each = sources.entrySet().iterator();
    while (each.hasNext() && sums.size() < IdentityLimits.MAX_DENIAL_SUMS) {
      var entry = each.next();
      Window window = entry.getValue();
      if (window.summed > 0 && now - window.summing >= SECOND) {
        sums.add(new Sum(entry.getKey(), window.summed));
        window.summed = 0;
      }
      if (window.summed == 0 && now - window.began >= SECOND) {
        each.remove();
      }
    }
    return sums;
  }
}
