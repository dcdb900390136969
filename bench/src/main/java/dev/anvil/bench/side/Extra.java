package dev.anvil.bench.side;

/**
 * A figure that is measured once on a server.
 *
 * @param name what it is
 * @param unit of the value
 * @param server on which
 * @param value the figure
 * @param most it may be at most; 0 where nothing is demanded
 */
record Extra(String name, String unit, String server, double value, double most) {
  /** One of which nothing is demanded. */
  Extra(String name, String unit, String server, double value) {
    this(name, unit, server, value, 0);
  }
}
