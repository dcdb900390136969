package dev.anvil.ports.cluster;

import java.time.Instant;

/**
 * A process that takes part.
 *
 * @param nodeId {@code n} and 12 letters of base 32, the same over restarts
 * @param boot counted start of the node, from 1
 * @param since when its session began, by its own clock
 */
public record Member(String nodeId, int boot, Instant since) {}
