package dev.anvil.ports.caveats;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A condition as declared.
 *
 * @param name for messages
 * @param parameters types by name
 * @param body expression that yields a bool
 */
public record CaveatSource(String name, SortedMap<String, CaveatType> parameters, String body) {
  /** Copies the parameters. */
  public CaveatSource {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
