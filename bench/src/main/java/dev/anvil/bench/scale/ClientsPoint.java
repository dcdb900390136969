package dev.anvil.bench.scale;

import dev.anvil.bench.side.Sample;
import java.util.List;

/**
 * One number of clients on one engine.
 *
 * @param engine of the folder
 * @param clients with one request under way each
 * @param objects that lie there
 * @param samples one for each operation
 */
record ClientsPoint(String engine, int clients, long objects, List<Sample> samples) {}
