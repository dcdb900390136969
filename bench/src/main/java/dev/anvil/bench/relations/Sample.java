package dev.anvil.bench.relations;

/**
 * One row on one server in one round.
 *
 * @param row its name
 * @param server its name
 * @param round from 0
 * @param failure why there are no figures, null if there are
 * @param units answered: checks, batches, lists or tuples
 * @param seconds of the window
 * @param serverMicros CPU time of the server in the window
 * @param databaseMicros CPU time of its database in the window
 * @param clientMicros CPU time of the thread that sent and received
 * @param p50 median latency of a request, milliseconds
 * @param p99 of the same
 * @param peakBytes most resident memory of the server in the window
 * @param otherCores cores that neither they nor the client kept busy
 */
record Sample(
    String row,
    String server,
    int round,
    String failure,
    double units,
    double seconds,
    double serverMicros,
    double databaseMicros,
    double clientMicros,
    double p50,
    double p99,
    long peakBytes,
    double otherCores) {

  static Sample failed(String row, String server, int round, String why) {
    return new Sample(row, server, round, why, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  boolean ok() {
    return failure == null;
  }

  double rate() {
    return units / seconds;
  }

  /** Of server and database, microseconds a unit. */
  double cpu() {
    return (serverMicros + databaseMicros) / units;
  }

  double serverCpu() {
    return serverMicros / units;
  }

  double databaseCpu() {
    return databaseMicros / units;
  }
}
