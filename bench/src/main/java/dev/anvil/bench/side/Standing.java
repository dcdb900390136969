package dev.anvil.bench.side;

import dev.anvil.bench.peers.Contender;

/**
 * What is measured once on a server, outside the rows.
 *
 * @param server its name
 * @param version in its own words
 * @param settings that matter for the comparison
 * @param firstMillis from exec to the first answer 200 on an empty folder (of a peer: after what it
 *     needs once)
 * @param idleBytes resident memory two seconds later
 * @param objectBytes disk for each object of 4 KiB after the fill
 * @param againMillis from exec to the first answer 200 on the folder at the end
 * @param againBytes resident memory then
 * @param objects that lie there then
 * @param tracedSyncs fsyncs and the like for each PUT of 4 KiB by 16 clients, as the kernel was
 *     asked; not a number where it could not be traced
 */
record Standing(
    String server,
    String version,
    String settings,
    double firstMillis,
    long idleBytes,
    double objectBytes,
    double againMillis,
    long againBytes,
    long objects,
    double tracedSyncs) {

  static Standing first(Contender contender, double millis, long bytes) {
    double none = Double.NaN;
    return new Standing(
        contender.name(),
        contender.version(),
        contender.settings(),
        millis,
        bytes,
        none,
        none,
        0,
        0,
        none);
  }

  Standing disk(double each) {
    return new Standing(
        server,
        version,
        settings,
        firstMillis,
        idleBytes,
        each,
        againMillis,
        againBytes,
        objects,
        tracedSyncs);
  }

  Standing after(double millis, long bytes, long count, double syncs) {
    return new Standing(
        server,
        version,
        settings,
        firstMillis,
        idleBytes,
        objectBytes,
        millis,
        bytes,
        count,
        syncs);
  }
}
