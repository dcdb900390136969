package dev.anvil.client;

import java.util.List;

/**
 * What a watch tells.
 *
 * @param after cursor to go on after, of a change, a receipt or a list; empty to begin now
 * @param kinds only these, such as {@code object.put} or {@code object.*}; empty for all
 * @param listener is told what is no change
 */
public record WatchOptions(String after, List<String> kinds, Listener listener) {
  /** Told by the thread that waits for a change. */
  public interface Listener {
    /** Nobody listens. */
    Listener NONE = new Listener() {};

    /** Nothing up to this cursor is missing: a place to go on after while nothing happens. */
    default void heartbeat(String cursor) {}

    /** The connection broke; it is made anew after a pause. */
    default void brokeOff(AnvilException why) {}
  }

  /** Everything from now on. */
  public static final WatchOptions FROM_NOW = new WatchOptions("", List.of(), Listener.NONE);

  /** Copied. */
  public WatchOptions {
    kinds = List.copyOf(kinds);
  }

  /** Everything after a cursor. */
  public static WatchOptions after(String cursor) {
    return new WatchOptions(cursor, List.of(), Listener.NONE);
  }

  /** Only these kinds. */
  public WatchOptions kinds(String... only) {
    return new WatchOptions(after, List.of(only), listener);
  }

  /** Telling this listener too. */
  public WatchOptions listener(Listener told) {
    return new WatchOptions(after, kinds, told);
  }
}
