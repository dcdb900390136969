package dev.anvil.bench.scale;

import dev.anvil.bench.side.Machine;
import java.time.Duration;
import java.util.List;

/** Everything a study found. */
record ScaleFindings(
    ScaleOptions options,
    Machine machine,
    List<SizePoint> sizes,
    List<ClientsPoint> clients,
    List<String> remarks,
    Duration took) {}
