package dev.anvil.bench.scale;

import dev.anvil.bench.side.Sample;
import java.util.List;

/**
 * One server on one size.
 *
 * @param engine of the folder
 * @param heap of the server
 * @param objects that lie there
 * @param fillRate objects a second of the filling that led here
 * @param bodyBytes disk of the volumes and their index
 * @param recordBytes disk of the partitions: records and journal
 * @param readyMillis from the start of the process to the first answer 200
 * @param idleBytes resident memory then
 * @param samples one for each operation
 */
record SizePoint(
    String engine,
    String heap,
    long objects,
    double fillRate,
    long bodyBytes,
    long recordBytes,
    double readyMillis,
    long idleBytes,
    List<Sample> samples) {
  /** Engine and heap, as curves and tables name them. */
  String series() {
    return engine + " " + heap;
  }
}
