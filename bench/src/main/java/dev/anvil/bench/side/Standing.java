package dev.anvil.bench.side;

import dev.anvil.bench.peers.Contender;

/**
 * What is measured on a server outside the rows.
 *
 * @param server its name
 * @param version in its own words
 * @param settings that matter for the comparison
 * @param coldMillis its very first start in the run, on an empty folder: from exec to the first
 *     answer 200 (of a peer: after what it needs once), its files not yet in memory
 * @param empty its next starts on an empty folder
 * @param objectBytes disk for each object of 4 KiB after the fill
 * @param full its starts on the folder at the end
 * @param objects that lie there then
 * @param tracedSyncs fsyncs and the like for each PUT of 4 KiB by 16 clients, as the kernel was
 *     asked; not a number where it could not be traced
 */
record Standing(
    String server,
    String version,
    String settings,
    double coldMillis,
    Starts empty,
    double objectBytes,
    Starts full,
    long objects,
    double tracedSyncs) {

  static Standing first(Contender contender, double coldMillis, Starts empty) {
    return new Standing(
        contender.name(),
        contender.version(),
        contender.settings(),
        coldMillis,
        empty,
        Double.NaN,
        Starts.NONE,
        0,
        Double.NaN);
  }

  Standing disk(double each) {
    return new Standing(
        server, version, settings, coldMillis, empty, each, full, objects, tracedSyncs);
  }

  Standing after(Starts again, long count, double syncs) {
    return new Standing(
        server, version, settings, coldMillis, empty, objectBytes, again, count, syncs);
  }
}
