package dev.anvil.client;

import java.util.List;

/**
 * What a watch tells.
 *
 * @param after cursor to go on after, of a change, a receipt or a list; empty to begin now
 * @param kinds only these, such as {@code object.put} or {@code object.*}; empty for all
 */
public record WatchOptions(String after, List<String> kinds) {
  /** Everything from now on. */
  public static final WatchOptions FROM_NOW = new WatchOptions("", List.of());

  /** Copied. */
  public WatchOptions {
    kinds = List.copyOf(kinds);
  }

  /** Everything after a cursor. */
  public static WatchOptions after(String cursor) {
    return new WatchOptions(cursor, List.of());
  }

  /** Only these kinds. */
  public WatchOptions kinds(String... only) {
    return new WatchOptions(after, List.of(only));
  }
}
